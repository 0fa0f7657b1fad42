"""An act that needs a second person is never done by the one who asked, whichever roles they hold.

The administrator's role holds every permission, the privacy officer's approvals among them (C5.2-04): what separates
the duties is who acts, not which role. Each rule is tried here by somebody who holds both roles.
"""

import re

import pytest
from django.urls import get_resolver
from django.utils import translation

from qince.core.erasure import actions as erasing
from qince.core.erasure import holding, restricting, subjects
from qince.core.lifecycle import handover
from qince.core.people.actions import suspend_employee
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.policy import actions as weighing
from qince.core.privacy.gate import LOCATION
from qince.core.privacy.tests.factories import agree
from qince.core.rights.actions import carrying, closing, handling
from qince.core.rights.tests.factories import entered, own
from qince.core.watch import alerts
from qince.core.watch.models import Alert
from qince.employee.attendance import request_actions
from qince.employee.attendance.models import Correction, Punch
from qince.engines.forms import actions as forms
from qince.engines.forms.actions.submitting import Origin
from qince.engines.forms.tests import factories as form_factories
from qince.engines.partners import exceptions, publications
from qince.kit import action as acts
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.masterdata.customers.tests.factories import store

NOW = clock.now()


@pytest.fixture
def both(inside):
    """Somebody with every permission there is, as administrator and as privacy officer."""
    return people.actor(people.employee("双职", roles=["administrator", "privacy_officer"]))


@pytest.fixture
def member(both):
    return people.employee("王芳", roles=["rep"])


def me(actor):
    return Employee.objects.get(pk=actor.employee_id)


def refusal(both, member):
    case = own(member, "query")
    closing.refuse_case(both, case, now=NOW, ground="excessive", text="备份", tried="已尝试", partial_answer="部分",
                        offers_key_destruction=True)  # fmt: skip
    return lambda: closing.approve_refusal(both, case, now=NOW)


def own_case(both, member):
    case = own(me(both), "copy")
    return lambda: carrying.make_copy(both, case, now=NOW)


def own_authorization(both, member):
    case = own(me(both), "delete")
    return lambda: handling.authorize_case(both, case, now=NOW)


def handled_authorization(both, member):
    """Who entered and checked the request would be asked for leave by themselves."""
    case = entered(both, "delete", subject=member)
    handling.verify_identity(both, case, now=NOW, how="回拨")
    return lambda: handling.authorize_case(both, case, now=NOW)


def authorized_deletion(both, member):
    """And the other way round: who gave the leave does not carry it out."""
    case = own(member, "delete")
    handling.authorize_case(both, case, now=NOW)
    return lambda: carrying.carry_out(both, case, now=NOW)


def escalated(both, member):
    case = own(member, "query")
    handling.take_case(both, case, now=NOW)
    handling.escalate(both, case, now=NOW, reason="不同意")
    return lambda: handling.take_case(both, case, now=NOW)


def fee(both, member):
    """The person accepts a fee, nobody for them."""
    case = own(member, "copy")
    handling.set_fee(both, case, now=NOW, amount=5, reason="纸质")
    return lambda: handling.accept_fee(both, case, now=NOW)


def machine_decision(both, member):
    """A person who decided once in place of the machine is not the one the appeal goes to."""
    alert = Alert.objects.create(employee=me(both), rule="watch.night_reading", version="1", key="x", at=NOW)
    return lambda: alerts.release_alert(both, alert, reason="是我", now=NOW)


def alert_changed(both, member):
    alert = Alert.objects.create(employee=me(both), rule="watch.night_reading", version="1", key="x", at=NOW)
    return lambda: alerts.change_alert(both, alert, reason="是我", now=NOW)


def publication(both, member):
    item = publications.draft(both, now=NOW, subject=member, kind="sanction", title="通报", text="违规")
    return lambda: publications.publish_item(both, item, now=NOW)


def entry_of(both, member):
    return exceptions.enter(
        both, now=NOW, subject=member, use="collect", basis="made_public", fields=["name"],
        source_link="https://news.example/1", source_on=NOW.date(),
    )  # fmt: skip


def exception(both, member):
    entry = entry_of(both, member)
    return lambda: exceptions.approve(both, entry, now=NOW)


def exception_reviewed(both, member):
    entry = entry_of(both, member)
    return lambda: exceptions.review(both, entry, now=NOW)


def handing_over(both, member):
    return lambda: handover.offer(both, taker=me(both), now=NOW)


def erasing_oneself(both, member):
    return lambda: erasing.erase(both, erasing.plan_for(subjects.of_employee(me(both))), now=NOW)


def restricting_oneself(both, member):
    return lambda: restricting.restrict(both, me(both), now=NOW)


def hold_of(both, member):
    kept = {"model": "people.employee", "row_id": member.pk, "reason": "仲裁", "reference": "HT-1"}
    return holding.place_hold(both, **kept, now=NOW)


def hold_released(both, member):
    hold = hold_of(both, member)
    return lambda: holding.release_hold(both, hold, now=NOW)


def assessment_of(both):
    texts = dict.fromkeys(("necessity", "effects", "measures"), "已评估")
    return weighing.write_assessment(both, now=NOW, subject=LOCATION, risk="high", **texts)


def assessment_signed(both, member):
    found = assessment_of(both)
    return lambda: weighing.sign_assessment(both, found, now=NOW)


def restriction_of(both, member):
    restricting.restrict(both, member, now=NOW)
    return member


def restriction_lifted(both, member):
    restriction_of(both, member)
    return lambda: restricting.lift_restriction(both, member, now=NOW)


def contact_of(both):
    store(contact_name="老马", contact_phone="13966667777")
    found = subjects.of_contact(mobile="13966667777")
    restricting.set_aside(both, found, now=NOW)
    return found


def contact_put_back(both, member):
    found = contact_of(both)
    return lambda: restricting.put_back(both, found, now=NOW)


def suspending_oneself(both, member):
    return lambda: suspend_employee(both, me(both), now=NOW)


def form_review(both, member):
    agree(me(both))
    data = {"store": "A1", "facings": 3, "price": "2.50"}
    made = forms.submit(both, form=form_factories.form(), data=data, now=NOW, origin=Origin())
    return lambda: forms.review_submission(both, made, now=NOW, status="accepted")


def press(both, member):
    found = Punch.objects.create(
        employee=me(both), kind="in", at=NOW, device_time=NOW, received_at=NOW, verdict="manual",
        work_date=NOW.date(), counting="waiting",
    )  # fmt: skip
    return lambda: request_actions.confirm_press(both, found, now=NOW)


def correction(both, member):
    found = Correction.objects.create(
        employee=me(both), on=NOW.date(), end="off", at=NOW, reason="x", asked_at=NOW
    )
    return lambda: request_actions.approve(both, found, now=NOW)


# Act → (who asked tries it themselves, how that is refused)
RULES = {
    "rights.approve_refusal": [(refusal, "second_person")],
    "rights.make_copy": [(own_case, "own_case")],
    "rights.authorize_case": [(own_authorization, "own_case"), (handled_authorization, "second_person")],
    "rights.carry_out": [(authorized_deletion, "second_person")],
    "rights.take_case": [(escalated, "second_handler")],
    "rights.accept_fee": [(fee, "not_found")],
    "watch.release_alert": [(machine_decision, "own_alert")],
    "watch.change_alert": [(alert_changed, "own_alert")],
    "partners.publish": [(publication, "same_person")],
    "partners.approve_exception": [(exception, "same_person")],
    "partners.review_exception": [(exception_reviewed, "same_person")],
    "forms.review": [(form_review, "own_work")],
    "attendance.confirm_press": [(press, "own_request")],
    "attendance.approve_request": [(correction, "own_request")],
    "lifecycle.offer_handover": [(handing_over, "wrong_successor")],
    "erasure.erase": [(erasing_oneself, "oneself")],
    "erasure.release_hold": [(hold_released, "second_person")],
    "policy.sign": [(assessment_signed, "second_person")],
    "erasure.lift_restriction": [(restriction_lifted, "second_person")],
    "erasure.put_back": [(contact_put_back, "second_person")],
    "erasure.restrict": [(restricting_oneself, "oneself")],
    "people.suspend_employee": [(suspending_oneself, "oneself")],
}


# Acts that sound as if somebody agreed to another's wish, and why no second person is asked for.
WITHOUT = {
    "accounts.confirm_device": "a proof of one's own, at the own device",
    "accounts.confirm_own_device": "a proof of one's own, at the own device",
    "approvals.approve": "the flow chooses who decides, never who asked (engines/approvals/tests/test_people.py)",
    "approvals.publish_flow": "a setting, on record",
    "forms.publish": "a setting, on record",
    "attendance.confirm_month": "the person's own word about the own month",
    "certification.approve": "the operator's, outside the organization",
    "lifecycle.confirm_cancellation": "the operator's, outside the organization",
    "guardians.find": "two seats, and nobody takes both (core/guardians/tests)",
    "incidents.decide_remedy": "what the person is offered, by whoever handles the incident",
    "partners.release": "an answer to an app that the person opened, under their consent",
    "partners.review": "a date on record about a company, of nobody's asking",
    "rights.review_decision": "not by who decided before (core/rights/tests/test_api.py)",
    "watch.confirm_alert": "the same rule as its release",
}
SOUNDS_SO = re.compile(
    r"\.(approve|authorize|publish|sign$|confirm|release|decide|review|find$|accept|change_alert)"
)


@pytest.mark.parametrize(
    ("scene", "code"),
    [case for rules in RULES.values() for case in rules],
    ids=lambda each: getattr(each, "__name__", each),
)
def test_who_asked_is_refused_whatever_roles_they_hold(both, member, scene, code):
    people.employee("另一位", roles=["administrator", "privacy_officer"])
    act = scene(both, member)
    with pytest.raises(Refusal) as caught:
        act()
    assert caught.value.code == code


@pytest.mark.parametrize(
    "scene", [hold_released, assessment_signed, restriction_lifted], ids=lambda each: each.__name__
)
def test_a_house_of_one_is_told_how_it_gets_a_second_person_who_then_does_it(both, member, scene):
    with translation.override("en"):
        with pytest.raises(Refusal) as caught:
            scene(both, member)()
        assert "gives a second person a role with" in str(caught.value.message)
        second = people.employee("另一位", roles=["privacy_officer"])
        with pytest.raises(Refusal) as caught:
            scene(both, member)()
        assert "a role with" not in str(caught.value.message)
    hold, found, contact = hold_of(both, member), assessment_of(both), contact_of(both)
    restriction_of(both, member)
    assert holding.release_hold(people.actor(second), hold, now=NOW).released_at == NOW
    assert weighing.sign_assessment(people.actor(second), found, now=NOW).signed_at == NOW
    assert restricting.lift_restriction(people.actor(second), member, now=NOW).restricted_at is None
    assert restricting.put_back(people.actor(second), contact, now=NOW) == 1


def test_every_act_that_sounds_like_anothers_word_is_tried_here_or_says_why_not():
    assert get_resolver().url_patterns  # everything that acts has been imported
    known = set(RULES) | set(WITHOUT)
    assert {name for name in acts.registry if SOUNDS_SO.search(name)} - known == set()
    assert known - set(acts.registry) == set()
