"""Reckoning who owes what and keeping it: run at each round, and at once whenever something changes.

Running it again changes nothing. What is over keeps its people: a transfer of today does not rewrite last week.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from qince.core.people.models import Employee
from qince.employee.daily_reports.calendars import days_of, zone_here
from qince.employee.daily_reports.models import Obligation, Report, Target, Template, TemplateVersion
from qince.employee.daily_reports.owing.judging import Reporter, owed
from qince.employee.daily_reports.owing.periods import Period, periods
from qince.employee.daily_reports.people_at import Places
from qince.kit import bulk
from qince.kit.clock import local_date
from qince.kit.ids import uuid7

ONE = timedelta(days=1)
LOOKS_BACK, LOOKS_AHEAD = timedelta(days=3), timedelta(days=1)
KEY = ("organization", "template", "employee", "period_on")
RENEWED = ("by_version", "department", "ends_on", "due_at", "late_until", "reason", "facts")


@dataclass(frozen=True, slots=True)
class Named:
    """Whom one version names."""

    is_for_everybody: bool
    people: frozenset[UUID]
    departments: frozenset[UUID]
    positions: frozenset[str]
    exempt_people: frozenset[UUID]
    exempt_departments: frozenset[UUID]
    exempt_positions: frozenset[str]

    def reports(self, employee: UUID, position: str, departments: Collection[UUID]) -> bool:
        return self.is_for_everybody or _is_in(
            employee, position, departments, self.people, self.positions, self.departments
        )

    def is_exempt(self, employee: UUID, position: str, departments: Collection[UUID]) -> bool:
        return _is_in(
            employee, position, departments, self.exempt_people, self.exempt_positions, self.exempt_departments
        )  # fmt: skip


def _is_in(
    employee: UUID, position: str, departments: Collection[UUID], people: Any, positions: Any, chosen: Any
) -> bool:
    return employee in people or position in positions or not chosen.isdisjoint(departments)


def renew(
    first: date, last: date, *, now: datetime, employee_ids: Iterable[UUID] | None = None,
    template: Template | None = None,
) -> None:  # fmt: skip
    """Reckon the periods that touch the days from `first` to `last` anew, of everybody or of these people."""
    held = _versions(template)
    if not held:
        return
    zone = zone_here()
    today = local_date(now, zone)
    last = min(last, today + LOOKS_AHEAD)  # further ahead nobody asks yet, and much may change
    wanted = None if employee_ids is None else set(employee_ids)
    found = {
        key: list(periods([each.as_version for each in rows], first, last, zone))
        for key, rows in held.items()
    }
    every = [period for each in found.values() for period in each]
    if not every:
        return
    crew = Crew(min(each.first for each in every), max(each.last for each in every), zone, wanted)
    for key, own in found.items():
        _renew_template(key, own, {each.pk: each for each in held[key]}, crew, today, wanted)


class Crew:
    """Everybody who may owe something in a stretch of days."""

    def __init__(self, first: date, last: date, zone: str, wanted: set[UUID] | None) -> None:
        rows: Any = Employee.objects.exclude(status=Employee.Status.LEFT, left_on__lt=first)
        rows = rows.exclude(status=Employee.Status.SUSPENDED)
        if wanted is not None:
            rows = rows.filter(pk__in=wanted)
        self.people = list(rows.only("pk", "position", "hired_on", "left_on", "status", "created_at"))
        ids = [each.pk for each in self.people]
        self.places = Places(ids)
        self.days = days_of(ids, first, last) if ids else {}
        self.zone = zone

    def reporter(self, person: Employee, *, is_exempt: bool) -> Reporter:
        joined = person.hired_on or local_date(person.created_at, self.zone)
        left = person.left_on if person.status == Employee.Status.LEFT else None
        return Reporter(joined, left, is_exempt, self.days[person.pk])


def _versions(template: Template | None) -> dict[UUID, list[TemplateVersion]]:
    rows: Any = TemplateVersion.objects.filter(template__is_active=True)
    if template is not None:
        rows = rows.filter(template=template)
    found = defaultdict(list)
    for row in rows.select_related("template").order_by("number"):
        found[row.template_id].append(row)
    return found


def named_by(version_ids: Collection[UUID]) -> dict[UUID, Named]:
    rows = TemplateVersion.objects.filter(pk__in=version_ids).prefetch_related("targets")
    return {row.pk: _named(row.is_for_everybody, list(row.targets.all())) for row in rows}


def _named(is_for_everybody: bool, targets: Sequence[Target]) -> Named:
    def of(role: str, name: str) -> frozenset[Any]:
        return frozenset(getattr(each, name) for each in targets if each.role == role) - {None, ""}

    sets = [
        of(role, name)
        for role in (Target.Role.REPORTER, Target.Role.EXEMPT)
        for name in ("employee_id", "department_id", "position")
    ]
    return Named(is_for_everybody, *sets)


def _renew_template(
    template_id: UUID, own: list[Period], versions: dict[UUID, TemplateVersion], crew: Crew, today: date,
    wanted: set[UUID] | None,
) -> None:  # fmt: skip
    named = named_by({each.version.id for each in own})
    rows = [
        row
        for period in own
        for person in crew.people
        if (row := _row(template_id, period, named[period.version.id], person, crew)) is not None
    ]
    _keep(template_id, own, rows, today, wanted)


def _row(template_id: UUID, period: Period, named: Named, person: Employee, crew: Crew) -> Obligation | None:
    """Whoever is named as of the period's last day. Those already gone before it began owe nothing, not even a word."""
    departments = crew.places.departments(person.pk, period.last)
    if not named.reports(person.pk, person.position, departments):
        return None
    if person.status == Employee.Status.LEFT and (person.left_on is None or person.left_on < period.first):
        return None
    reporter = crew.reporter(person, is_exempt=named.is_exempt(person.pk, person.position, departments))
    if reporter.joined_on > period.last:
        return None
    reason, facts = owed(period, reporter)
    return Obligation(
        id=uuid7(), template_id=template_id, by_version_id=period.version.id, employee_id=person.pk,
        department_id=crew.places.main(person.pk, period.last), period_on=period.first, ends_on=period.last,
        due_at=period.due_at, late_until=period.late_until, reason=reason.value, facts=_told(facts),
    )  # fmt: skip


def _told(facts: dict[str, Any]) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        return [each.isoformat() for each in value] if isinstance(value, list) else value.isoformat()

    return {name: plain(value) for name, value in facts.items() if value}


def _keep(
    template_id: UUID, own: list[Period], rows: list[Obligation], today: date, wanted: set[UUID] | None
) -> None:
    starts = [each.first for each in own]
    there = Obligation.objects.filter(template=template_id, period_on__in=starts)
    if wanted is not None:
        there = there.filter(employee__in=wanted)
    reports = {
        (each.employee_id, each.period_on): each
        for each in Report.objects.filter(template=template_id, period_on__in=starts).only(
            "pk", "employee_id", "period_on", "sent_at"
        )
    }
    for row in rows:
        if (report := reports.get((row.employee_id, row.period_on))) is not None:
            row.report, row.sent_at = report, report.sent_at
    known = {(each.employee_id, each.period_on): each for each in there}
    fresh = [row for row in rows if _differs(row, known.get((row.employee_id, row.period_on)))]
    bulk.put(fresh, key=KEY, replacing=RENEWED)
    kept = {(row.employee_id, row.period_on) for row in rows}
    gone = [
        each.pk
        for key, each in known.items()
        if key not in kept and each.report_id is None and each.ends_on >= today
    ]
    if gone:
        Obligation.objects.filter(pk__in=gone).delete()


def _differs(row: Obligation, known: Obligation | None) -> bool:
    names = (f"{name}_id" if name in ("by_version", "department") else name for name in RENEWED)
    return known is None or any(getattr(row, name) != getattr(known, name) for name in names)


def ensure(template: Template, employee_id: UUID, period: Period, *, now: datetime) -> Obligation | None:
    """The person's own obligation, reckoned now where no round has yet."""
    rows = Obligation.objects.filter(template=template, employee=employee_id, period_on=period.first)
    found: Obligation | None = rows.first()
    if found is None:
        renew(period.first, period.last, now=now, employee_ids=[employee_id], template=template)
        found = rows.first()
    return found
