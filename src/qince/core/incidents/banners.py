"""Public warnings, above every page (C5.6-05, C5.7-05)."""

from collections.abc import Iterator

from django.urls import reverse

from qince.core.incidents.queries import announcements_in_force
from qince.kit import banners
from qince.kit.actor import Actor
from qince.kit.keeping import kept

KEY, SHOWN = "incidents.announcements", 5


@banners.provide
def warnings(actor: Actor | None) -> Iterator[banners.Banner]:
    """The latest few."""
    for text, code in kept(KEY, _latest):
        yield banners.Banner(text, "warning", reverse("incidents:announcement", args=[code]))


def _latest() -> list[tuple[str, str]]:
    rows = announcements_in_force().select_related("organization")[:SHOWN]
    return [(f"{row.organization.name}: {row.title}", row.code) for row in rows]
