"""Finding records from anywhere (Ctrl-K). A feature offers its own; each answers only what the actor may see.

    search.provide(_("Stores"), queries.stores_matching)

where the function takes (actor, text) and yields `Found`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from qince.kit.actor import Actor

LIMIT_EACH = 5
SHORTEST = 1
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Found:
    label: str
    url: str
    hint: str = ""
    icon: str = "file-text"


Provider = Callable[[Actor, str], Iterable[Found]]
_providers: list[tuple[Any, Provider]] = []


def provide(group: Any, provider: Provider) -> None:
    _providers.append((group, provider))


def found(actor: Actor, text: str) -> list[dict[str, str]]:
    """What every provider finds for `text`, at most five of each, as the palette shows it."""
    return [
        {"group": str(group), "label": each.label, "hint": each.hint, "url": each.url, "icon": each.icon}
        for group, provider in _providers
        for each in islice(provider(actor, text), LIMIT_EACH)
    ]


def view(request: HttpRequest) -> JsonResponse:
    """`/search?q=…` for the palette: {"results": [{"group", "label", "hint", "url", "icon"}]}."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return JsonResponse({"code": "sign_in", "message": _("Please sign in.")}, status=401)
    text = request.GET.get("q", "").strip()[:LONGEST]
    results = found(actor, text) if len(text) >= SHORTEST else []
    return JsonResponse({"results": results}, headers={"Cache-Control": "no-store"})
