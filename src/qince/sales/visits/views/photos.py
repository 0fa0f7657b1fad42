"""The photo wall, and photos with their watermark burnt in."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from qince.core.files import serving
from qince.engines.evidence import watermark
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.kit.pages import page
from qince.kit.resource.filters import span
from qince.kit.resource.paging import Order
from qince.sales.visits import evidence, queries, rules
from qince.sales.visits.exports import record_watermarked

SIZE = 60
FIELDS = ("from", "to", "employee", "q", "state")
ARRIVED, ARRIVING = "arrived", "arriving"


@require_safe
@page(rules.VIEW)
def wall(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = {name: request.GET.get(name, "").strip()[:80] for name in FIELDS}
    order = Order(_narrowed(queries.photos_visible_to(actor), asked), ["-taken_at"])
    found = order.page(SIZE, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    context = {
        "shots": [evidence.shot(actor, photo) for photo in found.rows],
        "asked": asked,
        "is_narrowed": any(asked.values()),
        "employees": queries.reps_visible_to(actor).order_by("name_key"),
        "previous": _link(request.GET, before=found.previous),
        "next": _link(request.GET, after=found.next),
        "may_export": actor.may(rules.EXPORT),
    }
    return render(request, "visits/photos.html", context)


def _narrowed(rows: Any, asked: dict[str, str]) -> Any:
    first, last = span(f"{asked['from']}..{asked['to']}", timezone.localdate())
    if first:
        rows = rows.filter(visit__on__gte=first)
    if last:
        rows = rows.filter(visit__on__lte=last)
    if asked["employee"]:
        rows = rows.filter(visit__employee__in=_uuids(asked["employee"]))
    for word in asked["q"].split():
        rows = rows.filter(visit__customer__name__icontains=word)
    if asked["state"] in (ARRIVED, ARRIVING):
        rows = rows.filter(blob__isnull=asked["state"] == ARRIVING)
    return rows


def _uuids(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []


def _link(query: QueryDict, **place: str) -> str:
    """The same wall at another place; "" where there is none."""
    if not any(place.values()):
        return ""
    changed = query.copy()
    for name in ("after", "before"):
        changed.pop(name, None)
    changed.update(place)
    return f"?{changed.urlencode()}"


@require_safe
@page(rules.EXPORT)
def watermarked(request: HttpRequest, key: UUID, photo: UUID) -> HttpResponse:
    """The photo as JPEG with its evidence written on it, to hand on. The original stays untouched."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.get_photo(actor, key, photo)
    if found.blob is None or not found.blob.thumbnail_name:
        raise NotFound
    record_watermarked(actor, photo=found, now=clock.now())
    content = watermark.drawn(serving.opened_display(found.blob), evidence.watermark(actor, found))
    return serving.attachment(content, f"{found.sha256[:12]}-watermark.jpg", "image/jpeg")
