"""Check-ins that somebody has to confirm, on screen: with their photos, place and note."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from qince.core.files import serving
from qince.core.people.queries import departments_visible_to, employee_ids_under
from qince.employee.attendance import exports, queries, request_actions, words
from qince.employee.attendance.models import Punch, PunchPhoto
from qince.employee.attendance.request_screens import AnswerForm, ReasonForm
from qince.employee.attendance.rules import DECIDE, EXPORT, MASK_POSITION, VIEW
from qince.engines.evidence import watermark as marks
from qince.engines.evidence.models import Verdict
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.kit.pages import page
from qince.kit.resource import Column, Permissions, Resource, RowAct, filters
from qince.kit.resource.details import Detail
from qince.kit.resource.guard import row_or_404

FINDING_TONES = {
    "matched": "green",
    "review": "orange",
    "differs": "red",
    "no_face": "orange",
    "several": "orange",
}
COUNTING_TONES = {"waiting": "orange", "counted": "green", "refused": "red"}


def _is_waiting(punch: Punch) -> bool:
    return punch.counting == Punch.Counting.WAITING


def _picture(punch: Punch) -> str:
    """The first photo that has arrived, small."""
    found = next(
        (each for each in punch.photos.all() if _is_there(each) and each.kind != PunchPhoto.Kind.FACE), None
    )
    return reverse("files:thumbnail", args=[found.blob_id]) if found else ""


def _is_there(photo: PunchPhoto) -> bool:
    return photo.blob is not None and bool(photo.blob.thumbnail_name)


def _under(rows: Any, actor: Actor, values: list[UUID]) -> Any:
    return rows.filter(employee__in=employee_ids_under([str(value) for value in values]))


PRESSES = Resource(
    namespace="attendance",
    name="press",
    model=Punch,
    title=_("Check-ins to confirm"),
    singular=_("check-in"),
    icon="current-location",
    hint=_("Check-ins in the field, and those without a photo where one is asked for, are confirmed here."),
    rows=queries.presses_visible_to,
    prepare=lambda rows: rows.select_related("employee", "decided_by", "work_place").prefetch_related("photos__blob"),
    permissions=Permissions(view=VIEW, export=EXPORT),
    columns=(
        Column("employee__name", _("Employee"), is_link=True, picture=_picture),
        Column("at", _("Time"), value=lambda row: row.local(row.at), sort="at"),
        Column("zone", _("Time zone"), is_shown=False),
        Column("kind", _("Kind"), tones={"in": "blue", "out": "purple"}),
        Column("place", _("Place"), value=words.place_of, mask=MASK_POSITION, masks_row=words.is_typed),
        Column("verdict", _("Verdict"), tones=words.VERDICT_TONES, is_shown=False),
        Column("note", _("Note")),
        Column("confirm_for", _("To be confirmed because")),
        Column("counting", _("State"), tones=COUNTING_TONES),
        Column("decided_by__name", _("Decided by"), is_shown=False),
        Column("answer", _("Answer"), is_shown=False),
    ),
    order="-at",
    search=("employee__name", "employee__number", "note", "place_text"),
    filters=(
        filters.choice("counting", _("State"), Punch.Counting.choices),
        filters.choice("confirm_for", _("To be confirmed because"), Punch.Confirm.choices),
        filters.dates("work_date", _("Work date")),
        filters.reference("employee", _("Employee"), queries.employees_visible_to),
        filters.reference("department", _("Department"), departments_visible_to, narrow=_under),
        filters.choice("verdict", _("Verdict"), Verdict.choices),
    ),
    group_by=("counting", "confirm_for"),
    acts=(
        RowAct("confirm", _("Confirm"), request_actions.confirm_press, DECIDE, "check", form=AnswerForm,
               offered=_is_waiting),
        RowAct("refuse", _("Does not count"), request_actions.refuse_press, DECIDE, "x", form=ReasonForm,
               is_dangerous=True, offered=_is_waiting),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo of a press with its caption; without addresses its bytes are still on the phone."""

    photo: PunchPhoto
    thumbnail: str
    display: str
    watermark: list[str]

    @property
    def turned(self) -> str:
        return str(words.turned(self.photo.has_turned))

    @property
    def turned_tone(self) -> str:
        if self.photo.has_turned is None:
            return "grey"
        return "green" if self.photo.has_turned else "red"

    @property
    def tone(self) -> str:
        return FINDING_TONES.get(self.photo.finding, "grey")


def shots(actor: Actor, punch: Punch) -> list[Shot]:
    return [
        _shot(actor, photo, punch) for photo in punch.photos.select_related("blob").order_by("taken_at", "id")
    ]


def _shot(actor: Actor, photo: PunchPhoto, punch: Punch) -> Shot:
    def url(kind: str) -> str:
        return reverse(f"files:{kind}", args=[photo.blob_id]) if _is_there(photo) else ""

    return Shot(photo, url("thumbnail"), url("display"), watermark(actor, photo, punch))


def watermark(actor: Actor, photo: PunchPhoto, punch: Punch) -> list[str]:
    """The lines laid over a photo, from the evidence alone: when, who, and where for whom the role shows positions."""
    lines = [
        marks.instant(punch.local(photo.taken_at)),
        f"{punch.employee.name} · {punch.get_kind_display()}",
        marks.place(punch, is_masked=not actor.sees_field(MASK_POSITION)),
        f"SHA-256 {photo.sha256[:16]}",
    ]
    return [line for line in lines if line]


def detail(request: HttpRequest, resource: Resource, key: Any) -> HttpResponse:
    """One check-in: photos, place on a map, what it is confirmed for, and the decision."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    punch = row_or_404(resource, actor, key)
    found, is_masked = Detail(resource, actor, punch), not actor.sees_field(MASK_POSITION)
    context = {
        "resource": resource,
        "detail": found,
        "row": punch,
        "shots": shots(actor, punch),
        "place": marks.place(punch, is_masked=is_masked),
        "on_map": None if is_masked else _on_map(punch),
        "acts": found.acts if actor.may(DECIDE) and _is_waiting(punch) else [],
        "tone": COUNTING_TONES[punch.counting],
        "may_export": actor.may(EXPORT),
        "may_compare": actor.may(DECIDE) and _is_waiting(punch) and punch.confirm_for == Punch.Confirm.FACE,
    }
    return render(request, "attendance/press.html", context)


def _on_map(punch: Punch) -> dict[str, Any] | None:
    if punch.lat is None:
        return None
    at = {"lat": punch.lat, "lng": punch.lng}
    circles = [at | {"radius_m": punch.accuracy_m}] if punch.accuracy_m else []
    return {"points": [at | {"label": punch.employee.name, "hint": punch.note}], "circles": circles}


@require_safe
@page(EXPORT)
def watermarked(request: HttpRequest, key: UUID, photo: UUID) -> HttpResponse:
    """The photo as JPEG with its evidence written on it, to hand on. The original stays untouched."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = queries.get_photo(actor, key, photo)
    if found.blob is None or not _is_there(found) or found.kind == PunchPhoto.Kind.FACE:
        raise NotFound
    exports.record_watermarked(actor, photo=found, now=clock.now())
    content = marks.drawn(serving.opened_display(found.blob), watermark(actor, found, found.punch))
    return serving.attachment(content, f"{found.sha256[:12]}-watermark.jpg", "image/jpeg")
