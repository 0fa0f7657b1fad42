"""The closed list of refusal grounds, each with what must be on file."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qince.core.letters.models import Letter
from qince.core.people.tests import factories as people
from qince.core.rights.actions import closing, filing
from qince.core.rights.forms import RefuseForm
from qince.core.rights.presenting import case_view
from qince.core.rights.queries import today
from qince.core.rights.tests.factories import officer, own
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.errors import Refusal

NOW = clock.now()


def refused(code):
    return pytest.raises(Refusal, match=f"^{code}$")


@pytest.fixture
def scene(inside):
    return officer("甲"), officer("乙"), people.employee("王芳")


def refuse(actor, case, ground, **given):
    return closing.refuse_case(actor, case, now=NOW, ground=ground, text="说明", **given)


def state(case):
    case.refresh_from_db()
    return case.state


@pytest.mark.clause("C6.7-06")
def test_only_a_listed_ground_refuses_and_the_answer_tells_how_to_complain(scene):
    actor, _second, person = scene
    case = own(person)
    for free in ("", "because", "other"):
        with refused("unknown_ground"):
            refuse(actor, case, free)
    with refused("text_required"):
        closing.refuse_case(actor, case, now=NOW, ground="not_tied", text=" ")
    refuse(actor, case, "not_tied")
    assert state(case) == "refused"
    view = case_view(case, today(NOW))
    assert view["may_complain"]
    assert view["how_to_complain"]
    from qince.core.letters.registry import render

    letter = Letter.objects.get(kind="rights.answered")
    from django.utils import translation

    with translation.override("en"):
        assert "Complain" in render(letter.kind, letter.values).body


@pytest.mark.clause("C6.7-07")
def test_repetition_needs_two_earlier_like_requests(scene):
    actor, _second, person = scene
    first = own(person, now=NOW - timedelta(days=2))
    second = own(person, now=NOW - timedelta(days=1))
    for case in (first, second):
        assert "repetition" not in dict(RefuseForm(actor=actor, row=case).fields["ground"].choices)
        with refused("no_repetition"):
            refuse(actor, case, "repetition")
    third = own(person, now=NOW)
    assert "repetition" in dict(RefuseForm(actor=actor, row=third).fields["ground"].choices)
    refuse(actor, third, "repetition")
    assert state(third) == "refused"


@pytest.mark.clause("C6.7-08")
def test_excessive_means_need_a_second_person(scene):
    actor, second, person = scene
    case = own(person)
    refuse(actor, case, "excessive")
    assert state(case) == "working"
    with refused("second_person"):
        closing.approve_refusal(actor, case, now=NOW)
    closing.approve_refusal(second, case, now=NOW)
    assert state(case) == "refused"


@pytest.mark.clause("C6.7-09")
def test_masking_the_others_data_is_tried_first(scene):
    actor, _second, person = scene
    case = own(person, "copy")
    with refused("tried_required"):
        refuse(actor, case, "others")
    refuse(actor, case, "others", tried="遮盖同事姓名后内容仍可识别")
    assert state(case) == "refused"
    assert case.refusals.get().tried


@pytest.mark.clause("C6.7-10")
def test_the_unrealistic_comes_with_the_offer_to_destroy_the_keys(scene):
    actor, _second, person = scene
    case = own(person, "delete", is_operator_data=True)
    with refused("offer_required"):
        refuse(actor, case, "unrealistic")
    refuse(actor, case, "unrealistic", offers_key_destruction=True)
    assert case.refusals.get().offers_key_destruction
    assert state(case) == "refused"


@pytest.mark.parametrize(
    "ground",
    [
        pytest.param("security", marks=pytest.mark.clause("C6.7-11")),
        pytest.param("public", marks=pytest.mark.clause("C6.7-12")),
    ],
)
def test_reasons_of_state_need_a_reference_and_an_approver(scene, ground):
    actor, second, person = scene
    case = own(person)
    with refused("reference_required"):
        refuse(actor, case, ground)
    refuse(actor, case, ground, reference="《数据安全法》第三十五条")
    assert state(case) == "working"
    with refused("second_person"):
        closing.approve_refusal(actor, case, now=NOW)
    closing.approve_refusal(second, case, now=NOW)
    assert state(case) == "refused"
    assert case.answer == "说明"  # nothing but what was written for the person


@pytest.mark.clause("C6.7-13")
def test_an_ordered_silence_ends_on_its_day_and_the_person_is_told(scene, organization):
    actor, second, person = scene
    case = own(person)
    until = today(NOW) + timedelta(days=10)
    with refused("reference_required"):
        refuse(actor, case, "criminal", silent_until=until)
    with refused("invalid_silence"):
        refuse(actor, case, "not_tied", silent_until=until)
    refuse(actor, case, "criminal", reference="调取证据通知书〔2026〕12 号", silent_until=until)
    closing.approve_refusal(second, case, now=NOW)
    case.refresh_from_db()
    view = case_view(case, today(NOW))
    assert (view["state"], view["answer"]) == ("working", "")
    assert not Letter.objects.filter(kind="rights.answered").exists()
    system = system_actor(organization.pk, "test")
    assert closing.end_silence(system, now=NOW + timedelta(days=9)) == 0
    assert closing.end_silence(system, now=NOW + timedelta(days=10)) == 1
    assert closing.end_silence(system, now=NOW + timedelta(days=10)) == 0
    assert Letter.objects.get(kind="rights.answered").employee_id == person.pk
    case.refresh_from_db()
    assert case_view(case, until)["state"] == "refused"


@pytest.mark.clause("C6.7-14")
def test_malice_needs_evidence(scene):
    actor, _second, person = scene
    case = own(person)
    with refused("evidence_required"):
        refuse(actor, case, "malice")
    pdf = SimpleUploadedFile("证据.pdf", b"%PDF-1.4 evidence")
    filing.add_file(actor, case, now=NOW, role="evidence", file=pdf)
    refuse(actor, case, "malice")
    assert state(case) == "refused"


@pytest.mark.clause("C6.7-15")
def test_serious_harm_is_named_and_a_part_or_a_reason_comes_first(scene):
    actor, _second, person = scene
    case, other = own(person), own(person, "copy")
    law = {"reference": "《个人信息保护法》第四十五条"}
    with refused("harm_required"):
        refuse(actor, case, "harm", **law)
    with refused("partial_required"):
        refuse(actor, case, "harm", harm="危及举报人安全", **law)
    refuse(actor, case, "harm", harm="危及举报人安全", partial_answer="您的考勤记录如附件", **law)
    assert state(case) == "partly"
    assert "考勤" in case.answer
    refuse(actor, other, "harm", harm="危及举报人安全", tried="任何部分都会暴露举报人", **law)
    assert state(other) == "refused"


@pytest.mark.clause("C6.7-16")
def test_trade_secrets_need_a_partial_answer(scene):
    actor, _second, person = scene
    case = own(person)
    with refused("partial_required"):
        refuse(actor, case, "secrets", tried="不便提供")
    refuse(actor, case, "secrets", partial_answer="除定价规则外的内容如附件")
    assert state(case) == "partly"


def test_no_silence_without_an_end_to_come(scene):
    actor, _second, person = scene
    with refused("invalid_silence"):
        refuse(actor, own(person), "criminal", reference="x", silent_until=today(NOW))
