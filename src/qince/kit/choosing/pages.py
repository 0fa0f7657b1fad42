"""`/choose/people?q=…`: what holds the text, of what the asker may choose."""

from uuid import UUID

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from qince.kit.actor import Actor
from qince.kit.choosing.collections import LONGEST, known


def view(request: HttpRequest, collection: str) -> JsonResponse:
    """{"results": [{"id", "label", "hint"}]}; `without` names rows that make no sense here, such as oneself."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        return JsonResponse({"code": "sign_in", "message": _("Please sign in.")}, status=401)
    found = known().get(collection)
    if found is None:
        raise Http404
    text = request.GET.get("q", "").strip()[:LONGEST].replace("\0", "")
    results = found.found(actor, text, without=_uuids(request.GET.getlist("without")[:LONGEST]))
    return JsonResponse({"results": results}, headers={"Cache-Control": "no-store"})


def _uuids(values: list[str]) -> list[UUID]:
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found
