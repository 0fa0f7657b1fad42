"""A kind of request that exists in tests only, and a small company that handles it."""

from types import SimpleNamespace

import pytest

from qince.core.people.tests import factories as people
from qince.engines.approvals.actions import applying, deciding, designing
from qince.engines.approvals.flow.schema import (
    Approve,
    Branch,
    Comparison,
    Condition,
    Flow,
    Leader,
    People,
    as_stored,
)
from qince.engines.approvals.models import Task
from qince.engines.approvals.registry import Fact, subject, subjects
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.ids import uuid7
from qince.kit.tenancy import current_organization_id

NOW = clock.now()


@pytest.fixture
def thing():
    """The kind of request; what became of requests is in `thing.done`."""
    found = SimpleNamespace(done=[], fails=False)

    def effect(name):
        def run(instance, now):
            if found.fails:
                raise RuntimeError("no")
            found.done.append((name, instance.number))

        return run

    found.code = subject(
        "approvals.thing", name="Thing", apply="people.view",
        facts=(Fact("days", "Days"), Fact("whom", "Whom", "person")), summary=lambda instance: [("Days", "2")],
        on_approved=effect("approved"), on_revoked=effect("revoked"), on_closed=effect("closed"),
        on_returned=effect("returned"), edit_page=lambda instance: "/things/", phone_page=lambda instance: "/things",
    )  # fmt: skip
    yield found
    del subjects[found.code]


@pytest.fixture
def company(inside, thing):
    return staffed(thing)


def staffed(thing):
    """Ann below Leader below Boss, two of HR, an administrator."""
    boss = people.employee("Boss", roles=["manager"])
    leader = people.employee("Leader", leader=boss, roles=["manager"])
    sales = people.department("Sales")
    ann = people.employee("Ann", leader=leader, department=sales, roles=["rep"])
    staff = {name: people.employee(name, roles=["rep"]) for name in ("HR1", "HR2", "Other")}
    admin = people.employee("Admin", roles=["administrator"])
    return SimpleNamespace(boss=boss, leader=leader, ann=ann, admin=admin, sales=sales, thing=thing, **staff)


def step(key, rule, **options):
    return Approve(id=key, name=key, approvers=rule, **options)


def flow(company, *steps, **options):
    """Draw and publish."""
    admin = people.actor(company.admin)
    made = designing.create_flow(admin, subject=company.thing.code, name=f"Flow {uuid7()}", now=NOW)
    drawn = Flow(steps=list(steps) or [step("leader", Leader())], **options)
    assert designing.save_draft(admin, flow_id=made.pk, body=as_stored(drawn), now=NOW) == []
    designing.publish_flow(admin, flow_id=made.pk, now=NOW)
    return made


def apply(company, who=None, chosen=None, now=NOW, **facts):
    what = applying.Application(company.thing.code, uuid7(), "A thing", {"days": 2, **facts})
    return applying.submit(people.actor(who or company.ann), what=what, chosen=chosen, now=now)


def task(instance, who, state=Task.State.PENDING):
    return Task.objects.select_related("step").get(instance=instance, assignee=who, state=state)


def approve(instance, who, now=NOW, comment=""):
    return deciding.approve(people.actor(who), task_id=task(instance, who).pk, comment=comment, now=now)


def reject(instance, who, comment="No", now=NOW):
    return deciding.reject(people.actor(who), task_id=task(instance, who).pk, comment=comment, now=now)


def waiting(instance):
    """The names of those whose turn it is."""
    rows = Task.objects.filter(instance=instance, state=Task.State.PENDING)
    return sorted(rows.values_list("assignee__name", flat=True))


def state(instance):
    instance.refresh_from_db()
    return instance.status


def system():
    return system_actor(current_organization_id(), "test")


def hr(company, **options):
    return step("hr", People(ids=[company.HR1.pk, company.HR2.pk]), **options)


def countersign(company):
    over = Branch(
        id="over", name="Over", when=[[Comparison(fact="days", is_="gt", value=3)]],
        steps=[step("sign", People(ids=[company.boss.pk]))],
    )  # fmt: skip
    return Condition(id="long", name="Long", branches=[over, Branch(id="else", name="Else")])


def states(instance):
    return sorted(Task.objects.filter(instance=instance).values_list("assignee__name", "state"))
