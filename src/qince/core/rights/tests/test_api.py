"""The phone's addresses: own requests only, each answer complete, bad input refused."""

import io
import zipfile
from uuid import UUID

import pytest

from qince.core.erasure import copies
from qince.core.people.tests import factories as people
from qince.core.privacy import notice
from qince.core.privacy.models import ConsentEntry
from qince.core.rights.actions import closing, deciding
from qince.core.rights.models import Case, Diagnostics, Review
from qince.core.rights.tests.factories import officer, own
from qince.engines.evidence.models import Verdict
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant
from qince.sales.visits.models import CheckEvent
from qince.sales.visits.tests import factories
from qince.sales.visits.tests import records as visits
from tests.access.planting import phone_token

NOW = clock.now()
ROOT = "/api/phone/v1"


def refused(code):
    return pytest.raises(Refusal, match=f"^{code}$")


@pytest.fixture
def phone(client, organization):
    """(method, path, body) → answer, as the given person's phone."""

    def of(employee):
        with tenant(organization):
            headers = {"authorization": f"Bearer {phone_token(employee)}", "accept-language": "en"}
        return lambda method, path, body=None: getattr(client, method)(
            ROOT + path, data=body, content_type="application/json", headers=headers
        )

    return of


@pytest.fixture
def scene(organization):
    with tenant(organization):
        return people.employee("王芳"), people.employee("旁人")


def test_a_request_is_opened_followed_and_taken_back(scene, phone):
    person, other = scene
    ask, key = phone(person), str(uuid7())
    made = ask("post", "/rights/cases", {"id": key, "kind": "delete", "ground": "ended"}).json()
    assert made["number"].startswith("P")
    assert made["state"] == "authorization"
    assert ask("post", "/rights/cases", {"id": key, "kind": "delete", "ground": "ended"}).json() == made
    assert [each["id"] for each in ask("get", "/rights").json()["cases"]] == [key]
    assert phone(other)("get", f"/rights/cases/{key}").status_code == 404
    assert phone(other)("delete", f"/rights/cases/{key}").status_code == 404
    assert ask("delete", f"/rights/cases/{key}").json()["state"] == "taken_back"
    assert ask("delete", f"/rights/cases/{key}").status_code == 422


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"id": "x", "kind": "query"}, 400),
        ({"id": str(uuid7()), "kind": "relative"}, 422),
        ({"id": str(uuid7()), "kind": "correct"}, 422),
        ({"id": str(uuid7()), "kind": "explain"}, 422),
        (
            {"id": str(uuid7()), "kind": "explain", "decision": "visits-place", "decision_id": str(uuid7())},
            404,
        ),
    ],
)
def test_what_does_not_fit_is_refused(scene, phone, body, code):
    assert phone(scene[0])("post", "/rights/cases", body).status_code == code


@pytest.mark.clause("C6.6-01")
def test_the_digital_legacy_is_stored_changed_and_taken_back(scene, phone):
    """Who gets what, also on paper; a later instruction replaces the earlier one, and none may be left."""
    ask = phone(scene[0])
    assert ask("put", "/rights/legacy", {"wish": "give"}).status_code == 422
    given = {"wish": "give", "trusted_name": "王强", "trusted_contact": "13900001111", "is_on_paper": True}
    refused = ask("put", "/rights/legacy", given)
    assert (refused.status_code, refused.json()["code"]) == (422, "attestation_required")
    given["attested"] = True
    assert ask("put", "/rights/legacy", given).json()["legacy"]["trusted_name"] == "王强"
    assert ask("put", "/rights/legacy", {"wish": "erase"}).json()["legacy"]["wish"] == "erase"
    assert ask("get", "/rights").json()["legacy"]["wish"] == "erase"
    ask("put", "/rights/legacy", {"wish": ""})
    assert ask("get", "/rights").json()["legacy"] is None


@pytest.mark.clause("C2.2.2-02")
def test_device_data_come_with_consent_for_one_case_and_go_with_it(scene, phone, organization):
    ask = phone(scene[0])
    key = str(uuid7())
    ask("post", "/rights/cases", {"id": key, "kind": "support", "details": "打不开"})
    with tenant(organization):
        assert not Diagnostics.objects.exists()  # nothing without being handed over
    given = {"model": "Pixel 8", "system": "Android 15", "settings": {"language": "zh"}}
    for wrong in ({}, {"notice_hash": "0" * 64}):
        assert ask("post", f"/rights/cases/{key}/diagnostics", given | wrong).status_code == 409
    with tenant(organization):
        assert not Diagnostics.objects.exists()  # nor on a notice that was not shown
        given["notice_hash"] = notice.current(organization, "zh-hans").hash
        scope = f"diagnostics.{Case.objects.get(pk=key).number}"
    assert ask("post", f"/rights/cases/{key}/diagnostics", given).json()["has_diagnostics"] is True
    with tenant(organization):
        acts = ConsentEntry.objects.filter(purpose=scope).order_by("recorded_at")
        assert [(each.act, each.notice_hash) for each in acts] == [
            ("served", given["notice_hash"]), ("granted", given["notice_hash"]),
        ]  # fmt: skip
    second = str(uuid7())
    ask("post", "/rights/cases", {"id": second, "kind": "support", "details": "又打不开"})
    assert (
        ask("delete", f"/rights/cases/{second}/diagnostics").status_code == 422
    )  # another case, asked apart
    assert ask("delete", f"/rights/cases/{key}/diagnostics").json()["has_diagnostics"] is False
    with tenant(organization):
        assert not Diagnostics.objects.exists()
        assert acts.last().act == "withdrawn"
    ask("post", f"/rights/cases/{key}/diagnostics", given)
    with tenant(organization):
        assert Diagnostics.objects.get().model == "Pixel 8"
        closing.answer_case(officer(), Case.objects.get(pk=key), now=NOW, answer="已修复")
        assert not Diagnostics.objects.exists()
    assert ask("post", f"/rights/cases/{key}/diagnostics", given).status_code == 422


@pytest.mark.clause("C2.3.1-01")
def test_feedback_is_accepted_without_a_name(scene, phone, organization):
    answer = phone(scene[0])("post", "/feedback", {"id": str(uuid7()), "details": "地图打开很慢"})
    with tenant(organization):
        case = Case.objects.get(number=answer.json()["number"])
        assert case.subject is None
        assert case.is_anonymous
        from qince.core.audit.models import Entry

        entry = Entry.objects.get(target_id=case.pk)
        assert "王芳" not in str(entry.changes)


@pytest.mark.clause("C2.3.1-02")
def test_with_a_name_the_result_comes_back(scene, phone, organization):
    ask = phone(scene[0])
    number = ask("post", "/feedback", {"id": str(uuid7()), "details": "慢", "with_contact": True}).json()[
        "number"
    ]
    with tenant(organization):
        from qince.core.letters.models import Letter

        closing.answer_case(officer(), Case.objects.get(number=number), now=NOW, answer="已优化")
        assert Letter.objects.get(kind="rights.answered").employee_id == scene[0].pk
    assert ask("get", "/rights").json()["cases"][0]["answer"] == "已优化"


@pytest.mark.clause("C2.3.2-04")
def test_a_survey_left_out_changes_nothing(scene, phone, organization):
    ask, key = phone(scene[0]), str(uuid7())
    ask("post", "/rights/cases", {"id": key, "kind": "query"})
    assert ask("post", f"/rights/cases/{key}/survey", {"score": 5}).status_code == 422
    with tenant(organization):
        closing.answer_case(officer(), Case.objects.get(pk=key), now=NOW, answer="见附件")
    before = ask("get", f"/rights/cases/{key}").json()
    assert ask("post", f"/rights/cases/{key}/survey", {"score": 9}).status_code == 422
    assert ask("post", f"/rights/cases/{key}/survey", {"score": 4, "text": "快"}).status_code == 200
    assert ask("get", f"/rights/cases/{key}").json() == before


def test_support_names_operator_and_officers(scene, phone, organization, settings):
    settings.OPERATOR = {"name": "金陵云", "phone": "400-800-1234", "email": "a@b.example", "address": "南京"}
    with tenant(organization):
        people.employee("周专员", roles=["privacy_officer"])
    found = phone(scene[0])("get", "/support").json()
    assert (found["phone"], found["officers"]) == ("400-800-1234", ["周专员"])


class TestMachineDecisions:
    @pytest.fixture
    def event(self, organization, scene):
        with tenant(organization):
            return CheckEvent.objects.get(visit=visits.visit(scene[0], factories.store(scene[0])), kind="in")

    @pytest.mark.clause("C6.5-02")
    @pytest.mark.clause("C6.5-05")
    def test_a_verdict_is_computed_again_and_told_in_plain_words(self, scene, phone, event):
        told = phone(scene[0])("get", f"/rights/decisions/visits-place/{event.pk}").json()
        assert told["logic"]
        assert told["version"]
        assert told["inputs"]
        assert told["agrees"] is True
        assert phone(scene[1])("get", f"/rights/decisions/visits-place/{event.pk}").status_code == 404

    @pytest.mark.clause("C6.5-08")
    def test_what_is_left_out_is_named_with_its_reason(self, scene, phone, event):
        told = phone(scene[0])("get", f"/rights/decisions/visits-place/{event.pk}").json()
        assert "would help to get round it" in told["protected"]

    @pytest.mark.clause("C6.5-06")
    @pytest.mark.clause("C6.5-07")
    def test_refused_it_rests_until_a_person_decides_and_an_appeal_goes_to_another(
        self, scene, phone, event, organization
    ):
        ask, key = phone(scene[0]), str(uuid7())
        about = {"decision": "visits-place", "decision_id": str(event.pk)}
        ask("post", "/rights/cases", {"id": key, "kind": "object", **about})
        told = ask("get", f"/rights/decisions/visits-place/{event.pk}").json()
        assert told["review"]["state"] == "human_review"
        with tenant(organization):
            first, second = officer("甲"), officer("乙")
            case = Case.objects.get(pk=key)
            with refused("review_open"):
                closing.answer_case(first, case, now=NOW, answer="好")
            deciding.review_decision(first, case, now=NOW, state="upheld", text="位置清楚")
            closing.answer_case(first, case, now=NOW, answer="维持")
        appeal = ask(
            "post", f"/rights/cases/{key}/complaint", {"id": str(uuid7()), "details": "当时在门口"}
        ).json()
        assert appeal["kind"] == "appeal"
        with tenant(organization):
            again = Case.objects.get(pk=appeal["id"])
            with refused("second_handler"):
                deciding.review_decision(first, again, now=NOW, state="upheld", text="同上")
            Case.objects.filter(pk=again.pk).update(barred=None)
            with refused("same_reviewer"):
                deciding.review_decision(first, again, now=NOW, state="upheld", text="同上")
            deciding.review_decision(second, again, now=NOW, state="changed", text="以门口定位为准")
            assert Review.objects.get(case=again).state == "changed"
        assert ask("get", f"/rights/decisions/visits-place/{event.pk}").json()["review"]["state"] == "changed"

    @pytest.mark.clause("C6.5-06")
    def test_the_visits_page_shows_the_review(self, scene, event, organization):
        with tenant(organization):
            own(scene[0], "object", decision="visits-place", decision_id=event.pk)
            browser = people.browser(people_of(organization))
        assert "Human review" in browser.get(f"/visits/{event.visit_id}/").text


def people_of(organization):
    return people.employee("管理员", roles=["administrator"])


def test_a_place_in_words_was_judged_by_nobody(scene, phone, organization):
    with tenant(organization):
        visit = visits.visit(scene[0], factories.store(scene[0]))
        CheckEvent.objects.filter(visit=visit).update(verdict=Verdict.MANUAL)
    assert phone(scene[0])("get", "/rights").json()["decisions"] == []


def test_pushed_information_is_not_personalised_until_one_says_so_and_can_be_refused(scene, phone):
    ask = phone(scene[0])
    assert ask("get", "/rights").json()["pushed"] == "general"
    for choice in ("personal", "none", "general"):
        assert ask("put", "/rights/pushed", {"pushed": choice}).json()["pushed"] == choice
    assert ask("put", "/rights/pushed", {"pushed": "more"}).status_code == 400


class TestOwnCopies:
    """Asked for, followed and saved on the phone: by a link that works once, for its own person alone."""

    def test_one_is_made_and_saved_once(self, scene, phone, organization):
        ask = phone(scene[0])
        assert ask("get", "/rights/copies").json() == {"copies": []}
        (made,) = ask("post", "/rights/copies").json()["copies"]
        assert (made["state"], made["state_words"], made["is_collectable"]) == ("making", "Being made", False)
        assert ask("post", "/rights/copies").json()["code"] == "copy_under_way"
        assert ask("post", f"/rights/copies/{made['id']}/link").status_code == 404
        copies.make(organization.pk, UUID(made["id"]), now=clock.now())
        (ready,) = ask("get", "/rights/copies").json()["copies"]
        assert (ready["state"], ready["is_collectable"]) == ("ready", True)

        token = {"token": ask("post", f"/rights/copies/{made['id']}/link").json()["token"]}
        package = f"/rights/copies/{made['id']}/package"
        for wrong in ({"token": "guess"}, {"token": ""}):
            assert ask("post", package, wrong).status_code == 404
        assert ask("post", package, {"token": 1}).status_code == 400
        assert phone(scene[1])("post", package, token).status_code == 404
        answer = ask("post", package, token)
        assert answer["Cache-Control"] == "private, no-store"
        assert (
            "王芳"
            in zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).read("index.html").decode()
        )
        assert ask("post", package, token).status_code == 404
        (taken,) = ask("get", "/rights/copies").json()["copies"]
        assert taken["collected_at"]

    def test_nobody_sees_or_opens_anothers(self, scene, phone, organization):
        (made,) = phone(scene[0])("post", "/rights/copies").json()["copies"]
        copies.make(organization.pk, UUID(made["id"]), now=clock.now())
        other = phone(scene[1])
        assert other("get", "/rights/copies").json() == {"copies": []}
        assert other("post", f"/rights/copies/{made['id']}/link").status_code == 404
