"""The announced end of the service, and its next operator, above every page (C2.7-12, C4.2-03)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from qince.core.lifecycle import queries
from qince.kit import banners
from qince.kit.actor import Actor
from qince.kit.keeping import kept

KEY, NONE = "lifecycle.cessation", "none"
SUCCESSION_KEY = "lifecycle.succession"


@banners.provide
def cessation(actor: Actor | None) -> Iterator[banners.Banner]:
    found = kept(KEY, lambda: queries.announced_cessation() or NONE)
    if found == NONE:
        return
    day = formats.date_format(found.ceases_on, "Y-m-d")
    text = (
        _("This service ended on %(day)s: reading and export only.")
        if found.ceased_at
        else _("This service ends on %(day)s. Export what you need before.")
    )
    yield banners.Banner(text % {"day": day}, "error", reverse("lifecycle:cessation"))


@banners.provide
def succession(actor: Actor | None) -> Iterator[banners.Banner]:
    """Another operator, from its announcement until it has taken over."""
    found = kept(SUCCESSION_KEY, lambda: queries.announced_succession() or NONE)
    if found == NONE or found.completed_at:
        return
    day = formats.date_format(found.takes_over_on, "Y-m-d")
    text = _("On %(day)s this service gets a new operator: %(name)s.") % {"day": day, "name": found.successor}
    yield banners.Banner(text, "warning", reverse("lifecycle:succession"))
