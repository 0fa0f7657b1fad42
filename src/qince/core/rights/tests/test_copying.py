"""A request for a copy: one job for all ways in, the officer sees how far it is, collecting closes the case."""

import io
import zipfile

import pytest

from qince.core.erasure import copies
from qince.core.erasure.models import Copy
from qince.core.letters.models import Letter
from qince.core.people.actions import leave
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.rights.actions import carrying, handling
from qince.core.rights.models import Case
from qince.core.rights.screens import CASES
from qince.core.rights.tests.factories import entered, officer, own
from qince.kit import clock
from qince.kit.errors import Forbidden, NotFound, Refusal

NOW = clock.now()


def refused(code):
    return pytest.raises(Refusal, match=f"^{code}$")


def made_for(case):
    return copies.make(
        case.organization_id, copies.copies_for(case.organization_id, case)[0].pk, now=clock.now()
    )


def collected(actor, copy):
    token = copies.link_copy(actor, copy, now=clock.now())
    with copies.collect_copy(actor, copy, token=token, now=clock.now()) as clear:
        return zipfile.ZipFile(io.BytesIO(clear.read())).namelist()


@pytest.fixture
def desk(inside):
    actor = officer()
    return actor, people.browser(Employee.objects.get(pk=actor.employee_id))


def test_a_members_case_is_made_by_the_job_and_closes_when_they_collect(desk):
    actor, browser = desk
    person = people.employee("王芳")
    case, other = own(person, "copy"), own(person, "copy")
    page = f"/privacy-requests/{case.pk}/"
    assert "Have the copy made" in browser.get(page).text
    assert browser.post(CASES.url("act", case.pk, "copy"), {"confirmed": "1"}).status_code == 302
    assert "Being made" in browser.get(page).text
    assert "Have the copy made" not in browser.get(page).text
    with refused("copy_waits"):
        carrying.make_copy(actor, case, now=NOW)
    copy = made_for(case)
    text = browser.get(page).text
    assert "The person collects it" in text
    assert "Collect to hand over" not in text
    assert Letter.objects.filter(employee=person, kind="erasure.copy_ready").exists()
    assert browser.post(f"{page}copy/").status_code == 404
    case.refresh_from_db()
    assert case.is_open
    assert "index.html" in collected(people.actor(person), copy)
    case.refresh_from_db()
    other.refresh_from_db()
    assert (case.state, case.is_carried_out, case.answered_by_id) == ("answered", True, actor.employee_id)
    assert other.is_open
    assert Letter.objects.filter(employee=person, kind="rights.answered").count() == 1
    assert "Collected" in browser.get(page).text


def test_a_copy_asked_for_without_a_case_closes_none(inside):
    person = people.employee("王芳")
    case, actor = own(person, "copy"), people.actor(person)
    copy = copies.request_own_copy(actor, now=NOW)
    collected(actor, copies.make(case.organization_id, copy.pk, now=clock.now()))
    case.refresh_from_db()
    assert case.is_open


def test_whoever_left_gets_it_from_the_officer_and_that_closes_the_case(desk):
    actor, browser = desk
    person = people.employee("王芳", mobile="+8613900001111")
    leave(people.actor(people.employee("老板", roles=["administrator"])), person, now=NOW)
    case = entered(actor, "copy", subject=person)
    with refused("not_verified"):
        carrying.make_copy(actor, case, now=NOW)
    handling.verify_identity(actor, case, now=NOW, how="身份证")
    carrying.make_copy(actor, case, now=NOW)
    made_for(case)
    assert Letter.objects.filter(employee=actor.employee_id, kind="erasure.copy_to_hand_over").exists()
    page = f"/privacy-requests/{case.pk}/"
    assert "Collect to hand over" in browser.get(page).text
    answer = browser.post(f"{page}copy/")
    assert answer["Content-Type"] == "application/zip"
    assert "index.html" in zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()
    case.refresh_from_db()
    assert (case.state, case.answered_by_id) == ("answered", actor.employee_id)
    assert browser.post(f"{page}copy/").status_code == 422  # the case is closed


def test_somebody_outside_is_known_by_telephone(desk):
    actor, _browser = desk
    case = entered(actor, "outside", contact_name="李雷", contact_mobile="13922223333")
    handling.verify_identity(actor, case, now=NOW, how="回拨")
    carrying.make_copy(actor, case, now=NOW)
    made_for(case)
    _copy, clear = carrying.hand_copy_over(actor, case, now=clock.now())
    clear.close()
    assert Case.objects.get(pk=case.pk).state == "answered"


def test_one_that_failed_or_ran_out_may_be_made_anew(desk):
    actor, browser = desk
    case = own(people.employee("王芳"), "copy")
    carrying.make_copy(actor, case, now=NOW)
    for state in (Copy.State.FAILED, Copy.State.GONE):
        Copy.objects.update(state=state)
        assert "Have the copy made" in browser.get(f"/privacy-requests/{case.pk}/").text
        carrying.make_copy(actor, case, now=NOW)
    assert copies.copies_for(case.organization_id, case).count() == 3


def test_other_kinds_and_other_people_are_refused(desk):
    actor, _browser = desk
    with refused("wrong_kind"):
        carrying.make_copy(actor, own(people.employee("李四"), "query"), now=NOW)
    case = own(people.employee("王芳"), "copy")
    with pytest.raises(Forbidden):
        carrying.make_copy(people.actor(people.employee("旁人", roles=["rep"])), case, now=NOW)
    with pytest.raises(NotFound):
        carrying.hand_copy_over(actor, case, now=NOW)
