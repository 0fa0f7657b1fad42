"""Asked anew, because a release widened what was agreed to: listed, answered either way, nothing lost by keeping."""

from dataclasses import replace

import pytest

from qince.core.people.tests import factories as people
from qince.core.policy.tests.conftest import FUNCTION, declared, planted, released
from qince.core.privacy import anew, notice
from qince.core.privacy.gate import BASIC, LOCATION, Standing
from qince.core.privacy.models import ConsentEntry
from qince.core.privacy.tests.factories import agree, decide, enter
from qince.kit.errors import Conflict, Refusal
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant
from tests.access.planting import phone_token

pytestmark = pytest.mark.django_db
PAGE, API = "/me/privacy/", "/api/phone/v1/asked-anew"
IMPROVEMENT = "improvement"
WIDER = replace(
    FUNCTION, code="visits.wider", title="Wider function", purposes=(BASIC, IMPROVEMENT, LOCATION)
)


@pytest.fixture
def member(client, rep):
    with tenant(rep.organization):
        agree(rep, f"{LOCATION}:at_the_act", IMPROVEMENT)
    enter(client, rep)
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def wider(member):
    with planted(declared.functions, WIDER.code, WIDER):
        yield released()


@pytest.fixture
def phone(client, rep, member):
    with tenant(rep.organization):
        headers = {"authorization": f"Bearer {phone_token(rep)}", "accept-language": "en"}

    def ask(method="get", body=None):
        return getattr(client, method)(API, data=body, content_type="application/json", headers=headers)

    return ask


def asked(rep):
    with tenant(rep.organization):
        return {each.purpose.code: each.is_kept for each in anew.of(rep.pk)}


def is_open(rep, purpose, function=WIDER.code, circumstances=""):
    with tenant(rep.organization):
        return Standing(rep.pk).allows(purpose, circumstances, function=function)


def text_hash(rep):
    return notice.current(rep.organization, "en").hash


def test_nothing_is_asked_before_and_each_widened_purpose_is_after(member, rep):
    assert asked(rep) == {}
    with planted(declared.functions, WIDER.code, WIDER):
        released()
        assert asked(rep) == {BASIC: False, LOCATION: False, IMPROVEMENT: False}
        page = member.get(PAGE).text
    assert page.count("Asked anew:") == 3
    assert "Wider function" in page


def test_what_was_never_agreed_to_or_was_taken_back_is_not_asked_anew(wider, rep):
    with tenant(rep.organization):
        decide(rep, IMPROVEMENT, "withdrawn")
    assert set(asked(rep)) == {BASIC, LOCATION}


@pytest.mark.clause("C8-03")
@pytest.mark.parametrize("purpose", [BASIC, LOCATION, IMPROVEMENT])
def test_keeping_the_earlier_scope_loses_nothing_and_opens_nothing(member, rep, wider, purpose):
    had = {code: is_open(rep, code, "visits.visit") for code in (BASIC, LOCATION, IMPROVEMENT)}
    assert (
        member.post(f"{PAGE}{purpose}/anew/", {"keep": "yes", "notice_hash": text_hash(rep)}).status_code
        == 302
    )
    assert {code: is_open(rep, code, "visits.visit") for code in had} == had == dict.fromkeys(had, True)
    assert not is_open(rep, purpose)
    assert asked(rep)[purpose] is True
    assert [kept for code, kept in asked(rep).items() if code != purpose] == [False, False]
    assert "You keep the earlier scope" in member.get(PAGE).text


@pytest.mark.clause("C8-03")
@pytest.mark.parametrize("purpose", [BASIC, LOCATION, IMPROVEMENT])
def test_agreeing_opens_it_and_no_other_also_after_keeping(member, rep, wider, purpose):
    for choice in ("keep", "agree"):
        member.post(f"{PAGE}{purpose}/anew/", {choice: "yes", "notice_hash": text_hash(rep)})
    assert {code: is_open(rep, code) for code in (BASIC, LOCATION, IMPROVEMENT)} == {
        code: code == purpose for code in (BASIC, LOCATION, IMPROVEMENT)
    }
    assert purpose not in asked(rep)
    assert is_open(rep, LOCATION, "visits.visit", "at_the_act")
    assert not is_open(rep, LOCATION, "visits.visit", "background")


def test_the_phone_lists_and_answers_the_same(phone, rep, wider):
    told = phone().json()
    assert {each["purpose"] for each in told["asked"]} == {LOCATION, IMPROVEMENT, BASIC}
    assert told["asked"][0]["because"][0]["title"] == "Wider function"
    answer = {"id": str(uuid7()), "purpose": IMPROVEMENT, "agrees": True, "notice_hash": told["notice_hash"]}
    for _again in range(2):
        left = phone("post", answer).json()["asked"]
        assert IMPROVEMENT not in {each["purpose"] for each in left}
    assert is_open(rep, IMPROVEMENT)
    assert phone("post", {**answer, "id": str(uuid7())}).json()["code"] == "not_asked"
    old = {"id": str(uuid7()), "purpose": LOCATION, "agrees": True, "notice_hash": "0" * 64}
    assert phone("post", old).status_code == 409


def test_a_text_no_longer_in_force_cannot_be_agreed_to_and_others_answer_for_nobody(rep, wider):
    with tenant(rep.organization):
        actor = people.actor(rep)
        with pytest.raises(Conflict, match="notice_outdated"):
            anew.answer(actor, key=uuid7(), purpose=LOCATION, agrees=True, notice_hash="0" * 64, now=_now())
        other = people.actor(people.employee("旁人"))
        with pytest.raises(Refusal, match="not_asked"):
            anew.answer(
                other, key=uuid7(), purpose=LOCATION, agrees=True, notice_hash=text_hash(rep), now=_now()
            )
        assert not ConsentEntry.objects.filter(employee=other.person_id).exists()


def _now():
    from qince.kit import clock

    return clock.now()
