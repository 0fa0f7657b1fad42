"""Working on a case: identity, leave, second handlers, fee, complaint, consent taken back by staff."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qince.core.erasure import copies
from qince.core.erasure.models import Copy
from qince.core.letters.models import Letter
from qince.core.people.actions import leave
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.privacy.gate import Standing
from qince.core.privacy.models import ConsentEntry
from qince.core.privacy.tests.factories import agree
from qince.core.rights import papers, registry
from qince.core.rights.actions import carrying, closing, filing, handling, opening
from qince.core.rights.models import Case, CaseFile
from qince.core.rights.registry import Recipient
from qince.core.rights.tests.factories import entered, officer, own
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.ids import uuid7

NOW = clock.now()


def refused(code):
    return pytest.raises(Refusal, match=f"^{code}$")


def add(actor, case, role):
    return filing.add_file(
        actor, case, now=NOW, role=role, file=SimpleUploadedFile(f"{role}.pdf", f"%PDF-1.4 {role}".encode())
    )


class TestIdentity:
    @pytest.mark.clause("C6.7-02")
    def test_unverified_nothing_leaves_and_proofs_are_erased_after(
        self, inside, django_capture_on_commit_callbacks
    ):
        actor = officer()
        case = entered(actor, "copy", subject=people.employee("王芳"))
        proof, evidence = add(actor, case, "identity"), add(actor, case, "evidence")
        with refused("not_verified"):
            closing.answer_case(actor, case, now=NOW, answer="附件")
        handling.verify_identity(actor, case, now=NOW, how="身份证")
        sealed = bytes(proof.sealed)
        with refused("copy_not_made"):
            closing.answer_case(actor, case, now=NOW, answer="已提供")
        with django_capture_on_commit_callbacks(execute=True):
            carrying.make_copy(actor, case, now=NOW)
        copies.make(case.organization_id, Copy.objects.get().pk, now=clock.now())
        with django_capture_on_commit_callbacks(execute=True):
            closing.answer_case(actor, case, now=NOW, answer="已提供")
        proof.refresh_from_db()
        assert proof.sealed is None
        assert proof.erased_at is not None
        assert proof.sha256
        with pytest.raises(NotFound):
            papers.content_of(proof)
        kept = CaseFile(case=case, role="identity", sealed=sealed)  # as a backup would still hold it
        with pytest.raises(NotFound):
            papers.content_of(kept)
        evidence.refresh_from_db()
        assert papers.content_of(evidence) == b"%PDF-1.4 evidence"

    @pytest.mark.clause("C6.6-02")
    def test_a_relative_shows_death_kinship_and_interest_and_an_instruction_comes_first(self, inside):
        from qince.core.rights.actions import own as wishes

        actor, late = officer(), people.employee("王芳")
        case = entered(actor, "relative", subject=late, contact_name="王强")
        for role in ("death", "kinship"):
            with refused("proof_missing"):
                handling.verify_identity(actor, case, now=NOW, how="证件")
            add(actor, case, role)
        with refused("proof_missing"):
            handling.verify_identity(actor, case, now=NOW, how="证件")
        add(actor, case, "interest")
        handling.verify_identity(actor, case, now=NOW, how="证件")
        for wish, trusted in (("keep", ""), ("give", "王刚")):
            wishes.make_legacy(people.actor(late), now=NOW, wish=wish, trusted_name=trusted, attested=True)
            for act, more in ((closing.answer_case, {"answer": "附件"}), (carrying.make_copy, {})):
                with refused("instruction_overrides" if wish == "give" or more else "wrong_kind"):
                    act(actor, case, now=NOW, **more)
        wishes.make_legacy(people.actor(late), now=NOW, wish="give", trusted_name="王强", attested=True)
        with refused("copy_not_made"):
            closing.answer_case(actor, case, now=NOW, answer="附件")
        with refused("still_member"):
            carrying.make_copy(actor, case, now=NOW)
        leave(people.actor(people.employee("老板", roles=["administrator"])), late, now=NOW)
        copies.make(case.organization_id, carrying.make_copy(actor, case, now=NOW).pk, now=NOW)
        _copy, clear = carrying.hand_copy_over(actor, case, now=clock.now())
        clear.close()
        case.refresh_from_db()
        assert case.state == "answered"

    def test_a_guardian_shows_kinship(self, inside):
        actor = officer()
        case = entered(actor, "guardian", subject=people.employee("小王"))
        with refused("proof_missing"):
            handling.verify_identity(actor, case, now=NOW, how="户口簿")

    @pytest.mark.clause("C2.3.2-01")
    def test_the_help_desk_shows_nothing_until_the_caller_fits(self, inside, organization):
        sales = people.department("销售部")
        person = people.employee("王小芳", department=sales, mobile="+8613900004444")
        actor = officer()
        case = entered(
            actor,
            "support",
            channel="hotline",
            subject=person,
            contact_name="",
            contact_mobile="",
            details="登录不了",
        )
        browser = people.browser(Employee.objects.get(pk=actor.employee_id))
        url = f"/privacy-requests/{case.pk}/"
        for page in (url, f"{url}print/", "/privacy-requests/"):
            assert "王小芳" not in browser.get(page).text, page
        said = {
            "organization": organization.name,
            "name": "王小芳",
            "department": "销售部",
            "mobile": "13900004444",
        }
        for wrong in (
            {"name": "王大芳"},
            {"department": "财务部"},
            {"mobile": "13900004445"},
            {"organization": "别家"},
        ):
            with refused("does_not_fit"):
                handling.verify_account(actor, case, now=NOW, **(said | wrong))
        handling.verify_account(actor, case, now=NOW, **said)
        assert "王小芳" in browser.get(url).text


class TestAuthorization:
    @pytest.mark.clause("C6.2-10")
    def test_silence_and_refusal_go_to_the_officer(self, inside, organization):
        """Unanswered within its term, or declined: the privacy officer has it, well inside the fifteen days."""
        admin = people.actor(people.employee("管理员", roles=["administrator"]))
        actor, person = officer(), people.employee("王芳")
        silent, declined = own(person, "delete", now=NOW), own(person, "delete", now=NOW)
        assert silent.state == "authorization"
        assert silent.authorization_due_on < silent.due_on
        system = system_actor(organization.pk, "test")
        assert handling.escalate_silent(system, now=NOW + timedelta(days=6)) == 0
        with refused("reason_required"):
            handling.decline_case(admin, declined, now=NOW, reason=" ")
        handling.decline_case(admin, declined, now=NOW, reason="仍在交接")
        assert handling.escalate_silent(system, now=NOW + timedelta(days=9)) == 1
        for case, how in ((silent, "silent"), (declined, "declined")):
            case.refresh_from_db()
            assert (case.state, case.authorization) == ("working", how)
        assert Letter.objects.filter(kind="rights.escalated", employee=actor.employee_id).count() == 2

    def test_the_operators_own_data_needs_no_leave(self, inside):
        assert own(people.employee("王芳"), "delete", is_operator_data=True).state == "working"

    @pytest.mark.clause("C6.4-05")
    def test_an_administrator_sees_and_authorizes_a_cancellation(self, inside):
        admin = people.employee("管理员", roles=["administrator"])
        case = own(people.employee("王小芳"), "cancel")
        browser = people.browser(admin)
        assert case.number in browser.get("/privacy-requests/waiting/").text
        browser.post(f"/privacy-requests/waiting/{case.pk}/", {"authorize": "yes"})
        case.refresh_from_db()
        assert (case.state, case.authorization) == ("working", "given")
        assert case.number not in browser.get("/privacy-requests/waiting/").text

    def test_nobody_authorizes_their_own(self, inside):
        admin = people.employee("管理员", roles=["administrator"])
        case = own(admin, "cancel")
        with refused("own_case"):
            handling.authorize_case(people.actor(admin), case, now=NOW)


class TestSecondHandlers:
    @pytest.mark.clause("C6.7-04")
    def test_a_complaint_names_the_first_case_and_another_takes_it(self, inside):
        first, second, person = officer("甲"), officer("乙"), people.employee("王芳")
        case = own(person)
        closing.answer_case(first, case, now=NOW, answer="已答复")
        complaint = opening.complain(
            people.actor(person), id=uuid7(), about=case, details="答非所问", now=NOW
        )
        assert complaint.first_case == case
        assert complaint.kind == "complaint"
        with refused("second_handler"):
            handling.take_case(first, complaint, now=NOW)
        with refused("second_handler"):
            closing.answer_case(first, complaint, now=NOW, answer="维持")
        assert closing.answer_case(second, complaint, now=NOW, answer="更正如下").state == "answered"

    @pytest.mark.clause("C2.3.2-05")
    def test_an_escalated_case_does_not_come_back(self, inside):
        first, second = officer("甲"), officer("乙")
        case = own(people.employee("王芳"), "support")
        handling.take_case(first, case, now=NOW)
        handling.escalate(first, case, now=NOW, reason="不同意处理结果")
        with refused("second_handler"):
            handling.take_case(first, case, now=NOW)
        assert handling.take_case(second, case, now=NOW).handler_id == second.employee_id

    def test_nobody_handles_their_own_request(self, inside):
        person = people.employee("专员", roles=["privacy_officer"])
        case = own(person)
        with refused("own_case"):
            closing.answer_case(people.actor(person), case, now=NOW, answer="好")


class TestFee:
    @pytest.mark.clause("C6.7-05")
    def test_a_fee_needs_its_reason_and_the_persons_yes(self, inside):
        actor, person = officer(), people.employee("王芳")
        for _n in range(3):
            own(person, "query")
        case = own(person, "query", now=clock.now())
        with refused("reason_required"):
            handling.set_fee(actor, case, now=NOW, amount=Decimal(20), reason="")
        handling.set_fee(actor, case, now=NOW, amount=Decimal(20), reason="三次相同请求后再次复制纸质材料")
        told = Letter.objects.get(kind="rights.fee")
        assert "20" in told.values["fee"]
        assert told.employee_id == person.pk
        with refused("fee_open"):
            closing.answer_case(actor, case, now=NOW, answer="附件")
        handling.accept_fee(people.actor(person), case, now=NOW)
        assert closing.answer_case(actor, case, now=NOW, answer="附件").state == "answered"

    def test_it_can_be_waived(self, inside):
        actor = officer()
        case = own(people.employee("王芳"), "query")
        handling.set_fee(actor, case, now=NOW, amount=Decimal(20), reason="x")
        handling.waive_fee(actor, case, now=NOW)
        assert closing.answer_case(actor, case, now=NOW, answer="附件").state == "answered"


class TestWithdrawing:
    def test_staff_take_back_with_the_same_effect_and_never_grant(self, inside):
        """The same ledger and gate as the person's own act, with its own method; no path writes a consent."""
        person, actor = people.employee("王芳"), officer()
        agree(person, "location:background")
        case = entered(actor, "withdraw", subject=person)
        with refused("not_verified"):
            carrying.withdraw_for_subject(actor, case, now=NOW, purpose="location")
        handling.verify_identity(actor, case, now=NOW, how="回拨")
        carrying.withdraw_for_subject(
            actor, case, now=clock.now(), purpose="location", circumstances="at_the_act"
        )
        standing = Standing(person.pk)
        assert standing.allows("location", "at_the_act")
        assert not standing.allows("location", "background")
        carrying.withdraw_for_subject(actor, case, now=clock.now(), purpose="location")
        assert not Standing(person.pk).allows("location")
        written = ConsentEntry.objects.filter(method="staff")
        assert set(written.values_list("act", flat=True)) == {"narrowed", "withdrawn"}
        with refused("invalid_circumstances"):
            carrying.withdraw_for_subject(actor, case, now=NOW, purpose="location", circumstances="always")


class TestRecipients:
    @pytest.mark.clause("C6.2-08")
    @pytest.mark.clause("C6.2-09")
    def test_each_past_recipient_has_a_task_and_leaving_one_out_needs_its_reason(self, inside, monkeypatch):
        person, actor = people.employee("王芳"), officer()
        agree(person, "location:background")
        told = [Recipient("sms", "短信服务商"), Recipient("map", "地图服务商")]
        monkeypatch.setattr(registry, "recipients", [lambda key: told if key == person.pk else []])
        case = entered(actor, "withdraw", subject=person)
        handling.verify_identity(actor, case, now=NOW, how="回拨")
        carrying.withdraw_for_subject(actor, case, now=clock.now(), purpose="location")
        sms, other = case.onward.order_by("name")[1], case.onward.order_by("name")[0]
        assert {task.recipient for task in case.onward.all()} == {"sms", "map"}
        with refused("recipients_untold"):
            closing.answer_case(actor, case, now=NOW, answer="已撤回")
        with refused("reason_required"):
            carrying.tell_recipient(actor, case, now=NOW, task_id=other.pk, state="skipped")
        carrying.tell_recipient(
            actor, case, now=NOW, task_id=other.pk, state="skipped", reason="本人另有单独同意"
        )
        with refused("wrong_step"):
            carrying.tell_recipient(actor, case, now=NOW, task_id=sms.pk, state="done")
        for state in ("sent", "answered", "done"):
            task = carrying.tell_recipient(actor, case, now=NOW, task_id=sms.pk, state=state)
            assert task.state == state
        assert closing.answer_case(actor, case, now=NOW, answer="已撤回").state == "answered"

    def test_who_was_given_a_wrong_value_hears_of_its_correction(self, inside, monkeypatch):
        person, actor = people.employee("王芳"), officer()
        monkeypatch.setattr(registry, "recipients", [lambda key: [Recipient("bank", "代发工资银行")]])
        case = own(person, "correct")
        with refused("recipients_untold"):
            closing.answer_case(actor, case, now=NOW, answer="已更正")
        [task] = case.onward.all()
        carrying.tell_recipient(actor, case, now=NOW, task_id=task.pk, state="sent")
        assert closing.answer_case(actor, case, now=NOW, answer="已更正").state == "answered"


def test_a_person_takes_the_own_request_back_and_nobody_elses(inside):
    person = people.employee("王芳")
    case = own(person)
    with pytest.raises(NotFound):
        handling.take_back(people.actor(people.employee("旁人")), case, now=NOW)
    assert handling.take_back(people.actor(person), case, now=NOW).state == Case.State.TAKEN_BACK
    with refused("closed"):
        handling.take_back(people.actor(person), case, now=NOW)


class TestDeleting:
    @pytest.mark.clause("C6.2-13")
    def test_staff_and_self_service_take_the_same_path(self, inside):
        """By the own act or written down by staff with proof: one act erases, with the name of who did it."""
        from qince.core.audit.models import Entry
        from qince.core.erasure.models import Erasure

        admin = people.actor(people.employee("管理员", roles=["administrator"]))
        actor, mine, asked = officer(), people.employee("王芳"), people.employee("李雷")
        cases = [own(mine, "delete"), entered(actor, "delete", subject=asked)]
        add(actor, cases[1], "identity")
        handling.verify_identity(actor, cases[1], now=NOW, how="身份证")
        for case in cases:
            with refused("not_authorized"):
                carrying.carry_out(actor, case, now=NOW)
            handling.authorize_case(admin, case, now=NOW)
            with refused("not_carried_out"):
                closing.answer_case(actor, case, now=NOW, answer="已删除")
            carrying.carry_out(actor, case, now=NOW)
            with refused("carried_out"):
                carrying.carry_out(actor, case, now=NOW)
            entry = Entry.objects.get(action="rights.carry_out", target_id=case.pk)
            assert entry.actor_name == "周专员"
            assert closing.answer_case(actor, case, now=NOW, answer="已删除").state == "answered"
        assert Erasure.objects.count() == 2
        assert Letter.objects.filter(kind="rights.farewell").count() == 2

    def test_what_the_operator_keeps_goes_without_the_organizations_leave(self, inside):
        from qince.core.erasure.models import Erasure

        actor, person = officer(), people.employee("王芳")
        browser = people.browser(person)
        assert browser.get("/me/requests/").status_code == 200
        case = own(person, "delete", is_operator_data=True)
        carrying.carry_out(actor, case, now=NOW)
        assert browser.get("/me/requests/").status_code == 302
        assert not Erasure.objects.exists()


class TestRestriction:
    """Neither deleted nor used (C6.2-12): set and lifted in a case, by whoever may."""

    @pytest.mark.clause("C6.2-12")
    def test_a_case_restricts_the_use_after_identity_and_another_lifts_it(self, inside, client):
        actor, person = officer(), people.employee("王芳")
        boss = people.employee("经理", roles=["administrator"])
        case = entered(actor, "delete", subject=person)
        with refused("not_verified"):
            carrying.restrict_use(actor, case, now=NOW)
        handling.verify_identity(actor, case, now=NOW, how="身份证")
        case.refresh_from_db()
        if case.authorization == Case.Authorization.WAITING:
            handling.authorize_case(people.actor(boss), case, now=NOW)
        page = people.browser(people.employee("周专员二", roles=["privacy_officer"]))
        assert page.post(f"/privacy-requests/{case.pk}/acts/restrict/").status_code in (200, 302)
        person.refresh_from_db()
        assert person.restricted_at is not None
        assert "王芳" not in people.browser(boss).get("/employees/").content.decode()
        carrying.lift_use(actor, case, now=NOW)
        person.refresh_from_db()
        assert person.restricted_at is None
        assert "王芳" in people.browser(boss).get("/employees/").content.decode()

    def test_a_mail_from_nobody_known_has_nobody_to_restrict(self, inside):
        actor = officer()
        case = entered(actor, "query")
        handling.verify_identity(actor, case, now=NOW, how="电话")
        with refused("wrong_kind"):
            carrying.restrict_use(actor, case, now=NOW)
