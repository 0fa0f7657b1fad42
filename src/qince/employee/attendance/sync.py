"""What a phone may send and fetch of attendance."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID
from zlib import crc32

import msgspec
from django.db.models import Count
from django.utils.translation import gettext as _

from qince.employee.attendance.actions import PunchPayload, record_punches
from qince.employee.attendance.book import Book, People, days
from qince.employee.attendance.definitions import terms_of
from qince.employee.attendance.models import (
    Correction,
    DayResult,
    GroupVersion,
    MonthReport,
    Punch,
    TimeRequest,
    WorkPlace,
)
from qince.employee.attendance.month_actions import adjusted, confirm_month, dispute_month
from qince.employee.attendance.replay.planning import Plan
from qince.employee.attendance.replay.results import Point, points_of
from qince.employee.attendance.request_actions import (
    ask_correction,
    ask_time,
    change_correction,
    change_time,
)
from qince.employee.attendance.rules import ASK
from qince.employee.attendance.swap_sync import SWAPS as SWAPS  # registers what a phone does about exchanges
from qince.employee.attendance.zones import date_at
from qince.engines.evidence.envelope import Moment
from qince.engines.sync.registry import Context, Item, Outcome, Record, apply_each, collection, operation
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal

HISTORY = timedelta(days=14)


@operation("attendance.punch", PunchPayload)
def punch(actor: Actor, items: list[Item[PunchPayload]], context: Context) -> list[Outcome]:
    return record_punches(actor, items=items, context=context)


def _place_versions(actor: Actor, now: datetime) -> dict[str, Any]:
    rows = WorkPlace.objects.filter(is_active=True).values_list("pk", "version")
    return {str(key): version for key, version in rows}


def _places(actor: Actor, keys: list[str], now: datetime) -> Iterable[dict[str, Any]]:
    return WorkPlace.objects.filter(pk__in=keys).values("id", "name", "address", "lat", "lng", "radius_m")


def _own(actor: Actor, now: datetime) -> Any:
    return Punch.objects.filter(employee=actor.employee_id, work_date__gte=(now - HISTORY).date())


def _punch_versions(actor: Actor, now: datetime) -> dict[str, Any]:
    rows = _own(actor, now).values_list("pk", "counting", "answer")
    return {str(key): crc32(f"{counting} {answer}".encode()) for key, counting, answer in rows}


def _punches(actor: Actor, keys: list[str], now: datetime) -> Iterable[dict[str, Any]]:
    for row in _own(actor, now).filter(pk__in=keys):
        yield {
            "id": row.pk,
            "kind": row.kind,
            "punched_at": row.at,
            "work_place_id": row.work_place_id,
            "verdict": row.verdict,
            "distance_m": row.distance_m,
            "place_text": row.place_text,
            "is_field": row.is_field,
            "note": row.note,
            "counting": row.counting,
            "confirm_for": row.confirm_for,
            "answer": row.answer,
        }


collection("work_places", versions=_place_versions, load=_places)
collection("punches", versions=_punch_versions, load=_punches)


# --- The own days, requests and months ---


Words = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class CorrectionPayload(msgspec.Struct, forbid_unknown_fields=True):
    correction_id: UUID
    on: date
    end: str
    at: Moment
    reason: Words
    slot: Annotated[int, msgspec.Meta(ge=0, le=20)] = 0
    department_id: UUID | None = None  # for which of one's departments, where one is in several


class ChangeCorrectionPayload(msgspec.Struct, forbid_unknown_fields=True):
    """The work date stays."""

    correction_id: UUID
    end: str
    at: Moment
    reason: Words
    slot: Annotated[int, msgspec.Meta(ge=0, le=20)] = 0
    department_id: UUID | None = None


class TimePayload(msgspec.Struct, forbid_unknown_fields=True):
    request_id: UUID
    kind: str
    starts_at: Moment
    ends_at: Moment
    reason: Words
    department_id: UUID | None = None


class ChangeTimePayload(msgspec.Struct, forbid_unknown_fields=True):
    """The kind stays."""

    request_id: UUID
    starts_at: Moment
    ends_at: Moment
    reason: Words
    department_id: UUID | None = None


class MonthPayload(msgspec.Struct, forbid_unknown_fields=True):
    report_id: UUID
    version: int
    objection: Annotated[str, msgspec.Meta(max_length=300)] = ""  # empty: the figures are right


_OF_CORRECTION = Record("attendance_requests", "correction_id")
_OF_TIME = Record("attendance_requests", "request_id")


@operation("attendance.ask_correction", CorrectionPayload, record=_OF_CORRECTION)
def correction(actor: Actor, items: list[Item[CorrectionPayload]], context: Context) -> list[Outcome]:
    def ask(sent: CorrectionPayload) -> dict[str, Any]:
        _require_end(sent.end)
        _require_new(Correction, sent.correction_id)
        found = ask_correction(
            actor, now=context.received_at, id=sent.correction_id, on=sent.on, end=sent.end, at=sent.at,
            reason=sent.reason, slot=sent.slot, department_id=sent.department_id,
        )  # fmt: skip
        return _answer(found)

    return apply_each(items, lambda item: ask(item.payload))


@operation("attendance.ask_time", TimePayload, record=_OF_TIME)
def time_request(actor: Actor, items: list[Item[TimePayload]], context: Context) -> list[Outcome]:
    def ask(sent: TimePayload) -> dict[str, Any]:
        if sent.kind not in TimeRequest.Kind.values:
            raise Refusal("invalid_payload", _("This kind of request is unknown."), field="kind")
        _require_new(TimeRequest, sent.request_id)
        found = ask_time(
            actor, now=context.received_at, id=sent.request_id, kind=sent.kind, starts_at=sent.starts_at,
            ends_at=sent.ends_at, reason=sent.reason, department_id=sent.department_id,
        )  # fmt: skip
        return _answer(found)

    return apply_each(items, lambda item: ask(item.payload))


@operation("attendance.change_correction", ChangeCorrectionPayload, record=_OF_CORRECTION)
def changed_correction(
    actor: Actor, items: list[Item[ChangeCorrectionPayload]], context: Context
) -> list[Outcome]:
    """A returned correction of one's own, handed in again as it is now."""

    def change(item: Item[ChangeCorrectionPayload]) -> dict[str, Any]:
        sent = item.payload
        row = _own_row(actor, Correction, sent.correction_id)
        _require_end(sent.end)
        found = change_correction(
            actor, row, now=context.received_at, end=sent.end, slot=sent.slot, at=sent.at, reason=sent.reason,
            department_id=sent.department_id, revision=item.base_version,
        )  # fmt: skip
        return _answer(found)

    return apply_each(items, change)


@operation("attendance.change_time", ChangeTimePayload, record=_OF_TIME)
def changed_time(actor: Actor, items: list[Item[ChangeTimePayload]], context: Context) -> list[Outcome]:
    def change(item: Item[ChangeTimePayload]) -> dict[str, Any]:
        sent = item.payload
        row = _own_row(actor, TimeRequest, sent.request_id)
        found = change_time(
            actor, row, now=context.received_at, starts_at=sent.starts_at, ends_at=sent.ends_at, reason=sent.reason,
            department_id=sent.department_id, revision=item.base_version,
        )  # fmt: skip
        return _answer(found)

    return apply_each(items, change)


def _answer(found: Correction | TimeRequest) -> dict[str, Any]:
    return {"state": found.state, "version": found.revision}


def _own_row(actor: Actor, model: Any, key: UUID) -> Any:
    row = model.objects.filter(pk=key, employee=actor.employee_id).first()
    if row is None:
        raise NotFound
    return row


def _require_end(end: str) -> None:
    if end not in Correction.End.values:
        raise Refusal("invalid_payload", _("It is either coming or leaving."), field="end")


@operation("attendance.answer_month", MonthPayload)
def month(actor: Actor, items: list[Item[MonthPayload]], context: Context) -> list[Outcome]:
    def answer(sent: MonthPayload) -> dict[str, Any]:
        report = MonthReport.objects.filter(pk=sent.report_id, employee=actor.employee_id).first()
        if report is None:
            raise NotFound
        now = context.received_at
        if sent.objection.strip():
            found = dispute_month(actor, report, now=now, version=sent.version, objection=sent.objection)
        else:
            found = confirm_month(actor, report, now=now, version=sent.version)
        return {"state": found.state, "version": found.version}

    return apply_each(items, lambda item: answer(item.payload))


def _require_new(model: Any, key: UUID) -> None:
    """An id that is taken already is the phone's to change; whose it is, is not told."""
    if model.objects.filter(pk=key).exists():
        raise Refusal("id_taken", _("This identifier is taken. Send it as new."))


DAYS_BACK, DAYS_AHEAD = 45, 14


def _own_days(actor: Actor, now: datetime) -> dict[str, dict[str, Any]]:
    """Results so far and what is planned ahead, by date."""
    if actor.employee_id is None or not actor.may(ASK):
        return {}
    today = date_at(actor.employee_id, now)
    first, last = today - timedelta(days=DAYS_BACK), today + timedelta(days=DAYS_AHEAD)
    found: dict[str, dict[str, Any]] = {}
    rows = DayResult.objects.filter(employee=actor.employee_id, on__range=(first, today))
    stored = {row.on: row for row in rows}
    book = Book(first, last)
    plans = list(People(book, [actor.employee_id]).plans(actor.employee_id))
    asks = _asks({plan.rule.id for plan in plans if plan.rule is not None})
    for on, plan in zip(days(first, last), plans, strict=True):
        if plan.rule is not None:
            found[on.isoformat()] = _day(on, plan, stored.get(on)) | asks[plan.rule.id]
    return found


def _asks(rules: set[str]) -> dict[str, dict[str, str]]:
    """What each version of the rules asks for at a press, so that the phone knows it without signal."""
    rows = GroupVersion.objects.filter(pk__in=rules).values_list("pk", "definition") if rules else ()
    terms = {str(key): terms_of(definition) for key, definition in rows}
    return {
        key: {"field": each.field, "field_photo": each.field_photo, "photo": each.photo}
        for key, each in terms.items()
    }


def _day(on: date, plan: Plan, row: DayResult | None) -> dict[str, Any]:
    return {
        "id": on.isoformat(),
        "state": plan.state,
        "shift": plan.shift.name if plan.shift else "",
        "due": [[_instant(slot.on), _instant(slot.off)] for slot in plan.placed],
        "status": row.status if row else "",
        "worked": row.worked_minutes if row else 0,
        "late": row.late_minutes if row else 0,
        "early": row.early_minutes if row else 0,
        "overtime": row.overtime_minutes if row else 0,
        "rule": f"{plan.rule.name} v{plan.rule.version}" if plan.rule else "",
        "points": [_point(each) for each in points_of(row.points)] if row else [],
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "slot": point.slot, "end": point.end, "due": _instant(point.due), "result": point.result,
        "at": _instant(point.at) if point.at else None, "minutes": point.minutes, "limit": point.limit,
        "by": point.by, "supplement": point.supplement, "trail": [[kind, str(what)] for kind, what in point.trail],
    }  # fmt: skip


def _instant(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat()


def _day_versions(actor: Actor, now: datetime) -> dict[str, Any]:
    return {key: crc32(msgspec.json.encode(each)) for key, each in _own_days(actor, now).items()}


def _days(actor: Actor, keys: list[str], now: datetime) -> Iterable[dict[str, Any]]:
    found = _own_days(actor, now)
    return [found[key] for key in keys if key in found]


def _own_requests(actor: Actor, now: datetime) -> list[dict[str, Any]]:
    since = now - timedelta(days=DAYS_BACK)
    own = {"employee": actor.employee_id, "asked_at__gte": since}
    corrections = [
        {
            "id": str(row.pk), "kind": "correction", "on": row.on.isoformat(), "end": row.end, "slot": row.slot,
            "starts_at": row.at.isoformat() if row.at else None, "ends_at": None, "reason": row.reason,
            "by": row.kind, "result": row.result, "state": row.state,
            "answer": row.answer, "asked_at": row.asked_at.isoformat(), "revision": row.revision,
        }
        for row in Correction.objects.filter(**own)
    ]  # fmt: skip
    times = [
        {
            "id": str(row.pk), "kind": row.kind, "on": None, "end": "", "slot": 0,
            "starts_at": row.starts_at.isoformat(), "ends_at": row.ends_at.isoformat(), "reason": row.reason,
            "by": "", "result": "",
            "state": row.state, "answer": row.answer, "asked_at": row.asked_at.isoformat(), "revision": row.revision,
        }
        for row in TimeRequest.objects.filter(**own)
    ]  # fmt: skip
    return corrections + times


def _request_versions(actor: Actor, now: datetime) -> dict[str, Any]:
    return {each["id"]: crc32(msgspec.json.encode(each)) for each in _own_requests(actor, now)}


def _requests(actor: Actor, keys: list[str], now: datetime) -> Iterable[dict[str, Any]]:
    wanted = set(keys)
    return [each for each in _own_requests(actor, now) if each["id"] in wanted]


def _own_reports(actor: Actor, now: datetime) -> Any:
    since = (now - timedelta(days=120)).date()
    return MonthReport.objects.filter(employee=actor.employee_id, month__gte=since)


def _report_versions(actor: Actor, now: datetime) -> dict[str, Any]:
    """Adjustments of a locked month are news as well."""
    rows = _own_reports(actor, now).annotate(beside=Count("adjustments"))
    told = rows.values_list("pk", "version", "state", "beside")
    return {str(key): crc32(" ".join(map(str, rest)).encode()) for key, *rest in told}


def _reports(actor: Actor, keys: list[str], now: datetime) -> Iterable[dict[str, Any]]:
    for row in _own_reports(actor, now).filter(pk__in=keys):
        yield {
            "id": str(row.pk), "month": f"{row.month:%Y-%m}", "report_version": row.version, "state": row.state,
            "totals": row.totals, "objection": row.objection,
            "adjusted": adjusted(row) if row.state == MonthReport.State.LOCKED else {},
        }  # fmt: skip


collection("attendance_days", versions=_day_versions, load=_days)
collection("attendance_requests", versions=_request_versions, load=_requests)
collection("attendance_months", versions=_report_versions, load=_reports)
