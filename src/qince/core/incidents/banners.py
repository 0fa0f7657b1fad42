"""Public warnings, above every page (C5.6-05, C5.7-05)."""

from collections.abc import Iterator

from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from qince.core.incidents.queries import announcements_in_force
from qince.kit import banners
from qince.kit.actor import Actor

KEY, KEPT_S, SHOWN = "incidents.announcements", 30, 5


@banners.provide
def warnings(actor: Actor | None) -> Iterator[banners.Banner]:
    """The latest few. Kept for half a minute, for every page asks."""
    found = cache.get(KEY)
    if found is None:
        rows = announcements_in_force().select_related("organization")[:SHOWN]
        found = [(f"{row.organization.name}: {row.title}", row.code) for row in rows]
        cache.set(KEY, found, KEPT_S)
    for text, code in found:
        yield banners.Banner(text, "warning", reverse("incidents:announcement", args=[code]))


def forget() -> None:
    """What is announced has changed; other processes notice within `KEPT_S` seconds."""
    cache.delete(KEY)
    transaction.on_commit(lambda: cache.delete(KEY))
