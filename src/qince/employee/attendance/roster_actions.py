"""Planning the roster: who works which shift on which day."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from qince.core.people.models import Employee
from qince.employee.attendance.events import RosterChanged
from qince.employee.attendance.models import MonthReport, RosterEntry, Shift
from qince.employee.attendance.rules import ROSTER
from qince.kit import bulk
from qince.kit.action import action, note_set
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.events import publish

MOST = 3000  # days in one act
REST, CLEAR = "rest", "clear"


@action("attendance.plan_roster", permission=ROSTER)
def plan_roster(actor: Actor, *, now: datetime, cells: Sequence[tuple[UUID, date]], shift: str) -> int:
    """Put the same into all of these people's days: a shift's id, REST, or CLEAR to leave it to the week again."""
    people = {employee for employee, _on in cells}
    if not cells or len(cells) > MOST:
        raise Refusal("too_many_days", _("Choose between one and %(most)d days.") % {"most": MOST})
    within = actor.scope(ROSTER).filter(Employee.objects.present().filter(pk__in=people), "pk")
    if within.count() != len(people):
        raise NotFound
    chosen = None if shift in (REST, CLEAR) else _shift(shift)
    first, last = min(on for _who, on in cells), max(on for _who, on in cells)
    _require_open(people, first, last)
    if shift == CLEAR:
        known = set(cells)
        rows = RosterEntry.objects.filter(employee__in=people, on__range=(first, last))
        gone = [row.pk for row in rows if (row.employee_id, row.on) in known]
        RosterEntry.objects.filter(pk__in=gone).delete()
    else:
        entries = [
            RosterEntry(employee_id=employee, on=on, shift=chosen) for employee, on in dict.fromkeys(cells)
        ]
        bulk.put(entries, key=("organization", "employee", "on"), replacing=("shift",))
    words = chosen.name if chosen else str(_("Rest") if shift == REST else _("By the week"))
    note_set(RosterEntry, words, rows=len(cells), first=first, last=last)
    publish(RosterChanged(tuple(sorted(people)), first, last))
    return len(cells)


def _shift(key: str) -> Shift:
    try:
        found = Shift.objects.filter(pk=UUID(key), is_active=True).first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound
    return found


def _require_open(people: set[UUID], first: date, last: date) -> None:
    locked = MonthReport.objects.filter(
        state=MonthReport.State.LOCKED, employee__in=people, month__range=(first.replace(day=1), last)
    )
    if locked.exists():
        raise Conflict("month_locked", _("The month is locked. Only adjustments can be added."))
