"""The measurements measure what they say: everything they plant, send and take as their floor still works."""

import pytest
from django.db import connection

from bench import asked, attendance, measured, operations, seed
from qince.employee.attendance.models import DayResult, Punch
from qince.employee.attendance.recompute import recompute
from qince.kit import clock
from qince.kit.tenancy import tenant

pytestmark = pytest.mark.django_db


@pytest.fixture
def planted(monkeypatch):
    for name, size in (("REPS", operations.CLIENTS), ("STORES", 420), ("STORES_PER_REP", 10)):
        monkeypatch.setattr(seed, name, size)
    monkeypatch.setattr(asked, "REQUESTS", 4 * operations.CLIENTS)
    return seed.plant()


@pytest.mark.parametrize("operation", measured.ALL, ids=lambda each: each.name)
def test_every_operation_is_answered_as_it_should_be(planted, client, operation):
    requests = operation.requests(planted, 0)
    for _turn in range(2):
        method, path, body, headers = next(requests)
        answer = client.generic(method, path, body or b"", "application/json", headers=headers)
        assert operation.good(answer.status_code, answer.content), answer.content[:500]


@pytest.mark.parametrize("operation", measured.ALL, ids=lambda each: each.name)
def test_every_floor_runs(planted, operation):
    assert run(operation.floor(planted)) > 0


def test_a_month_of_attendance_is_planted_and_replayed(monkeypatch):
    monkeypatch.setattr(attendance, "PEOPLE", 3)
    organization, people = attendance.plant()
    with tenant(organization):
        assert {Punch.objects.filter(employee=each).count() for each in people} == {52}
        recompute(people, attendance.FIRST, attendance.LAST, now=clock.now())
        worked = DayResult.objects.filter(worked_minutes__gt=0)
        assert worked.count() == 3 * 22  # days of work
    assert run(attendance._floor(organization, people[0])) == 31


def run(script):
    """Rows that the last statement of a floor read or wrote; inside the test's own transaction."""
    inner = script.replace("BEGIN;\n", "").replace("COMMIT;\n", "")
    with connection.cursor() as cursor:
        cursor.execute(inner)
        rows = cursor.rowcount
        while cursor.nextset():
            rows = cursor.rowcount
    return rows
