"""A small company that takes leave: Ann under a leader, HR, a type with a balance and one without."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from qince.core.people.tests import factories as people
from qince.employee.leave.actions import cancelling, requesting
from qince.employee.leave.reckoning.counting import Part, Segment
from qince.employee.leave.reckoning.terms import Granting, Terms
from qince.employee.leave.tests.factories import admin, leave_type
from qince.engines.approvals.actions import deciding
from qince.engines.approvals.models import Instance, Task
from qince.kit.ids import uuid7

D = Decimal
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)  # a Monday
MONDAY, FRIDAY, NEXT_MONDAY = date(2026, 3, 9), date(2026, 3, 13), date(2026, 3, 16)
ANNUAL = Terms(grant=Granting.FIXED, amount=D(20), carry_max=D(10))


@pytest.fixture
def company(inside):
    boss = people.employee("Boss", roles=["manager"])
    ann = people.employee("Ann", leader=boss, roles=["rep"], hired_on=date(2020, 5, 4))
    hr = admin()
    actor = people.actor(hr)
    found = SimpleNamespace(boss=boss, ann=ann, hr=hr, admin=actor)
    found.annual = leave_type(actor, "年假", now=NOW, terms=ANNUAL, template="annual")
    found.sick = leave_type(
        actor, "病假", now=NOW, terms=Terms(is_health=True, proof_after=D(1)), template="sick"
    )
    return found


def whole(first=MONDAY, last=FRIDAY, begins=Part.FULL, ends=Part.FULL):
    return [Segment(first, last, begins, ends)]


def ask(company, segments=None, kind=None, who=None, now=NOW, **more):
    wish = requesting.Wish((kind or company.annual).pk, segments or whole(), **more)
    actor = people.actor(who or company.ann)
    return requesting.hand_in(actor, request_id=uuid7(), wish=wish, now=now)


def instance_of(row):
    return Instance.objects.filter(target_id=row.pk).latest("submitted_at")


def decide(company, row, act, who=None, now=NOW, **more):
    task = Task.objects.get(instance=instance_of(row), state=Task.State.PENDING)
    act(people.actor(who or company.boss), task_id=task.pk, now=now, **more)
    row.refresh_from_db()
    return row


def approve(company, row, **more):
    return decide(company, row, deciding.approve, **more)


def reject(company, row, **more):
    return decide(company, row, deciding.reject, comment="No", **more)


def send_back(company, row):
    return decide(company, row, deciding.send_back, comment="Change it")


def approved(company, segments=None, **more):
    return approve(company, ask(company, segments, **more))


def call_off(company, row, kept=(), now=NOW):
    actor = people.actor(company.ann)
    return cancelling.call_off(actor, cancellation_id=uuid7(), request_id=row.pk, kept=list(kept), now=now)
