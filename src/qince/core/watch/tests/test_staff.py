"""The operator's staff, training, and the controls of the security grade (C5.3, C5.1-06, C5.2-04)."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from launcher.doctoring import agreeing
from qince.core.access.registry import ADMINISTRATOR, AUDITOR, PRIVACY_OFFICER, permissions_of_role
from qince.core.accounts.models import Account, Device
from qince.core.audit import instructions
from qince.core.audit.models import Entry
from qince.core.letters.models import Letter
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.processing.instructing import instruct
from qince.core.signin.queries import memberships
from qince.core.watch import staffing, tickets, training
from qince.core.watch.models import Access, Staff, StaffAccess, Training
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.errors import Forbidden, Refusal
from qince.kit.tenancy import tenant
from qince.masterdata.customers.tests import factories as customers
from qince.sales.visits.tests import records

NOW = clock.now()
TODAY = timezone.localdate(NOW)
DAY = timedelta(days=1)


@pytest.fixture
def home(organization):
    with tenant(organization):
        admin = people.employee("李管理", roles=["administrator"])
        rep = people.employee("王芳", roles=["rep"])
        visit = records.visit(rep, customers.store(rep))
    return organization, admin, visit


def add(kind="employed", ends_on=None, *, signed=True, trained=True, mobile="13911112222"):
    staff = staffing.add(name="周工", mobile=mobile, kind=kind, ends_on=ends_on, by="运维主管", now=NOW)
    if signed:
        staffing.sign(staff, on=TODAY, until=TODAY + 300 * DAY)
    if trained:
        staffing.train(staff, topic="隐私", on=TODAY, due=TODAY + 300 * DAY)
    return staff


def told(organization, text="请看一看同步为何失败"):
    """The number of an instruction that an administrator of the organization gives."""
    with tenant(organization):
        admin = Employee.objects.get(name="李管理")
        instruct(people.actor(admin), text=text, now=NOW)
        return instructions.given().latest("id").pk


def open_(staff, organization, **fields):
    values = {"reason": "工单 1024：同步失败", "hours": 2, "by": "运维主管", "now": NOW, **fields}
    if not {"instruction", "exception"} & set(fields):
        values["instruction"] = told(organization)
    return tickets.open_ticket(staff, organization.pk, **values)


def browser(employee):
    with tenant(employee.organization_id):
        return people.browser(employee)


@pytest.mark.clause("C5.3-01")
def test_without_a_ticket_there_is_no_way_in_and_with_one_only_reading(home):
    organization, admin, visit = home
    staff = add()
    assert memberships(staff.account) == []
    ticket = open_(staff, organization)
    assert [each.organization.pk for each in memberships(staff.account)] == [organization.pk]
    desk = browser(ticket.employee)
    assert desk.get(f"/visits/{visit.pk}/").status_code == 200
    assert desk.get("/employees/new/").status_code == 403
    assert desk.get("/visits/export.csv").status_code == 403
    with tenant(organization):
        assert {code.rpartition(".")[2] for code in people.actor(ticket.employee).permissions} <= {
            "view",
            "view_log",
        }
        letter = Letter.objects.get(employee=admin)
        assert (letter.kind, letter.values["reason"]) == ("watch.staff_access", "工单 1024：同步失败")
    page = browser(admin).get(f"/watch/staff/{ticket.pk}/acts/").content.decode()
    assert "王芳" in page  # whose visit was looked at
    assert "工单 1024" in browser(admin).get("/watch/staff/").content.decode()


def test_the_ticket_ends_by_itself_even_if_nothing_closes_it(home):
    organization, _admin, _visit = home
    ticket = open_(add(), organization)
    desk = browser(ticket.employee)
    assert desk.get("/visits/").status_code == 200
    with clock.at(NOW + timedelta(hours=2, minutes=1)):
        Device.objects.update(last_seen_at=clock.now())
        assert desk.get("/visits/").status_code == 302
        assert desk.get("/visits/").status_code == 302
        with tenant(organization):
            assert tickets.close_ended(organization.pk, now=clock.now()) == 1
            assert Employee.objects.get(pk=ticket.employee_id).status == "suspended"
    assert memberships(Account.objects.get(pk=add_account(ticket))) == []


def add_account(ticket):
    return Staff.objects.get(pk=ticket.staff_id).account_id


def test_a_second_ticket_opens_the_same_row_again(home):
    organization, _admin, _visit = home
    staff = add()
    first = open_(staff, organization)
    with tenant(organization):
        tickets.close_staff_access(system_actor(organization.pk, "x"), ticket=first, now=NOW)
    second = open_(staff, organization, reason="复查")
    assert second.employee_id == first.employee_id
    assert memberships(staff.account)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"reason": " "}, "reason_required"),
        ({"hours": 9}, "too_long"),
        ({"hours": 0}, "too_long"),
        ({"by": ""}, "reason_required"),
    ],
)
def test_a_ticket_needs_a_reason_a_name_and_an_end(home, fields, code):
    organization, _admin, _visit = home
    with pytest.raises(Refusal, match=code):
        open_(add(), organization, **fields)
    with tenant(organization):
        assert not StaffAccess.objects.exists()


@pytest.mark.clause("C2.2.5-05")
def test_the_operator_reads_only_as_the_organization_demands_or_a_law_does(home):
    """Without an instruction refused; another organization's, or what nobody of it asked for, is none."""
    organization, admin, _visit = home
    staff = add()
    with tenant(organization):
        signed_in = Entry.objects.create(
            at=NOW,
            action="accounts.sign_in",
            actor_id=admin.pk,
            actor_name=admin.name,
            client="console",
            digest=b"",
        )
        by_system = Entry.objects.create(
            at=NOW, action="organizations.edit", actor_name="lifecycle.job", client="system", digest=b""
        )
    elsewhere = people.organization()
    with tenant(elsewhere):
        stranger = people.employee("外人", roles=["administrator"])
        instruct(people.actor(stranger), text="请查看", now=NOW)
        foreign = instructions.given().latest("id").pk
    with pytest.raises(Refusal, match="instruction_required"):
        open_(staff, organization, instruction=None)
    for number in (signed_in.pk, by_system.pk, foreign):
        with pytest.raises(Refusal, match="unknown_instruction"):
            open_(staff, organization, instruction=number)
    with tenant(organization):
        assert not StaffAccess.objects.exists()
    with pytest.raises(Refusal, match="instruction_required"):
        open_(staff, organization, instruction=told(organization), exception="网络安全法第二十八条")
    lawful = open_(staff, organization, exception="网络安全法第二十八条")
    asked = open_(staff, organization, instruction=told(organization))
    page = browser(admin).get("/watch/staff/").content.decode()
    assert "网络安全法第二十八条" in page
    assert str(asked.instruction) in page
    with tenant(organization):
        recorded = Entry.objects.filter(action="watch.open_staff_access", target_id=lawful.pk).latest("id")
        assert recorded.changes["exception"] == "网络安全法第二十八条"


def test_a_member_of_the_organization_gets_no_ticket_beside(home):
    organization, admin, _visit = home
    with pytest.raises(Refusal, match="member"):
        open_(add(mobile=admin.mobile), organization)


@pytest.mark.clause("C5.3-02")
def test_an_expired_confidentiality_agreement_suspends(home):
    organization, _admin, _visit = home
    staff = add(signed=False)
    with pytest.raises(Refusal, match="staff_suspended"):
        open_(staff, organization)
    staffing.sign(staff, on=TODAY - 300 * DAY, until=TODAY - DAY)
    with pytest.raises(Refusal, match="staff_suspended"):
        open_(staff, organization)
    assert staffing.obstacle(staff, today=TODAY)
    staffing.sign(staff, on=TODAY, until=TODAY)
    ticket = open_(staff, organization, hours=8)  # valid to the end of its last day, and not beyond
    assert staffing.obstacle(staff, today=TODAY + DAY)
    assert ticket.ends_at <= NOW + timedelta(hours=8)


@pytest.mark.clause("C5.3-04")
def test_outsourced_staff_need_a_last_day_and_their_account_dies_on_it(home):
    organization, _admin, _visit = home
    with pytest.raises(Refusal, match="end_required"):
        add("outsourced")
    staff = add("outsourced", TODAY + 2 * DAY)
    ticket = open_(staff, organization)
    browser(ticket.employee)
    assert staffing.end_accounts(today=TODAY + 2 * DAY, now=NOW) == 0
    assert staffing.end_accounts(today=TODAY + 3 * DAY, now=NOW) == 1
    assert not Account.objects.get(pk=staff.account_id).is_active
    assert not Device.objects.filter(account=staff.account_id, revoked_at__isnull=True).exists()
    with pytest.raises(Refusal, match="staff_suspended"):
        open_(staff, organization, now=NOW + 4 * DAY)


@pytest.mark.clause("C5.3-05")
def test_outsourced_staff_without_training_see_nothing_sensitive(home):
    organization, _admin, visit = home
    staff = add("outsourced", TODAY + 30 * DAY, trained=False)
    ticket = open_(staff, organization)
    desk = browser(ticket.employee)
    assert desk.get("/customers/").status_code == 200
    assert desk.get(f"/visits/{visit.pk}/").status_code == 403
    staffing.train(staff, topic="隐私", on=TODAY, due=TODAY + 300 * DAY)
    assert desk.get(f"/visits/{visit.pk}/").status_code == 200


def test_the_operators_command_does_it_all(home, capsys):
    organization, _admin, _visit = home
    call_command("staff", "add", mobile="13911112222", name="周工", by="主管")
    with pytest.raises(CommandError):
        call_command(
            "staff", "open", mobile="13911112222", organization=str(organization.pk), reason="x", by="主管"
        )
    call_command("staff", "sign", mobile="13911112222", until=TODAY + DAY)
    call_command("staff", "train", mobile="13911112222", topic="隐私", until=TODAY + DAY)
    call_command(
        "staff",
        "open",
        mobile="13911112222",
        organization=str(organization.pk),
        reason="x",
        by="主管",
        exception="网络安全法第二十八条",
    )
    call_command("staff", "close", mobile="13911112222", organization=str(organization.pk))
    with tenant(organization):
        assert StaffAccess.objects.get().closed_at is not None
    call_command("staff", "list")
    with pytest.raises(CommandError):
        call_command("staff", "open", mobile="13911110000", organization="no")


# --- Training of an organization's own people ----------------------------------------------------


@pytest.mark.clause("C5.1-06")
def test_overdue_training_closes_sensitive_data_where_it_is_required(home):
    organization, admin, visit = home
    desk = browser(admin)
    assert desk.get(f"/visits/{visit.pk}/").status_code == 200  # not required: the register alone
    Organization.objects.filter(pk=organization.pk).update(settings={"training_required": True})
    answer = desk.get(f"/visits/{visit.pk}/")
    assert answer.status_code == 403
    assert "overdue" in answer.content.decode()
    fields = {
        "employee": str(admin.pk),
        "topic": "隐私",
        "done_on": str(TODAY - 9 * DAY),
        "due_on": str(TODAY - DAY),
    }
    assert desk.post("/watch/trainings/new/", fields).status_code == 302
    assert desk.get(f"/visits/{visit.pk}/").status_code == 403
    desk.post("/watch/trainings/new/", {**fields, "due_on": str(TODAY + 300 * DAY)})
    assert desk.get(f"/visits/{visit.pk}/").status_code == 200
    assert desk.post("/watch/trainings/new/", {**fields, "due_on": "2001-01-01"}).status_code == 422


def test_people_are_reminded_once_before_a_training_is_due(home):
    organization, admin, _visit = home
    system = system_actor(organization.pk, "test")
    with tenant(organization):
        for due in (TODAY + 10 * DAY, TODAY + 90 * DAY):
            training.enter_training(
                people.actor(admin), employee=admin, topic=f"隐私{due}", done_on=TODAY, due_on=due, now=NOW
            )
        assert training.remind(system, today=TODAY, now=NOW) == 1
        assert training.remind(system, today=TODAY, now=NOW) == 0
        assert Letter.objects.get(kind="watch.training_due").employee_id == admin.pk
        rep = people.actor(Employee.objects.get(name="王芳"))
        with pytest.raises(Forbidden):
            training.enter_training(rep, employee=admin, topic="x", done_on=TODAY, due_on=TODAY, now=NOW)
        assert Training.objects.count() == 2


# --- Controls of the grade (C5.2-04) -------------------------------------------------------------


@pytest.mark.clause("C5.2-04")
def test_a_console_session_that_rests_too_long_is_ended_by_the_server(home):
    organization, admin, _visit = home
    desk = browser(admin)
    Device.objects.update(last_seen_at=clock.now() - timedelta(minutes=29))
    assert desk.get("/account/").status_code == 200
    Device.objects.update(last_seen_at=clock.now() - timedelta(minutes=31))
    kept = dict(desk.cookies)
    assert desk.get("/account/").status_code == 302
    thief = Client()
    thief.cookies.update(kept)
    assert thief.get("/account/").status_code == 302
    assert Device.objects.get().revoked_at is not None
    Organization.objects.filter(pk=organization.pk).update(settings={"idle_minutes": 60})
    later = browser(admin)
    Device.objects.filter(revoked_at__isnull=True).update(last_seen_at=clock.now() - timedelta(minutes=45))
    assert later.get("/account/").status_code == 200


@pytest.mark.clause("C5.2-04")
def test_auditing_and_privacy_are_roles_apart_from_administration():
    auditor, officer = set(permissions_of_role(AUDITOR)), set(permissions_of_role(PRIVACY_OFFICER))
    administering = {"access.grant", "organizations.edit", "people.edit"}
    assert not administering & (auditor | officer)
    assert {"audit.view", "watch.view_access"} <= auditor - officer
    assert "watch.decide_alerts" in officer - auditor
    assert administering <= set(permissions_of_role(ADMINISTRATOR))


@pytest.mark.parametrize(
    ("told", "is_well"), [(100.0, True), (96.0, True), (94.0, False), (107.0, False), (100.5, True)]
)
@pytest.mark.clause("C5.2-04")
def test_trusted_time_the_doctor_compares_both_clocks(told, is_well):
    assert agreeing(100.0, told, 101.0).well is is_well


@pytest.mark.clause("C5.2-04")
def test_the_access_log_is_never_written_by_hand(home):
    _organization, admin, _visit = home
    desk = browser(admin)
    assert desk.get("/watch/access/new/").status_code == 404
    with tenant(admin.organization_id):
        row = Access.objects.create(employee_id=admin.pk, at=NOW, method="GET", status=200)
    assert desk.get(f"/watch/access/{row.pk}/edit/").status_code == 404
