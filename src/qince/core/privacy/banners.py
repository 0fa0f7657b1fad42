"""A line for strangers about cookies, until they put it away: only what is needed is kept, and nothing to be chosen."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qince.kit import banners
from qince.kit.actor import Actor

PUT_AWAY = "qince.cookies"
TEXT = _("Only cookies that signing in needs are kept here: nothing follows you, nothing is for advertising.")


@banners.provide
def cookies(actor: Actor | None) -> Iterator[banners.Banner]:
    """Whoever signs in agrees to the notice, which names them all (agreement 3.1)."""
    if actor is None:
        yield banners.Banner(TEXT, "info", reverse("privacy:cookies"), PUT_AWAY)
