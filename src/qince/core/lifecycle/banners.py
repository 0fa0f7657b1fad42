"""The announced end of the service, above every page (C2.7-12)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from qince.core.lifecycle import queries
from qince.kit import banners
from qince.kit.actor import Actor

KEY, NONE = "lifecycle.cessation", "none"


@banners.provide
def cessation(actor: Actor | None) -> Iterator[banners.Banner]:
    found = banners.kept(KEY, lambda: queries.announced_cessation() or NONE)
    if found == NONE:
        return
    day = formats.date_format(found.ceases_on, "Y-m-d")
    text = (
        _("This service ended on %(day)s: reading and export only.")
        if found.ceased_at
        else _("This service ends on %(day)s. Export what you need before.")
    )
    yield banners.Banner(text % {"day": day}, "error", reverse("lifecycle:cessation"))
