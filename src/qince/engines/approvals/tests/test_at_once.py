"""Two people decide at the same moment, each over a connection of their own, nothing faked."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from qince.core.people.tests import factories as people
from qince.engines.approvals.actions import deciding
from qince.engines.approvals.flow.schema import People
from qince.engines.approvals.models import Instance, Task
from qince.engines.approvals.tests.scene import NOW, apply, flow, staffed, step, task
from qince.kit.errors import Conflict
from qince.kit.tenancy import tenant

State = Task.State


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_together_one_decides_and_the_other_is_told(thing):
    home = people.organization("Together")
    with tenant(home):
        company = staffed(thing)
        flow(company, step("hr", People(ids=[company.HR1.pk, company.HR2.pk])))
        made = apply(company)
        tasks = {who: task(made, who).pk for who in (company.HR1, company.HR2)}
        actors = {who: people.actor(who) for who in tasks}
    start, found = Barrier(2), []

    def press(who):
        start.wait()
        try:
            deciding.approve(actors[who], task_id=tasks[who], now=NOW)
            found.append("decided")
        except Conflict as refusal:
            found.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=press, args=(who,)) for who in tasks]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert sorted(found) == ["already_decided", "decided"]
    with tenant(home):
        states = Task.objects.filter(instance=made).values_list("state", flat=True)
        assert sorted(states) == [State.APPROVED, State.DONE]
        assert Instance.objects.get(pk=made.pk).status == "approved"
    assert len(thing.done) == 1
