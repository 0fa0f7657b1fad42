"""The month: put together, confirmed by the person, locked; a locked one is only adjusted."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from qince.core.people.models import Employee
from qince.employee.attendance.events import MonthLocked
from qince.employee.attendance.models import Adjustment, MonthReport
from qince.employee.attendance.months import month_totals
from qince.employee.attendance.replay.months import FIGURES
from qince.employee.attendance.rules import ASK, CLOSE
from qince.kit.action import action, note, note_set
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.events import publish

State = MonthReport.State


@action("attendance.put_together", permission=CLOSE)
def put_together(actor: Actor, *, now: datetime, month: date) -> int:
    """Sum up everybody's month in reach and ask for confirmation. Where the figures are others than those confirmed,
    the version rises and the confirmation is asked for again; locked months stay.
    """
    first = month.replace(day=1)
    within = actor.scope(CLOSE).filter(Employee.objects.all(), "pk").values("pk")
    figures = month_totals(within, first)
    held = {
        row.employee_id: row
        for row in MonthReport.objects.select_for_update().filter(month=first, employee__in=list(figures))
    }
    changed = [_sum_up(held.get(employee), employee, first, totals) for employee, totals in figures.items()]
    note_set(MonthReport, f"{first:%Y-%m}", rows=sum(changed), month=first)
    return sum(changed)


def _sum_up(report: MonthReport | None, employee: UUID, month: date, totals: dict[str, int]) -> bool:
    if report is None:
        MonthReport.objects.create(employee_id=employee, month=month, totals=totals, state=State.ASKED)
        return True
    if report.state == State.LOCKED or (report.totals == totals and report.state != State.OPEN):
        return False
    report.version += report.totals != totals
    report.totals, report.state, report.confirmed_at, report.objection = totals, State.ASKED, None, ""
    report.save()
    return True


@action("attendance.confirm_month", permission=ASK)
def confirm_month(actor: Actor, report: MonthReport, *, now: datetime, version: int) -> MonthReport:
    """The person's own word that the figures are right: of exactly the version they saw."""
    found = _own(actor, report)
    _require_version(found, version)
    found.state, found.confirmed_at, found.objection = State.CONFIRMED, now, ""
    found.save(update_fields=["state", "confirmed_at", "objection"])
    note(found, version=version, state=found.state)
    return found


@action("attendance.dispute_month", permission=ASK)
def dispute_month(
    actor: Actor, report: MonthReport, *, now: datetime, version: int, objection: str
) -> MonthReport:
    """The person says what is wrong."""
    found = _own(actor, report)
    _require_version(found, version)
    if not objection.strip():
        raise Refusal("say_what", _("Say in a few words what is wrong."), field="objection")
    found.state, found.objection, found.confirmed_at = State.DISPUTED, objection.strip()[:300], None
    found.save(update_fields=["state", "objection", "confirmed_at"])
    note(found, version=version, state=found.state)
    return found


@action("attendance.lock_month", permission=CLOSE)
def lock_month(actor: Actor, report: MonthReport, *, now: datetime) -> MonthReport:
    """From now on the figures stay; a dispute must have been answered by a new version, or confirmed."""
    found = _report(actor, report)
    if found.state == State.LOCKED:
        raise Conflict("locked_already", _("The month is locked already."))
    if found.state == State.DISPUTED:
        raise Refusal("disputed", _("The person objects to these figures. Settle that first."))
    found.state, found.locked_at = State.LOCKED, now
    found.save(update_fields=["state", "locked_at"])
    note(found, state=found.state)
    figures = {name: int(found.totals.get(name, 0)) for name in FIGURES}
    publish(MonthLocked(found.employee_id, found.month, figures))
    return found


@action("attendance.adjust_month", permission=CLOSE)
def adjust_month(
    actor: Actor, report: MonthReport, *, now: datetime, figure: str, amount: int, reason: str
) -> MonthReport:
    """Add to, or take from, one figure of a locked month; the locked figures stand beside it as they were."""
    found = _report(actor, report)
    if found.state != State.LOCKED:
        raise Refusal("not_locked", _("Only a locked month is adjusted; another is computed anew."))
    if figure not in FIGURES or not amount:
        raise Refusal("invalid_figure", _("Choose a figure and how much it changes."), field="figure")
    Adjustment.objects.create(
        report=found, figure=figure, amount=amount, reason=reason, by_id=actor.employee_id, at=now
    )
    note(found, figure=figure, amount=amount, reason=reason)
    return found


def adjusted(report: MonthReport) -> dict[str, int]:
    """The totals with every adjustment."""
    found = {name: int(report.totals.get(name, 0)) for name in FIGURES}
    for figure, amount in report.adjustments.values_list("figure", "amount"):
        found[figure] = found.get(figure, 0) + amount
    return found


def _report(actor: Actor, report: MonthReport) -> Any:
    found = MonthReport.objects.select_for_update(of=("self",)).filter(pk=report.pk).first()
    if found is None or not actor.scope(CLOSE).covers(found.employee_id):
        raise NotFound
    return found


def _own(actor: Actor, report: MonthReport) -> Any:
    found = MonthReport.objects.select_for_update(of=("self",)).filter(pk=report.pk).first()
    if found is None or found.employee_id != actor.employee_id:
        raise NotFound
    if found.state == State.LOCKED:
        raise Conflict("locked_already", _("The month is locked already."))
    return found


def _require_version(report: MonthReport, version: int) -> None:
    if report.version != version:
        raise Conflict("other_version", _("The figures have changed since. Look at them again."))
