"""Every function against every item it may need, and every consent by every way it is taken back."""

import pytest

from qince.core.people.actions import create_employee
from qince.core.people.tests import factories as people
from qince.core.privacy.gate import (
    AT_THE_ACT,
    BACKGROUND,
    BASIC,
    LOCATION,
    NEVER,
    ConsentRequired,
    Standing,
    device_scope,
)
from qince.core.privacy.models import Consent, ConsentEntry
from qince.core.privacy.registry import declared
from qince.core.privacy.tests.factories import agree, allow, decide
from qince.core.rights.actions import carrying, handling
from qince.core.rights.tests.factories import entered, officer
from qince.engines.sync.tests.factories import punch, push
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.ids import uuid7
from tests.clauses.acts import ACTS, done
from tests.clauses.conftest import WITHDRAWABLE

pytestmark = pytest.mark.django_db
OF_FUNCTIONS = [each for each in WITHDRAWABLE if each != BASIC]


# --- Refusing what is necessary (1.2) -------------------------------------------------------------


@pytest.mark.clause("C1.2-04")
def test_of_every_function_and_every_item_the_gate_refuses_exactly_those_that_need_it():
    """Without one item, with all others: a function works if and only if the item is none of its own."""
    wrong = []
    for item in OF_FUNCTIONS:
        held = {
            code: (True, BACKGROUND if code == LOCATION else "", 1, 0.0)
            for code in declared.scopes
            if code != item
        }
        standing = Standing(uuid7(), held, ())
        for function in declared.functions.values():
            needed = [code for code in function.purposes if code in declared.asked]
            if all(standing.allows(code) for code in needed) != (item not in needed):
                wrong.append((function.code, item))
    assert wrong == []
    assert {code for each in declared.functions.values() for code in each.purposes} & set(OF_FUNCTIONS)


@pytest.mark.clause("C1.2-04")
def test_whoever_refuses_what_functions_need_keeps_every_other_function(scene):
    """Really done, at the doors of phone and console."""
    for purpose in OF_FUNCTIONS:
        decide(scene.rep, purpose, "withdrawn", NEVER if purpose == LOCATION else "")
        decide(scene.rep, purpose, "declined", NEVER if purpose == LOCATION else "")
    refused = {code for code, worked in done(scene).items() if worked is not True}
    assert refused == {code for code in ACTS if set(OF_FUNCTIONS) & set(declared.functions[code].purposes)}


@pytest.mark.clause("C1.2-04")
def test_without_name_and_mobile_or_without_the_agreement_there_is_no_use_at_all(inside):
    boss = people.actor(people.employee("李雷", roles=["administrator"]))
    for missing in ({"name": " "}, {"mobile": ""}):
        with pytest.raises(Refusal) as refused:
            create_employee(
                boss, now=clock.now(), attested=True, **{"name": "王芳", "mobile": "13911112222", **missing}
            )
        assert set(refused.value.fields) == set(missing)
    rep = people.employee("王芳", roles=["rep"])
    browser = people.browser(rep)
    assert browser.get("/visits/").status_code == 200
    decide(rep, BASIC, "withdrawn")
    decide(rep, BASIC, "declined")
    assert browser.get("/visits/").headers["Location"].startswith("/notice/agreement/")
    with pytest.raises(ConsentRequired):
        push(people.actor(rep, client="phone"), punch(manual="店里"))


# --- Taking back (6.3) ----------------------------------------------------------------------------


@pytest.mark.clause("C6.3-03")
def test_on_the_page_and_by_customer_service_every_consent_is_taken_back_into_the_same_ledger(inside):
    """The page lists each with its state, its date and the way back; the two ways write equal entries."""
    own, helped, clerk = (
        people.employee("王芳", roles=["rep"]),
        people.employee("李娜", roles=["rep"]),
        officer(),
    )
    for person in (own, helped):
        agree(person)
        for purpose in OF_FUNCTIONS:
            decide(person, purpose, circumstances=BACKGROUND if purpose == LOCATION else "")
    browser = people.browser(own)
    cards = browser.get("/me/privacy/").text.split('id="purpose-')[1:]
    shown = {card.split('"', 1)[0]: card.split("</section>")[0] for card in cards}
    assert set(shown) == set(declared.asked)
    today = clock.local_date(clock.now(), inside.time_zone)
    for purpose in OF_FUNCTIONS:
        assert "Agreed" in shown[purpose]
        assert f"{today:%Y-%m-%d}" in shown[purpose]
        assert f'action="/me/privacy/{purpose}/"' in shown[purpose]
    case = entered(clerk, "withdraw", subject=helped)
    handling.verify_identity(clerk, case, now=clock.now(), how="回拨")
    for purpose in OF_FUNCTIONS:
        never = NEVER if purpose == LOCATION else ""
        browser.post(f"/me/privacy/{purpose}/", {"withdraw": "yes", f"{purpose}-circumstances": never})
        carrying.withdraw_for_subject(clerk, case, now=clock.now(), purpose=purpose, circumstances=never)
        assert written(own, purpose) == written(helped, purpose) == ("withdrawn", never)
        assert standing_of(own, purpose) == standing_of(helped, purpose) == (False, "withdrawn", never)


@pytest.mark.clause("C6.3-03")
def test_switched_off_in_the_device_it_stands_in_the_same_ledger_and_closes_the_same(inside):
    device = uuid7()
    persons = [people.employee(name, roles=["rep"]) for name in ("王芳", "李娜")]
    for person in persons:
        agree(person, f"{LOCATION}:{AT_THE_ACT}")
        allow(person, "location", source="system_dialog", device_id=device)
    by_page, by_device = persons
    people.browser(by_page).post(f"/me/privacy/{LOCATION}/", {f"{LOCATION}-circumstances": NEVER})
    allow(by_device, "location", allowed=False, source="device_settings", device_id=device)
    scope = device_scope("location", device)
    assert written(by_page, LOCATION)[0] == written(by_device, scope)[0] == "withdrawn"
    assert not Consent.objects.get(employee=by_device, purpose=scope).is_granted
    answers = []
    for person in persons:
        phone = people.actor(person, client="phone", device_id=device)
        [answer] = push(phone, punch()).values()
        [manual] = push(phone, punch(manual="店里")).values()
        answers.append((answer.state, manual.state))
    assert answers == [("rejected", "accepted")] * 2


def written(person, scope):
    entry = ConsentEntry.objects.filter(employee=person, purpose=scope).latest("recorded_at")
    return entry.act, entry.circumstances


def standing_of(person, purpose):
    held = Consent.objects.get(employee=person, purpose=purpose)
    return held.is_granted, held.act, held.circumstances
