"""Reads of attendance; each starts from what the actor may see."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from qince.core.people.models import Employee
from qince.core.people.queries import employee_ids_under, with_main_department
from qince.employee.attendance.models import DayResult, Punch, PunchPhoto
from qince.employee.attendance.rules import DECIDE, VIEW
from qince.engines.evidence.models import Verdict
from qince.kit.actor import Actor
from qince.kit.errors import NotFound

DOUBTFUL = (Verdict.OUTSIDE, Verdict.UNCERTAIN, Verdict.UNUSABLE)
# What a day can be asked for: those who came, who did not, where a press is missing, or where one raises a question.
STATUSES = ("present", "absent", "in_missing", "out_missing", "doubtful", "manual")


@dataclass(slots=True)
class Day:
    """One person's presses of one work date, in the order they happened."""

    on: date
    employee: Any = None
    punches: list[Punch] = field(default_factory=list)
    result: DayResult | None = None

    @property
    def first_in(self) -> Punch | None:
        return next((punch for punch in self.punches if punch.kind == Punch.Kind.IN), None)

    @property
    def last_out(self) -> Punch | None:
        return next((punch for punch in reversed(self.punches) if punch.kind == Punch.Kind.OUT), None)

    @property
    def is_in_missing(self) -> bool:
        return bool(self.punches) and self.first_in is None

    @property
    def is_out_missing(self) -> bool:
        return bool(self.punches) and self.last_out is None

    @property
    def flags(self) -> list[str]:
        return list(dict.fromkeys(flag for punch in self.punches for flag in punch.flags))

    @property
    def has_manual(self) -> bool:
        return any(punch.verdict == Verdict.MANUAL for punch in self.punches)

    @property
    def tone(self) -> str:
        """The colour of the day: its most questionable press."""
        verdicts = {punch.verdict for punch in self.punches if not punch.is_field}
        if not self.punches:
            return "grey"
        if verdicts & {*DOUBTFUL} or self.flags:
            return "orange"
        return "blue" if Verdict.MANUAL in verdicts else "green"


def punches_visible_to(actor: Actor) -> Any:
    return actor.scope(VIEW).filter(Punch.objects.select_related("work_place"), "employee")


def presses_visible_to(actor: Actor) -> Any:
    """Presses that somebody had to confirm, or has to."""
    return actor.scope(VIEW).filter(Punch.objects.exclude(confirm_for=""), "employee")


def get_photo(actor: Actor, punch_id: UUID, photo_id: UUID) -> PunchPhoto:
    found: PunchPhoto | None = photos_visible_to(actor).filter(punch=punch_id, pk=photo_id).first()
    if found is None:
        raise NotFound
    return found


def photos_visible_to(actor: Actor) -> Any:
    rows = PunchPhoto.objects.select_related("blob", "punch__employee", "punch__work_place")
    return actor.scope(VIEW).filter(rows, "punch__employee")


def shows_photo(actor: Actor, blob_id: UUID) -> bool:
    """Whether a press in sight holds this file: what `core.files` asks."""
    if not actor.may(VIEW):
        return False
    return any(_shows(actor, photo) for photo in photos_visible_to(actor).filter(blob=blob_id))


def _shows(actor: Actor, photo: PunchPhoto) -> bool:
    """A face is shown to whom it belongs and to who decides about it, not to all who see the press."""
    owner = photo.punch.employee_id
    if photo.kind != PunchPhoto.Kind.FACE or owner == actor.employee_id:
        return True
    return actor.may(DECIDE) and bool(actor.scope(DECIDE).covers(owner))


def employees_visible_to(actor: Actor) -> Any:
    """Present employees whose attendance the actor sees."""
    return actor.scope(VIEW).filter(Employee.objects.present(), "pk")


def get_employee(actor: Actor, employee_id: UUID) -> Employee:
    found: Employee | None = employees_visible_to(actor).filter(pk=employee_id).first()
    if found is None:
        raise NotFound
    return found


def sheet_rows(
    actor: Actor, on: date, *, name: str = "", department: UUID | None = None, status: str = ""
) -> Any:
    """Employees of the sheet of that day, narrowed as asked."""
    rows = with_main_department(employees_visible_to(actor))
    if name:
        rows = rows.filter(Q(name__icontains=name) | Q(number__icontains=name))
    if department:
        rows = rows.filter(pk__in=employee_ids_under([str(department)]))
    condition = _conditions(on).get(status)
    return rows.filter(condition) if condition is not None else rows


def _conditions(on: date) -> dict[str, Any]:
    def pressed(**which: Any) -> Any:
        return Exists(Punch.objects.filter(employee=OuterRef("pk"), work_date=on, **which))

    doubtful = pressed(verdict__in=DOUBTFUL, is_field=False) | Exists(
        Punch.objects.filter(employee=OuterRef("pk"), work_date=on).exclude(flags=[])
    )
    return {
        "present": pressed(),
        "absent": ~pressed(),
        "in_missing": pressed() & ~pressed(kind=Punch.Kind.IN),
        "out_missing": pressed() & ~pressed(kind=Punch.Kind.OUT),
        "doubtful": doubtful,
        "manual": pressed(verdict=Verdict.MANUAL),
    }


def status_counts(actor: Actor, on: date) -> dict[str, int]:
    """How many employees each status has on that day, and `all`. One query."""
    conditions = _conditions(on)
    counts = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    found: dict[str, int] = employees_visible_to(actor).aggregate(all=Count("pk"), **counts)
    return found


def days(actor: Actor, on: date, employees: Iterable[Any]) -> list[Day]:
    """The day of each of the employees, in the order given. Two queries."""
    wanted = list(employees)
    pressed = _by(
        punches_visible_to(actor).filter(work_date=on, employee__in=[each.pk for each in wanted]),
        "employee_id",
    )
    results = {
        row.employee_id: row
        for row in _results(actor).filter(on=on, employee__in=[each.pk for each in wanted])
    }
    return [Day(on, each, pressed[each.pk], results.get(each.pk)) for each in wanted]


def _results(actor: Actor) -> Any:
    return actor.scope(VIEW).filter(DayResult.objects.all(), "employee")


def results_of(actor: Actor, employee: Employee, first: date, last: date) -> dict[date, DayResult]:
    """One person's stored results, by date. One query."""
    return {row.on: row for row in _results(actor).filter(employee=employee, on__range=(first, last))}


def days_of(actor: Actor, employee: Employee, first: date, last: date) -> dict[date, Day]:
    """One person's days with a press, by date. One query."""
    rows = punches_visible_to(actor).filter(employee=employee, work_date__range=(first, last))
    return {on: Day(on, employee, punches) for on, punches in _by(rows, "work_date").items()}


def _by(rows: Any, name: str) -> dict[Any, list[Punch]]:
    found: dict[Any, list[Punch]] = defaultdict(list)
    for punch in rows.order_by("at", "id"):
        found[getattr(punch, name)].append(punch)
    return found
