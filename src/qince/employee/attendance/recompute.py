"""Storing results: for a few days after something changed, for everybody by a job. Doing it twice changes nothing."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from qince.employee.attendance.book import Book
from qince.employee.attendance.facts import Facts, reach
from qince.employee.attendance.models import DayResult, MonthReport, StaleDay
from qince.employee.attendance.replay.results import Day, encode
from qince.kit import copying
from qince.kit.ids import uuid7
from qince.kit.tenancy import current_organization_id

PEOPLE = 500  # at a time
# Columns of a result and where replay has them.
FIGURES = {
    "due_minutes": "due",
    "worked_minutes": "worked",
    "late_times": "late_times",
    "late_minutes": "late",
    "serious_times": "serious_times",
    "early_times": "early_times",
    "early_minutes": "early",
    "lack_times": "lack_times",
    "absent_minutes": "absent",
    "leave_minutes": "leave",
    "away_minutes": "away",
    "overtime_minutes": "overtime",
}
COLUMNS = ("id", "organization", "employee", "on", "status", "day_kind", "rule", "shift", "points", *FIGURES)
REPLACED = COLUMNS[4:]


def recompute(employee_ids: Collection[UUID], first: date, last: date, *, now: datetime) -> int:
    """Replay these people's days and store them; how many. Days of locked months stay as they are."""
    ids = list(employee_ids)
    book = Book(*reach(first, last))
    stored = 0
    for start in range(0, len(ids), PEOPLE):
        stored += _store(Facts(ids[start : start + PEOPLE], first, last, book=book), now)
    return stored


def recompute_stale(*, today: date, now: datetime, limit: int = 5000) -> int:
    """Replay what has changed since it was computed; how many days. Those to come are computed when they come."""
    rows = StaleDay.objects.select_for_update(skip_locked=True).order_by("on", "employee")[:limit]
    found = list(rows.values_list("pk", "employee_id", "on"))
    people_by_day: dict[date, set[UUID]] = defaultdict(set)
    for _key, employee, on in found:
        if on <= today:
            people_by_day[on].add(employee)
    stored = 0
    for people, first, last in _runs(people_by_day):
        stored += recompute(people, first, last, now=now)
    StaleDay.objects.filter(pk__in=[key for key, *_rest in found]).delete()
    return stored


def _runs(people_by_day: dict[date, set[UUID]]) -> Iterator[tuple[set[UUID], date, date]]:
    """Neighbouring days of the same people together."""
    run: tuple[set[UUID], date, date] | None = None
    for on in sorted(people_by_day):
        if run and run[0] == people_by_day[on] and on - run[2] == timedelta(days=1):
            run = (run[0], run[1], on)
        else:
            if run:
                yield run
            run = (people_by_day[on], on, on)
    if run:
        yield run


def _store(facts: Facts, now: datetime) -> int:
    organization, locked = current_organization_id(), _locked(facts)
    rows: list[tuple[Any, ...]] = []
    gone = Q()
    for employee, days in facts.results(now):
        days = [day for day in days if day.has_begun(now)]
        if locked:
            days = [day for day in days if (employee, day.on[:7]) not in locked]
        rows += [_row(organization, employee, day) for day in days]
        if len(days) <= (facts.last - facts.first).days:
            gone |= Q(employee=employee) & ~Q(on__in=[date.fromisoformat(day.on) for day in days])
    if gone:
        stale = DayResult.objects.filter(gone, on__range=(facts.first, facts.last))
        for employee, month in locked:
            first = date.fromisoformat(f"{month}-01")
            stale = stale.exclude(employee=employee, on__year=first.year, on__month=first.month)
        stale.delete()
    copying.put(DayResult, COLUMNS, rows, key=("organization", "employee", "on"), replacing=REPLACED)
    return len(rows)


def _row(organization: UUID, employee: UUID, day: Day) -> tuple[Any, ...]:
    return (
        uuid7(), organization, employee, date.fromisoformat(day.on), day.status, day.kind, UUID(day.rule),
        UUID(day.shift) if day.shift else None, copying.raw_json(encode(day.points)),
        day.due, day.worked, day.late_times, day.late, day.serious_times, day.early_times, day.early,
        day.lack_times, day.absent, day.leave, day.away, day.overtime,
    )  # fmt: skip


def _locked(facts: Facts) -> set[tuple[UUID, str]]:
    rows = MonthReport.objects.filter(
        state=MonthReport.State.LOCKED,
        employee__in=facts.people.ids,
        month__range=(facts.first.replace(day=1), facts.last),
    )
    return {(employee, f"{month:%Y-%m}") for employee, month in rows.values_list("employee_id", "month")}
