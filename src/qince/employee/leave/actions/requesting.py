"""Asking for leave: counted, held, handed to approval; changed when it comes back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext_lazy as _

from qince.core.privacy.gate import Standing
from qince.employee.leave import books, queries
from qince.employee.leave.actions.booking import book_request
from qince.employee.leave.actions.papers import File, add, require_consent
from qince.employee.leave.counting import Reckoned, as_stored, reckon
from qince.employee.leave.models import LeaveDay, LeaveRequest, TypeVersion
from qince.employee.leave.reckoning.counting import Counted, Part, Reason, Segment, by_date, collide, total
from qince.employee.leave.reckoning.ledger import Kind
from qince.employee.leave.rules import APPLY, REQUEST
from qince.employee.leave.words import amount_of
from qince.engines.approvals.actions import applying
from qince.engines.approvals.models import Instance
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, NotFound, Refusal, require_unchanged

State = LeaveRequest.State
LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for. `paper_by_hand`: the proof is handed to HR outside the product, which counts the same."""

    type_id: UUID
    segments: Sequence[Segment]
    reason: str = ""
    paper_by_hand: bool = False
    papers: Sequence[File] = field(default=())
    department_id: UUID | None = None  # for which of one's departments, where one is in several


def reckoned(
    employee_id: UUID, wish: Wish, version: TypeVersion, *, today: date, but: UUID | None = None
) -> Reckoned:
    """The days and what they count, or a `Refusal`; used by preview and submission alike."""
    terms = version.terms
    found = reckon(employee_id, terms, wish.segments)
    first, last = found.days[0].on, found.days[-1].on
    if first < today - timedelta(days=terms.backdate_days):
        raise Refusal(
            "too_late",
            _("This type can be asked for at most %(days)d days afterwards.") % {"days": terms.backdate_days},
            field="segments",
        )
    _require_free(employee_id, found.days, first, last, but)
    qty = total(found.days)
    if not qty:
        raise Refusal(
            "counts_nothing", _("No working time lies in these days: no leave is needed."), field="segments"
        )
    if terms.longest is not None and qty > terms.longest:
        message = _("This type is given for at most %(most)s at a time.") % {
            "most": amount_of(terms, terms.longest)
        }
        raise Refusal("too_much", message, field="segments")
    return found


def version_of(type_id: UUID, today: date) -> TypeVersion:
    version = books.versions_on(today, [type_id]).get(type_id)
    if version is None:
        raise NotFound
    if not version.type.is_active:
        raise Refusal("not_in_use", _("This type is no longer in use."), field="type_id")
    return version


@action(APPLY)
def hand_in(
    actor: Actor, *, request_id: UUID, wish: Wish, now: datetime, standing: Standing | None = None,
    chosen: applying.Chosen | None = None,
) -> LeaveRequest:  # fmt: skip
    """Ask for leave. What it counts is held at once; it is under way, or decided, when this returns."""
    today = books.today_of(now)
    version = version_of(wish.type_id, today)
    person = actor.person_id
    books.lock_person(person)
    found = reckoned(person, wish, version, today=today)
    row = LeaveRequest(
        id=request_id, employee_id=person, type=version.type, version=version, submitted_at=now
    )
    _require_new(row)
    _fill(row, wish, found, standing)
    row.save(force_insert=True)
    _keep(row, wish, found, now)
    book_request(row, by_date(found.days), now=now, by=person, kind=Kind.HOLD)
    note(row, counts=row.qty, first=row.first_on, last=row.last_on)
    applying.submit(actor, what=application(row, wish.department_id), chosen=chosen, now=now)
    row.refresh_from_db()
    return row


@action("leave.change", permission=APPLY)
def change(
    actor: Actor, *, request_id: UUID, wish: Wish, now: datetime, chosen: applying.Chosen | None = None,
    revision: int | None = None,
) -> LeaveRequest:  # fmt: skip
    """Hand in a returned request again, changed. `revision`: the one that was seen; refused when it is another now."""
    books.lock_person(actor.person_id)
    row = own_locked(actor, request_id, State.RETURNED, seen=revision)
    if wish.type_id != row.type_id:
        raise Refusal("other_type", _("Withdraw this request and ask for the other type."), field="type_id")
    before = row.qty
    found = reckoned(actor.person_id, wish, row.version, today=books.today_of(now), but=row.pk)
    _fill(row, wish, found, None)
    row.state, row.revision = State.PENDING, row.revision + 1
    row.save()
    _keep(row, wish, found, now)
    book_request(row, by_date(found.days), now=now, by=actor.person_id, kind=Kind.HOLD)
    note(row, counts=(before, row.qty))
    what = application(row, wish.department_id)
    instance = under_way(REQUEST, row.pk)
    applying.resubmit(
        actor, instance_id=instance.pk, title=what.title, facts=what.facts, chosen=chosen,
        department_id=wish.department_id, now=now,
    )  # fmt: skip
    row.refresh_from_db()
    return row


@action("leave.withdraw", permission=APPLY)
def withdraw(actor: Actor, *, request_id: UUID, now: datetime) -> LeaveRequest:
    """Take one's own request back before it is decided; what was held is released."""
    row = own_locked(actor, request_id, State.PENDING, State.RETURNED)
    applying.withdraw(actor, instance_id=under_way(REQUEST, row.pk).pk, now=now)
    row.refresh_from_db()
    return row


def own_locked(actor: Actor, request_id: UUID, *states: str, seen: int | None = None) -> LeaveRequest:
    rows: Any = LeaveRequest.objects.select_for_update(of=("self",)).select_related("type", "version")
    row: LeaveRequest | None = rows.filter(pk=request_id, employee=actor.person_id).first()
    if row is None:
        raise NotFound
    require_unchanged(row.revision, seen)
    if row.state not in states:
        raise Conflict(
            "wrong_state",
            _("The request is in the state “%(state)s”.") % {"state": row.get_state_display()},
            state=row.state,
        )
    return row


def under_way(subject: str, target_id: UUID) -> Instance:
    found: Instance | None = Instance.objects.filter(
        subject=subject, target_id=target_id, status__in=(Instance.Status.RUNNING, Instance.Status.RETURNED)
    ).first()
    if found is None:
        raise NotFound
    return found


def _require_new(row: LeaveRequest) -> None:
    if LeaveRequest.objects.filter(pk=row.pk).exists():
        raise Conflict("handed_in", _("This request has been handed in already."))


def _require_free(employee_id: UUID, days: list[Counted], first: date, last: date, but: UUID | None) -> None:
    """Nobody is away twice at the same time."""
    wanted: dict[date, list[Counted]] = {}
    for each in days:
        wanted.setdefault(each.on, []).append(each)
    for row in queries.taken_days(employee_id, first, last, but=but):
        other = Counted(row.on, Part(row.part), row.qty, Reason(row.why), row.from_minute, row.to_minute)
        if any(collide(each, other) for each in wanted.get(row.on, ())):
            message = _("You have asked for leave on %(day)s already.") % {
                "day": formats.date_format(row.on, "SHORT_DATE_FORMAT")
            }
            raise Refusal("overlap", message, field="segments", day=row.on.isoformat())


def _fill(row: LeaveRequest, wish: Wish, found: Reckoned, standing: Standing | None) -> None:
    """The columns of what is asked for; a reason about health passes the gate first."""
    terms, reason = row.version.terms, wish.reason.strip()
    if len(reason) > LONGEST_REASON:
        raise Refusal(
            "too_long", _("Use at most %(most)d characters.") % {"most": LONGEST_REASON}, field="reason"
        )
    if wish.papers or (terms.is_health and reason):
        require_consent(row.employee_id, standing)
    row.reason = None if terms.is_health else reason or None
    row.health_reason = (reason or None) if terms.is_health else None
    row.paper_by_hand = wish.paper_by_hand
    row.segments = as_stored(wish.segments)
    row.qty = total(found.days)
    row.first_on, row.last_on = found.days[0].on, found.days[-1].on
    _require_proof(row, wish)


def _require_proof(row: LeaveRequest, wish: Wish) -> None:
    after = row.version.terms.proof_after
    if after is None or row.qty <= after or wish.paper_by_hand or wish.papers:
        return
    if not row._state.adding and row.papers.exists():
        return
    raise Refusal(
        "proof_needed",
        _("This needs a paper as proof: add it, or say that you hand it to HR."),
        field="paper_by_hand",
    )


def _keep(row: LeaveRequest, wish: Wish, found: Reckoned, now: datetime) -> None:
    replace_days(row, found)
    add(row, wish.papers, now)


def replace_days(row: LeaveRequest, found: Reckoned) -> None:
    LeaveDay.objects.filter(request=row).delete()
    LeaveDay.objects.bulk_create(found.rows(row))


def application(row: LeaveRequest, department_id: UUID | None = None) -> applying.Application:
    return applying.Application(REQUEST, row.pk, title_of(row), facts_of(row, row.qty), department_id)


def title_of(row: LeaveRequest) -> str:
    return f"{row.type.name} {days_of(row)} ({amount_of(row.version.terms, row.qty)})"


def days_of(row: LeaveRequest) -> str:
    first, last = (formats.date_format(each, "SHORT_DATE_FORMAT") for each in (row.first_on, row.last_on))
    return first if row.first_on == row.last_on else f"{first} – {last}"


def facts_of(row: LeaveRequest, qty: Decimal) -> Mapping[str, Any]:
    """What conditions of a flow may ask; hours are told in days, so that one flow serves all types."""
    terms = row.version.terms
    days = qty / terms.hours_per_day if terms.is_hourly else qty
    return {"days": days.quantize(Decimal("0.01")), "type": row.type.template or "other"}
