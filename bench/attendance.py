"""A month of ten thousand employees computed anew: loaded in bulk, replayed, written; told per employee and day."""

import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from statistics import median
from uuid import UUID

from django.db import connection

from bench import floors
from bench.cpu import spent_ms
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.employee.attendance.models import Group, GroupVersion, Member, Punch, Shift, ShiftVersion
from qince.employee.attendance.recompute import recompute
from qince.kit import clock
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant

NAME = "attendance_month"
PEOPLE, FIRST, LAST = 10_000, date(2026, 3, 1), date(2026, 3, 31)
EMPLOYEE_DAYS = PEOPLE * 31
BATCH = 2500  # people in one transaction
TIMES = {"slots": [{"on": 540, "off": 1080, "late_as_serious": 60}], "rests": [{"start": 720, "end": 780}]}
# One person's presses given to everybody of the organization, within half an hour of theirs.
_SPREAD = """
    INSERT INTO attendance_punch ({columns})
    SELECT {values} FROM attendance_punch press
      JOIN people_employee e ON e.organization_id = press.organization_id AND e.id <> press.employee_id,
        LATERAL (SELECT press.at + (random() * 60 - 30 + 0 * length(e.number)) * interval '1 minute' AS at) moment
     WHERE press.organization_id = %s
"""


def plant() -> tuple[UUID, list[UUID]]:
    """An organization with its people, in office hours, and their presses."""
    organization = Organization.objects.create(
        name="考勤基准企业", state="active", location="南京", industry="快消品", headcount=PEOPLE,
        opened_by="administrator",
    )  # fmt: skip
    with tenant(organization):
        people = [
            Employee(
                name=f"员工{number}", number=f"K{number:05d}", mobile=f"+86197{number:08d}", status="active"
            )
            for number in range(PEOPLE)
        ]
        Employee.objects.bulk_create(people, batch_size=2000)
        shift = Shift.objects.create(name="标准班", latest=1)
        ShiftVersion.objects.create(
            shift=shift, version=1, starts_on=FIRST, definition=TIMES, created_at=clock.now()
        )
        group = Group.objects.create(name="总部", latest=1)
        week = [str(shift.pk)] * 5 + [None, None]
        GroupVersion.objects.create(
            group=group, version=1, effective_from=FIRST, definition={"week": week}, created_at=clock.now()
        )
        Member.objects.bulk_create(
            [Member(group=group, employee=each, starts_on=FIRST) for each in people], batch_size=2000
        )
        _press(people[0])
        _spread(organization)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return organization.pk, [each.pk for each in people]


def _press(employee: Employee) -> None:
    """Two presses on each of the month's days up to Saturday, at 09:00 and 18:00 in Shanghai."""
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    moments = [
        (kind, day, datetime(day.year, day.month, day.day, hour, tzinfo=UTC))
        for day in days
        if day.isoweekday() < 7
        for kind, hour in ((Punch.Kind.IN, 1), (Punch.Kind.OUT, 10))
    ]
    Punch.objects.bulk_create(
        Punch(
            employee=employee,
            kind=kind,
            work_date=day,
            verdict="inside",
            at=at,
            device_time=at,
            received_at=at,
        )
        for kind, day, at in moments
    )


def _spread(organization: Organization) -> None:
    """The columns are the model's own: all but these stand as they were written."""
    moment = dict.fromkeys(("at", "device_time", "received_at"), "moment.at")
    own = {"id": "gen_random_uuid()", "employee_id": "e.id"} | moment
    columns = [field.column for field in Punch._meta.concrete_fields]
    values = ", ".join(own.get(column, f"press.{column}") for column in columns)
    quoted = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(_SPREAD.format(columns=quoted, values=values), [organization.pk])


def measure(postmaster: int, rounds: int, say: Callable[[str], None]) -> tuple[float, float, float, float]:
    """Processor ms per employee-day, of the floor too, and employee-days per second, of the floor too. The first
    round writes every row for the first time, the others replace them.
    """
    organization, people = plant()
    found: list[tuple[float, float]] = []
    for number in range(rounds):
        before, began = spent_ms([os.getpid(), postmaster]), time.monotonic()
        for start in range(0, len(people), BATCH):
            with tenant(organization):
                recompute(people[start : start + BATCH], FIRST, LAST, now=clock.now())
        seconds = time.monotonic() - began
        cpu = (spent_ms([os.getpid(), postmaster]) - before) / EMPLOYEE_DAYS
        say(f"  {NAME} round {number + 1}: {seconds:.1f} s for {PEOPLE} people, {cpu:.4f} ms CPU per day")
        found.append((cpu, seconds))
    floor = floors.run(_floor(organization, people[0]), postmaster=postmaster, seconds=5)
    cpu = median(each for each, _seconds in found)
    return cpu, floor.cpu_ms / 31, EMPLOYEE_DAYS / median(each for _cpu, each in found), floor.rate * 31


def _floor(organization: UUID, employee: UUID) -> str:
    """One person's month in bare SQL: the presses read, 31 rows replaced."""
    figures = (
        "due_minutes, worked_minutes, late_times, late_minutes, serious_times, early_times, early_minutes"
    )
    figures += ", lack_times"
    return f"""
BEGIN;
SET LOCAL app.organization = '{organization}';
SELECT id, at, kind FROM attendance_punch WHERE organization_id = '{organization}' AND employee_id = '{employee}'
  AND work_date BETWEEN '{FIRST}' AND '{LAST}' ORDER BY at;
INSERT INTO attendance_dayresult (id, organization_id, employee_id, "on", status, day_kind, rule, {figures},
  absent_minutes, leave_minutes, away_minutes, overtime_minutes, points)
SELECT gen_random_uuid(), '{organization}', e.id, '{FIRST}'::date + n, 'normal', 'workday', '{uuid7()}', 480, 480, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, jsonb_build_array(repeat('x', 300))
FROM (SELECT id FROM people_employee WHERE organization_id = '{organization}' ORDER BY random() LIMIT 1) e,
  generate_series(0, 30) n
ON CONFLICT (organization_id, employee_id, "on") DO UPDATE SET status = EXCLUDED.status, points = EXCLUDED.points;
COMMIT;
"""  # nosec B608


__all__ = ["NAME", "measure"]
