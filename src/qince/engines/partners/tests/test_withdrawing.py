"""A member takes a consent back: whoever was given data under it becomes a task of the privacy officer's."""

import pytest

from qince.core.letters.models import Letter
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import decide
from qince.core.rights.models import Case
from qince.core.rights.screens import CASES
from qince.engines.partners import door
from qince.engines.partners.registry import FIELDS
from qince.engines.partners.tests.factories import agree_to
from qince.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(inside):
    return people.employee("周专员", roles=["privacy_officer"])


@pytest.fixture
def told(admin, member, listening, officer):
    """A map company that was given a position of theirs, and a school that was given the name."""
    decide(member, "location", circumstances="background")
    maps, _server = listening(admin, profile="map", name="地图公司")
    school, _server = listening(admin, profile="training", name="培训公司")
    agree_to(member, maps, "place")
    agree_to(member, school)
    for to, given in ((maps, {"place": "32.04,118.77"}), (school, {})):
        door.share(admin, subject=member, to=to.code, act="ask", why="演示", given=given, now=clock.now())
    return maps, school


def cases():
    return Case.objects.filter(kind="withdraw")


@pytest.mark.clause("C6.2-08")
def test_only_who_was_given_data_under_the_consent_is_told_and_the_officer_carries_it_through(
    told, member, officer
):
    maps, _school = told
    decide(member, "location", "withdrawn")
    case = cases().get()
    assert (case.subject_id, case.channel, case.state, case.is_carried_out) == (
        member.pk,
        "phone",
        "working",
        True,
    )
    (task,) = case.onward.all()
    assert (task.recipient, task.state) == (maps.code, "to_send")
    assert Letter.objects.filter(employee=officer, kind="rights.new").count() == 1
    assert not Letter.objects.filter(employee=member, kind="rights.received").exists()
    browser = people.browser(officer)
    page = browser.get(f"/privacy-requests/{case.pk}/").text
    assert "地图公司" in page
    assert "培训公司" not in page
    act = CASES.url("act", case.pk, "answer")
    assert browser.post(act, {"confirmed": "1", "answer": "已告知"}).status_code == 422
    tell = {"confirmed": "1", "task_id": str(task.pk), "state": "sent"}
    assert browser.post(CASES.url("act", case.pk, "tell"), tell).status_code == 302
    assert browser.post(act, {"confirmed": "1", "answer": "已告知"}).status_code == 302
    case.refresh_from_db()
    assert case.state == "answered"
    assert (
        case.number in people.browser(member).get("/me/requests/").text
    )  # the person sees what became of it


def test_narrowing_another_consent_and_none_given_tell_nobody(told, member, officer):
    decide(member, "location", "narrowed", "at_the_act")
    decide(member, "improvement")
    decide(member, "improvement", "withdrawn")
    assert not cases().exists()
    other = people.employee("李雷", roles=["rep"])
    decide(other, "location", circumstances="at_the_act")
    decide(other, "location", "withdrawn")  # nobody was given anything of theirs
    assert not cases().exists()


@pytest.mark.usefixtures("told")
def test_each_withdrawal_is_told_again(member):
    decide(member, "location", "withdrawn")
    decide(member, "location", circumstances="at_the_act")
    decide(member, "location", "withdrawn")
    assert [each.onward.count() for each in cases()] == [1, 1]


def test_what_staff_write_down_has_its_own_case_and_opens_no_second_one(told, member, officer):
    from qince.core.rights.actions import carrying, handling
    from qince.core.rights.tests.factories import entered

    actor = people.actor(officer)
    case = entered(actor, "withdraw", subject=Employee.objects.get(pk=member.pk))
    handling.verify_identity(actor, case, now=clock.now(), how="回拨")
    carrying.withdraw_for_subject(actor, case, now=clock.now(), purpose="location")
    assert list(cases()) == [case]


def test_every_shared_kind_of_data_says_what_it_was_taken_for():
    """Read from a declared field, or said; what is only passed on is never kept, and what no act takes is not taken."""
    silent = {code for code, each in FIELDS.items() if not each.purposes and not each.is_passed_on}
    assert silent == {"user_id", "account", "avatar", "picture"}
