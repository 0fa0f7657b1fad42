"""The console's pages of requests: officer, administrator, and one's own; the export as evidence."""

import base64
import hashlib
import io
import json
import zipfile

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.files.uploadedfile import SimpleUploadedFile

from qince.core.erasure import working
from qince.core.erasure.models import Erasure
from qince.core.letters.models import Letter
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.rights import papers
from qince.core.rights.actions import closing, filing, handling
from qince.core.rights.models import CalendarDay, Case, CaseFile
from qince.core.rights.screens import CASES
from qince.core.rights.tests.factories import entered, officer, own
from qince.kit import clock
from qince.kit.errors import NotFound

NOW = clock.now()


@pytest.fixture
def desk(inside):
    actor = officer()
    return actor, people.browser(Employee.objects.get(pk=actor.employee_id))


def test_the_officer_walks_a_request_from_entry_to_answer(desk):
    _actor, browser = desk
    form = {
        "channel": "post",
        "kind": "query",
        "contact_name": "李雷",
        "contact_mobile": "13900008888",
        "details": "我的信息",
    }
    assert browser.post("/privacy-requests/new/", form).status_code == 302
    case = Case.objects.get()
    page = f"/privacy-requests/{case.pk}/"
    assert "not running yet" in browser.get(page).text
    for act, values in (
        ("take", {}),
        ("file", {"role": "identity", "file": SimpleUploadedFile("id.pdf", b"%PDF-1.4 x")}),
        ("verify", {"how": "身份证"}),
        ("answer", {"answer": "附件"}),
    ):
        answer = browser.post(CASES.url("act", case.pk, act), {"confirmed": "1", **values})
        assert answer.status_code == 302, (act, answer.content[:500])
    case.refresh_from_db()
    assert case.state == "answered"
    text = browser.get(page).text
    assert "Erased" in text
    assert "附件" in text
    assert browser.get(f"{page}print/").status_code == 200


@pytest.mark.clause("C7-06")
def test_a_guardian_shows_kinship_has_the_child_erased_and_the_proof_goes(
    desk, inside, data_folder, django_capture_on_commit_callbacks
):
    actor, browser = desk
    child = people.employee("王小童", mobile="+8613900009999")
    case = entered(actor, "guardian", subject=child, contact_name="王强", contact_mobile="13900007777")

    def act(name, **values):
        with django_capture_on_commit_callbacks(execute=True):
            answer = browser.post(CASES.url("act", case.pk, name), {"confirmed": "1", **values})
        case.refresh_from_db()
        return answer

    act("take")
    assert "Proof of kinship" in act("verify", how="户口簿").text  # named as what is missing
    assert case.verified_at is None
    act("carry")
    assert (case.is_carried_out, Employee.objects.get(pk=child.pk).name) == (False, "王小童")

    act("file", role="kinship", file=SimpleUploadedFile("book.pdf", b"%PDF-1.4 x"))
    proof = case.files.get()
    sealed = bytes(proof.sealed)
    assert act("verify", how="户口簿").status_code == 302
    assert act("carry").status_code == 302
    assert case.is_carried_out
    erasure = Erasure.objects.get()
    working.carry_out(inside.pk, erasure.pk, now=NOW)
    assert not Employee.objects.filter(name="王小童").exists()
    told = Letter.objects.filter(kind="rights.farewell").get()
    assert told.mobile.endswith("13900007777")  # to the guardian, not to the child's number

    assert act("answer", answer="已全部删除").status_code == 302
    proof.refresh_from_db()
    assert (proof.sealed, bool(proof.erased_at)) == (None, True)
    with pytest.raises(NotFound):
        papers.content_of(
            CaseFile(case=case, role="kinship", sealed=sealed)
        )  # as a backup would still hold it


@pytest.mark.clause("C9-06")
@pytest.mark.clause("C2.3.2-02")
def test_the_export_is_complete_and_signed(desk):
    """All eight parts, the files that are still there, a hash of each, and a signature over the hashes."""
    actor, browser = desk
    case = entered(actor, "support", channel="hotline", subject=people.employee("王芳"), details="登录失败")
    handling.write_entry(actor, case, now=NOW, kind="call", text="说明情况", recording="录音 0312")
    pdf = SimpleUploadedFile("截图.pdf", b"%PDF-1.4 proof")
    filing.add_file(actor, case, now=NOW, role="evidence", file=pdf)
    handling.verify_identity(actor, case, now=NOW, how="回拨")
    closing.answer_case(actor, case, now=NOW, answer="已恢复", solution="重置设备绑定")
    handling.dispute(actor, case, now=NOW, text="不同意处理结果")
    answer = browser.get(f"/privacy-requests/{case.pk}/export/")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    parts = json.loads(members["case.json"])
    assert parts["account"]["person"] == "王芳"
    assert parts["work_order"]["number"] == case.number
    assert parts["content"]["request"] == "登录失败"
    assert parts["communications"][0]["recording"] == "录音 0312"
    assert parts["proofs"][0]["sha256"] == hashlib.sha256(b"%PDF-1.4 proof").hexdigest()
    assert parts["contact"]["mobile"]
    assert parts["solution"] == "重置设备绑定"
    assert parts["result"]["answer"] == "已恢复"
    assert {each["act"] for each in parts["course"]} >= {"Entered", "Answered", "Disputed"}
    manifest = json.loads(members["manifest.json"])
    listed = {
        name: hashlib.sha256(content).hexdigest() for name, content in members.items() if name in manifest
    }
    assert listed == manifest
    assert set(members) == {*manifest, "manifest.json", "signature.json"}
    signed = json.loads(members["signature.json"])
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(signed["public_key"]))
    key.verify(base64.b64decode(signed["signature"]), members["manifest.json"])
    Case.objects.filter(pk=case.pk).update(answer="改过")
    again = browser.get(f"/privacy-requests/{case.pk}/export/")
    with zipfile.ZipFile(io.BytesIO(again.content)) as packed, pytest.raises(InvalidSignature):
        key.verify(base64.b64decode(signed["signature"]), packed.read("manifest.json"))


@pytest.mark.clause("C2.3.2-03")
def test_a_document_is_named_by_its_link_and_says_when_it_is_gone(desk, monkeypatch):
    from qince.core.rights import registry
    from qince.kit.ids import uuid7

    actor, browser = desk
    key, there = uuid7(), {"is": True}
    monkeypatch.setitem(
        registry.documents, "orders.order", lambda found: "/somewhere/" if there["is"] else ""
    )
    case = entered(
        actor, "support", subject=people.employee("王芳"), document_kind="orders.order", document_id=key,
        document_name="订单 88",
    )  # fmt: skip
    handling.verify_identity(actor, case, now=NOW, how="回拨")
    page = f"/privacy-requests/{case.pk}/"
    assert 'href="/somewhere/"' in browser.get(page).text
    there["is"] = False
    text = browser.get(page).text
    assert "removed" in text
    assert 'href="/somewhere/"' not in text


def test_ones_own_pages_show_ones_own_cases_alone(inside):
    person, other = people.employee("王芳"), people.employee("旁人")
    mine, foreign = own(person), own(other)
    browser = people.browser(person)
    text = browser.get("/me/requests/").text
    assert mine.number in text
    assert foreign.number not in text
    assert browser.get(f"/me/requests/{foreign.pk}/").status_code == 404
    made = browser.post("/me/requests/new/", {"kind": "delete", "ground": ""})
    assert made.status_code == 422
    assert browser.post("/me/requests/new/", {"kind": "copy"}).status_code == 302
    browser.post(f"/me/requests/{mine.pk}/back/")
    mine.refresh_from_db()
    assert mine.state == "taken_back"
    for page in ("/me/requests/legacy/", "/me/requests/decisions/"):
        assert browser.get(page).status_code == 200


def test_the_calendar_is_corrected_by_the_officer(desk):
    _actor, browser = desk
    values = {"on": "2026-03-07", "kind": "workday", "note": "调休"}
    assert browser.post("/working-calendar/new/", values).status_code == 302
    assert browser.post("/working-calendar/new/", values).status_code == 422
    day = CalendarDay.objects.get()
    assert (
        browser.post(f"/working-calendar/{day.pk}/edit/", {**values, "kind": "swapped_rest"}).status_code
        == 302
    )
    day.refresh_from_db()
    assert (day.is_workday, day.source) == (False, "own")
    assert browser.post(f"/working-calendar/{day.pk}/acts/remove/").status_code == 302
    assert not CalendarDay.objects.exists()
