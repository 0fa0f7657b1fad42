"""Deadlines and failed effects, by the jobs that the background process runs: queued, fetched and worked off."""

import asyncio
from datetime import timedelta

import pytest
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from qince.core.letters.models import Letter
from qince.core.people.tests import factories as people
from qince.engines.approvals import decisions, jobs
from qince.engines.approvals.effects import MOST_ATTEMPTS
from qince.engines.approvals.flow.schema import Leader, Timeout
from qince.engines.approvals.models import Instance, Task
from qince.engines.approvals.tests.scene import NOW, apply, approve, flow, staffed, state, step, waiting
from qince.kit import clock
from qince.kit.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True)
State, Status = Task.State, Instance.Status


@pytest.fixture
def home(thing):
    """An organization whose rows the worker's own connection sees."""
    return people.organization("Jobs")


@pytest.fixture
def firm(home, thing):
    with tenant(home):
        return staffed(thing)


def work_off(job, at):
    """Queue the job as its timetable does, and let a worker of its own take it: what it became."""
    with clock.at(at):
        key = job.defer(timestamp=int(at.timestamp()))
        asyncio.run(_worked_off())
    return ProcrastinateJob.objects.get(pk=key).status


async def _worked_off():
    async with app.with_connector(app.connector.get_worker_connector()).open_async() as worker:
        await worker.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)


def overdue(firm, home, then):
    with tenant(home):
        flow(firm, step("leader", Leader(), timeout=Timeout(hours=24, then=then)))
        return apply(firm)


def states(home, made):
    with tenant(home):
        return sorted(Task.objects.filter(instance=made).values_list("assignee__name", "state"))


def letters(home, kind):
    with tenant(home):
        return sorted(Letter.objects.filter(kind=kind).values_list("employee__name", flat=True))


AFTER = NOW + timedelta(hours=25)


def test_before_the_term_has_passed_the_job_does_nothing(home, firm):
    made = overdue(firm, home, "approve")
    assert work_off(jobs.watch_deadlines, NOW + timedelta(hours=23)) == "succeeded"
    with tenant(home):
        assert (state(made), waiting(made)) == (Status.RUNNING, ["Leader"])


def test_the_job_reminds_once(home, firm):
    made = overdue(firm, home, "remind")
    for _run in range(2):
        assert work_off(jobs.watch_deadlines, AFTER) == "succeeded"
    assert letters(home, "approvals.reminder") == ["Leader"]
    assert states(home, made) == [("Leader", "pending")]


def test_the_job_hands_up_a_level_for_each_term_that_passes(home, firm):
    """Run twice in a row it hands up once; a term later once more; at the top it reminds, and stays there."""
    made = overdue(firm, home, "hand_up")
    for _run in range(2):
        work_off(jobs.watch_deadlines, AFTER)
    assert states(home, made) == [("Boss", "pending"), ("Leader", "overdue")]
    for _run in range(2):
        work_off(jobs.watch_deadlines, AFTER + timedelta(hours=24))
    assert states(home, made) == [("Admin", "pending"), ("Boss", "overdue"), ("Leader", "overdue")]
    for days in (3, 4):
        work_off(jobs.watch_deadlines, NOW + timedelta(days=days))
    assert states(home, made) == [("Admin", "pending"), ("Boss", "overdue"), ("Leader", "overdue")]
    assert letters(home, "approvals.reminder") == ["Admin"]
    with tenant(home):
        assert state(made) == Status.RUNNING


@pytest.mark.parametrize(
    ("then", "status", "effect"),
    [("approve", Status.APPROVED, "approved"), ("refuse", Status.REJECTED, "closed")],
)
def test_the_job_decides_as_the_flow_says_and_once(home, firm, then, status, effect):
    made = overdue(firm, home, then)
    for _run in range(2):
        assert work_off(jobs.watch_deadlines, AFTER) == "succeeded"
    with tenant(home):
        assert state(made) == status
        assert firm.thing.done == [(effect, made.number)]
    assert states(home, made) == [("Leader", "overdue")]
    assert len(letters(home, f"approvals.{status}")) == 1


def test_who_decided_in_time_is_not_decided_for(home, firm):
    made = overdue(firm, home, "refuse")
    with tenant(home):
        approve(made, firm.leader)
    work_off(jobs.watch_deadlines, AFTER)
    with tenant(home):
        assert state(made) == Status.APPROVED
        assert firm.thing.done == [("approved", made.number)]
        assert decisions.find(made.applicant_id, 10) == []


@pytest.mark.parametrize(("then", "step_state"), [("approve", "passed"), ("refuse", "refused")])
def test_the_applicant_sees_what_a_term_decided_and_from_what(home, firm, then, step_state):
    made = overdue(firm, home, then)
    work_off(jobs.watch_deadlines, AFTER)
    with tenant(home):
        [found] = decisions.find(made.applicant_id, 10)
        again = decisions.replay(made.applicant_id, found.target_id)
        assert (again.result, again.agrees) == (step_state, True)
        assert any(value.startswith("24 ") for _label, value in again.inputs)
        assert decisions.replay(firm.leader.pk, found.target_id) is None  # somebody else's


@pytest.mark.parametrize("then", ["remind", "hand_up"])
def test_a_term_that_only_reminds_or_hands_up_has_decided_nothing(home, firm, then):
    made = overdue(firm, home, then)
    work_off(jobs.watch_deadlines, AFTER)
    with tenant(home):
        assert decisions.find(made.applicant_id, 10) == []


def test_an_effect_that_fails_is_seen_on_its_page_tried_again_by_the_job_and_happens_once(home, firm):
    with tenant(home):
        made = apply(firm)
        firm.thing.fails = True
        approve(made, firm.leader)
        address = reverse("approvals:requests_detail", args=[made.pk])
        browser = people.browser(firm.admin)
    shown = browser.get(address, headers={"accept-language": "en"}).content.decode()
    assert "Approved, but not carried out yet" in shown
    assert "Tried once" in shown
    assert "RuntimeError" in shown

    assert work_off(jobs.retry_effects, NOW + timedelta(minutes=2)) == "succeeded"  # fails again
    with tenant(home):
        made.refresh_from_db()
        assert (made.effect_state, made.effect_attempts) == ("failed", 2)
    assert "Tried 2 times" in browser.get(address, headers={"accept-language": "en"}).content.decode()

    firm.thing.fails = False
    work_off(jobs.retry_effects, NOW + timedelta(minutes=3))  # after two failures it waits four minutes
    assert firm.thing.done == []
    for _run in range(2):
        work_off(jobs.retry_effects, NOW + timedelta(minutes=5))
    assert firm.thing.done == [("approved", made.number)]
    with tenant(home):
        made.refresh_from_db()
        assert (made.effect_state, made.effect_attempts, made.effect_error) == ("done", 3, "")
    assert "not carried out" not in browser.get(address, headers={"accept-language": "en"}).content.decode()


def test_an_effect_that_never_succeeds_is_left_to_people(home, firm):
    with tenant(home):
        made = apply(firm)
        firm.thing.fails = True
        approve(made, firm.leader)
        Instance.objects.filter(pk=made.pk).update(effect_attempts=MOST_ATTEMPTS)
    work_off(jobs.retry_effects, NOW + timedelta(days=30))
    with tenant(home):
        made.refresh_from_db()
        assert made.effect_attempts == MOST_ATTEMPTS
        firm.thing.fails = False
        browser = people.browser(firm.admin)
    for _press in range(2):
        browser.post(reverse("approvals:requests_act", args=[made.pk, "retry"]))
    assert firm.thing.done == [("approved", made.number)]


def test_one_organizations_broken_request_does_not_keep_the_others_waiting(home, firm, thing):
    made = overdue(firm, home, "approve")
    other = people.organization("Other jobs")
    with tenant(other):
        further = staffed(thing)
        flow(further, step("leader", Leader(), timeout=Timeout(hours=24, then="approve")))
        second = apply(further)
    thing.fails = True
    work_off(jobs.watch_deadlines, AFTER)
    for place, each in ((home, made), (other, second)):
        with tenant(place):
            each.refresh_from_db()
            assert (each.status, each.effect_state) == (Status.APPROVED, "failed")
