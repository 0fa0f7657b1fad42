"""The rules of an organization for some dates, read once and shared by everybody: which plan holds for whom."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from qince.core.organizations.models import Organization
from qince.core.people.models import Department, Employee, Membership
from qince.core.rights import calendar
from qince.employee.attendance import definitions
from qince.employee.attendance.models import (
    Group,
    GroupVersion,
    Member,
    RosterEntry,
    Shift,
    SpecialDay,
)
from qince.employee.attendance.models import ShiftVersion as ShiftVersionRow
from qince.employee.attendance.replay.planning import OUTSIDE, Plan, Said, plan_day
from qince.employee.attendance.replay.shapes import Rule, ShiftVersion
from qince.kit.tenancy import current_organization_id

ONE = timedelta(days=1)
Belonging = tuple[UUID, bool]  # group, exempt


class Book:
    """Everything about rules between two dates; a handful of queries however many people there are."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.zone = Organization.objects.values_list("time_zone", flat=True).get(pk=current_organization_id())
        self._shifts = _shift_versions()
        self._rules = _rules(self.zone)
        self._specials = {
            (row.group_id, row.on): _said(row.shift_id)
            for row in SpecialDay.objects.filter(on__range=(first, last))
        }
        corrected = calendar.corrections()
        self._holidays = {on: calendar.holiday(on, corrected) for on in days(first, last)}
        self._plans: dict[Any, Plan] = {}

    def shift_on(self, shift: str, on: date) -> ShiftVersion | None:
        """The version of a shift in force on a date; before its first one, that."""
        versions = self._shifts.get(shift, ())
        return next((each for starts, each in reversed(versions) if starts <= on), None) or (
            versions[0][1] if versions else None
        )

    def rule_on(self, group: UUID, on: date) -> Rule | None:
        versions = self._rules.get(group, ())
        return next((each for starts, each in reversed(versions) if starts <= on), None)

    def plan(
        self, group: UUID | None, on: date, roster: Said | None = None, *, is_exempt: bool = False
    ) -> Plan:
        key = (group, on, roster, is_exempt)
        found = self._plans.get(key)
        if found is None:
            found = self._plans[key] = self._plan(group, on, roster, is_exempt)
        return found

    def _plan(self, group: UUID | None, on: date, roster: Said | None, is_exempt: bool) -> Plan:
        rule = self.rule_on(group, on) if group else None
        if group is None or rule is None:
            return OUTSIDE
        return plan_day(
            on,
            rule,
            roster=roster,
            special=self._specials.get((group, on)),
            holiday=self._holidays[on],
            versions=self.shift_on,
            is_exempt=is_exempt,
        )

    def plan_by(self, rule: Rule, on: date, versions: Any) -> Plan:
        """The plan under a rule that is no group's."""
        return plan_day(on, rule, holiday=self._holidays[on], versions=versions)


class People:
    """Who belongs to which group when, is put down for what, and was employed when."""

    def __init__(self, book: Book, employee_ids: Collection[UUID]) -> None:
        self.book = book
        self.ids = list(employee_ids)
        self._own, self._by_department = _members(book, self.ids)
        self._departments = _departments(book, self.ids) if self._by_department else {}
        self._roster = _roster(book, self.ids)
        rows = Employee.objects.filter(pk__in=self.ids).values_list("pk", "hired_on", "left_on")
        self._employed = {key: (hired or date.min, left or date.max) for key, hired, left in rows}

    def plans(self, employee_id: UUID) -> Iterator[Plan]:
        """One plan for each date of the book."""
        hired, left = self._employed[employee_id]
        roster = self._roster.get(employee_id, {})
        own, held = self._own.get(employee_id, ()), self._departments.get(employee_id, ())
        for on in days(self.book.first, self.book.last):
            found = self._belonging(own, held, on) if hired <= on <= left else None
            if found is None:
                yield OUTSIDE
            else:
                yield self.book.plan(found[0], on, roster.get(on), is_exempt=found[1])

    def is_employed(self, employee_id: UUID, on: date) -> bool:
        hired, left = self._employed[employee_id]
        return hired <= on <= left

    def group_on(self, employee_id: UUID, on: date) -> UUID | None:
        own, held = self._own.get(employee_id, ()), self._departments.get(employee_id, ())
        found = self._belonging(own, held, on)
        return found[0] if found else None

    def _belonging(self, own: Any, held: Any, on: date) -> Belonging | None:
        for starts, ends, found in own:
            if starts <= on and (ends is None or on < ends):
                return found  # type: ignore[no-any-return]
        for starts, ends, above in held:
            if starts <= on and (ends is None or on < ends):
                return self._nearest(above, on)
        return None

    def _nearest(self, above: list[UUID], on: date) -> Belonging | None:
        """The nearest department upwards that belongs to a group."""
        for department in above:
            for starts, ends, found in self._by_department.get(department, ()):
                if starts <= on and (ends is None or on < ends):
                    return found  # type: ignore[no-any-return]
        return None


def days(first: date, last: date) -> Iterator[date]:
    on = first
    while on <= last:
        yield on
        on += ONE


def _said(shift: UUID | None) -> Said:
    return Said(None if shift is None else str(shift))


def _shift_versions() -> dict[str, list[tuple[date, ShiftVersion]]]:
    shifts = {each.pk: each for each in Shift.objects.all()}
    found: dict[str, list[tuple[date, ShiftVersion]]] = defaultdict(list)
    for row in ShiftVersionRow.objects.order_by("starts_on", "version"):
        shift = shifts[row.shift_id]
        found[str(row.shift_id)].append((row.starts_on, definitions.shift_version(row, shift)))
    return found


def _rules(zone: str) -> dict[UUID, list[tuple[date, Rule]]]:
    groups = {each.pk: each for each in Group.objects.all()}
    found: dict[UUID, list[tuple[date, Rule]]] = defaultdict(list)
    for row in GroupVersion.objects.order_by("effective_from", "version"):
        found[row.group_id].append((row.effective_from, definitions.rule(row, groups[row.group_id], zone)))
    return found


def _overlapping(book: Book) -> Q:
    return Q(starts_on__lte=book.last) & (Q(ends_on__isnull=True) | Q(ends_on__gt=book.first))


def _members(book: Book, ids: list[UUID]) -> tuple[dict[UUID, Any], dict[UUID, Any]]:
    own: dict[UUID, Any] = defaultdict(list)
    by_department: dict[UUID, Any] = defaultdict(list)
    rows = Member.objects.filter(_overlapping(book)).filter(Q(employee__in=ids) | Q(department__isnull=False))
    for row in rows.order_by("-starts_on", "id"):
        entry = (row.starts_on, row.ends_on, (row.group_id, row.is_exempt))
        (own[row.employee_id] if row.employee_id else by_department[row.department_id]).append(entry)
    return own, by_department


def _departments(book: Book, ids: list[UUID]) -> dict[UUID, Any]:
    """Each person's main departments over time, each with all above it, the nearest first."""
    paths = {
        key: [UUID(step) for step in reversed(path.split("/")) if step]
        for key, path in Department.objects.values_list("pk", "path")
    }
    found: dict[UUID, Any] = defaultdict(list)
    rows = Membership.objects.filter(_overlapping(book), employee__in=ids, is_main=True)
    for row in rows.order_by("-starts_on", "id"):
        found[row.employee_id].append((row.starts_on, row.ends_on, paths[row.department_id]))
    return found


def _roster(book: Book, ids: list[UUID]) -> dict[UUID, dict[date, Said]]:
    found: dict[UUID, dict[date, Said]] = defaultdict(dict)
    rows = RosterEntry.objects.filter(employee__in=ids, on__range=(book.first, book.last))
    for employee, on, shift in rows.values_list("employee_id", "on", "shift_id"):
        found[employee][on] = _said(shift)
    return found
