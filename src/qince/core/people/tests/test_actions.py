"""What is done to employees and departments."""

from datetime import date, timedelta

import pytest

from qince.core.accounts.models import Account, Device, OutboxMessage
from qince.core.audit.models import Entry
from qince.core.people import actions, departments
from qince.core.people.models import Affiliation, Department, Employee, Membership, ReportingLine
from qince.core.people.queries import department_names, employee_ids_under, leaders_above
from qince.core.people.tests import factories
from qince.kit import clock
from qince.kit.errors import Forbidden, NotFound, Refusal

NOW = clock.now()
YESTERDAY = NOW.date() - timedelta(days=1)


@pytest.fixture
def admin(inside):
    return factories.actor(factories.employee("管理员", roles=["administrator"]))


def make(admin, name="王芳", mobile="19912345678", **more):
    return actions.create_employee(admin, now=NOW, name=name, mobile=mobile, attested=True, **more)


def refused(code):
    return pytest.raises(Refusal, match=f"^{code}$")


def backdate(rows, day=YESTERDAY):
    rows.update(starts_on=day)


class TestCreate:
    @pytest.mark.clause("C2.1.1-02")
    def test_an_administrator_creates_the_account(self, admin):
        made = make(admin)
        assert (made.status, made.account.mobile) == ("invited", "+8619912345678")
        held = Affiliation.objects.get(account=made.account)
        assert (held.employee_id, held.is_active) == (made.pk, True)

    def test_nothing_else_is_needed(self, admin):
        made = make(admin)
        assert (made.number, made.position, made.email, made.hired_on) == ("", "", "", None)

    def test_an_account_of_another_organization_is_reused(self, admin):
        account = Account.objects.create(mobile="+8619912345678")
        assert make(admin).account == account

    @pytest.mark.parametrize(("field", "value"), [("mobile", "19912345678"), ("number", "N1")])
    def test_mobile_and_number_are_unique_among_those_present(self, admin, field, value):
        first = make(admin, number="N1")
        more = {"mobile": "19900000001", "number": "N2"} | {field: value}
        with refused("taken"):
            make(admin, name="李四", **more)
        actions.leave(admin, first, now=NOW)
        assert make(admin, name="李四", **more).pk

    def test_a_number_that_is_no_mobile_is_refused(self, admin):
        with refused("invalid_mobile"):
            make(admin, mobile="025-84567890")

    def test_the_trail_names_who_did_it(self, admin):
        made = make(admin)
        entry = Entry.objects.get(action="people.create_employee", target_id=made.pk)
        assert (entry.actor_name, entry.changes["mobile"]) == ("管理员", "199****5678")

    def test_a_rep_may_not(self, inside):
        rep = factories.actor(factories.employee(roles=["rep"]))
        with pytest.raises(Forbidden):
            make(rep)


class TestInvitation:
    @pytest.mark.clause("C2.1.1-02")
    def test_it_says_where_to_sign_in(self, admin, organization):
        made = make(admin)
        actions.invite_employee(admin, made, now=NOW)
        message = OutboxMessage.objects.get(mobile=made.mobile)
        assert organization.name in message.text
        assert "http://" in message.text

    def test_who_is_active_needs_none(self, admin):
        with refused("wrong_status"):
            actions.invite_employee(admin, factories.employee(), now=NOW)
        assert not OutboxMessage.objects.exists()


class TestEdit:
    def test_a_new_mobile_moves_to_its_account_and_signs_out(self, admin):
        made = make(admin)
        device = Device.objects.create(
            account=made.account,
            organization=made.organization,
            employee_id=made.pk,
            kind="phone",
            token_digest="x",
        )
        actions.edit_employee(admin, made, now=NOW, mobile="19987654321")
        made.refresh_from_db()
        device.refresh_from_db()
        assert made.account.mobile == made.mobile == "+8619987654321"
        assert device.revoked_at == NOW
        assert [held.account for held in Affiliation.objects.filter(employee_id=made.pk)] == [made.account]

    def test_a_mobile_somebody_else_has_is_refused(self, admin):
        make(admin)
        other = make(admin, name="李四", mobile="19900000001")
        with refused("taken"):
            actions.edit_employee(admin, other, now=NOW, mobile="19912345678")

    @pytest.mark.clause("C2.1.1-03")
    @pytest.mark.parametrize("missing", ["name", "mobile"])
    def test_nobody_is_entered_without_name_or_mobile(self, admin, missing):
        with pytest.raises(Refusal):
            make(admin, **{missing: ""})

    @pytest.mark.clause("C2.1.1-08")
    @pytest.mark.parametrize("missing", ["name", "mobile"])
    def test_emptying_a_necessary_field_suspends_and_touches_nothing_else(self, admin, missing):
        made = make(admin, position="代表", departments=[factories.department("销售部")])
        factories.employee("没有号码", mobile="", status="suspended")  # one more without is no clash
        Employee.objects.filter(pk=made.pk).update(status="active")
        before = Employee.objects.filter(pk=made.pk).values().get()
        actions.edit_employee(admin, made, now=NOW, **{missing: ""})
        after = Employee.objects.filter(pk=made.pk).values().get()
        changed = {name for name in before if before[name] != after[name]} - {"updated_at", "name_key"}
        assert changed == {missing, "status"}
        assert after["status"] == "suspended"
        assert made.memberships.filter(ends_on__isnull=True).count() == 1
        assert not Affiliation.objects.get(employee_id=made.pk).is_active
        last = Entry.objects.filter(target_id=made.pk, changes__has_key="lacks").get()
        assert last.changes["lacks"] == [missing]
        with refused("lacks_necessary"):
            actions.resume_employee(admin, made, now=NOW)

    @pytest.mark.clause("C2.1.1-08")
    def test_entered_again_the_account_can_be_resumed(self, admin):
        made = make(admin)
        actions.edit_employee(admin, made, now=NOW, mobile="")
        actions.edit_employee(admin, made, now=NOW, mobile="19900001111")
        assert not Affiliation.objects.get(employee_id=made.pk).is_active
        assert actions.resume_employee(admin, made, now=NOW).status == "active"
        made.refresh_from_db()
        assert Affiliation.objects.get(employee_id=made.pk).is_active
        assert made.account.mobile == "+8619900001111"

    def test_nobody_empties_their_own(self, admin):
        with refused("oneself"):
            actions.edit_employee(admin, Employee.objects.get(pk=admin.employee_id), now=NOW, mobile="")

    def test_saving_the_same_leaves_no_line_in_the_trail(self, admin):
        made = make(admin)
        before = Entry.objects.filter(target_id=made.pk).count()
        actions.edit_employee(admin, made, now=NOW, name="王芳", mobile="199 1234 5678")
        assert Entry.objects.filter(target_id=made.pk).count() == before

    def test_somebody_out_of_scope_does_not_exist(self, inside):
        boss = factories.employee("区域经理", roles=["manager"])
        role = boss.grants.get().role
        role.key, role.permissions, role.name = "", ["people.view", "people.edit"], "区域管理"
        role.save()
        below, other = factories.employee(leader=boss), factories.employee("旁人")
        assert (
            actions.edit_employee(factories.actor(boss), below, now=NOW, position="代表").position == "代表"
        )
        with pytest.raises(NotFound):
            actions.edit_employee(factories.actor(boss), other, now=NOW, position="代表")


class TestMove:
    def test_a_move_closes_one_membership_and_opens_the_next(self, admin):
        sales, market = factories.department("销售部"), factories.department("市场部")
        made = make(admin, departments=[sales])
        backdate(made.memberships)
        actions.move_employee(admin, made, now=NOW, departments=[market])
        held = made.memberships.order_by("starts_on").values_list("department__name", "starts_on", "ends_on")
        today = actions.today(made, NOW)
        assert list(held) == [("销售部", YESTERDAY, today), ("市场部", today, None)]

    def test_several_departments_have_one_main(self, admin):
        sales, market = factories.department("销售部"), factories.department("市场部")
        made = make(admin, departments=[sales, market])
        backdate(made.memberships)
        actions.move_employee(admin, made, now=NOW, departments=[market, sales])
        current = made.memberships.filter(ends_on__isnull=True)
        assert dict(current.values_list("department__name", "is_main")) == {"市场部": True, "销售部": False}

    def test_a_correction_on_the_same_day_leaves_no_trace(self, admin):
        sales, market = factories.department("销售部"), factories.department("市场部")
        made = make(admin, departments=[sales])
        actions.move_employee(admin, made, now=NOW, departments=[market])
        assert [held.department for held in Membership.objects.filter(employee=made)] == [market]

    def test_the_future_is_refused(self, admin):
        made = make(admin)
        with refused("future_date"):
            actions.move_employee(admin, made, now=NOW, departments=[], on=NOW.date() + timedelta(days=2))


class TestLeader:
    def test_lines_are_dated(self, admin):
        first, second = make(admin, "甲", "19900000001"), make(admin, "乙", "19900000002")
        made = make(admin, leader=first)
        backdate(made.reporting_lines)
        actions.set_leader(admin, made, now=NOW, leader=second)
        lines = ReportingLine.objects.filter(employee=made).order_by("starts_on")
        today = actions.today(made, NOW)
        assert [(line.leader, line.ends_on) for line in lines] == [(first, today), (second, None)]
        made.refresh_from_db()
        assert leaders_above(made) == [second]

    def test_circles_are_refused(self, admin):
        top = make(admin, "甲", "19900000001")
        middle = make(admin, "乙", "19900000002", leader=top)
        bottom = make(admin, "丙", "19900000003", leader=middle)
        for leader in (top, middle, bottom):
            with pytest.raises(Refusal):
                actions.set_leader(admin, top, now=NOW, leader=leader)
        top.refresh_from_db()
        assert top.leader is None

    def test_the_line_above_runs_to_the_top(self, admin):
        top = make(admin, "甲", "19900000001")
        middle = make(admin, "乙", "19900000002", leader=top)
        bottom = make(admin, "丙", "19900000003", leader=middle)
        assert leaders_above(bottom) == [middle, top]


class TestLeaving:
    @pytest.mark.clause("C2.1.1-02")
    def test_subordinates_go_to_the_successor(self, admin):
        top = make(admin, "总监", "19900000001")
        leaver = make(admin, "经理", "19900000002", leader=top, departments=[factories.department()])
        heir = make(admin, "副手", "19900000003", leader=leaver)
        below = make(admin, "代表", "19900000004", leader=leaver)
        backdate(ReportingLine.objects.all())
        actions.leave(admin, leaver, now=NOW, successor=heir)
        for row in (leaver, heir, below):
            row.refresh_from_db()
        assert (below.leader, heir.leader, leaver.leader) == (heir, top, None)
        assert (leaver.status, leaver.left_on) == ("left", actions.today(leaver, NOW))
        assert not leaver.memberships.filter(ends_on__isnull=True).exists()
        assert not Affiliation.objects.get(employee_id=leaver.pk).is_active
        assert not leaver.grants.exists()

    def test_without_a_successor_they_go_one_up(self, admin):
        top = make(admin, "总监", "19900000001")
        leaver = make(admin, "经理", "19900000002", leader=top)
        below = make(admin, "代表", "19900000004", leader=leaver)
        actions.leave(admin, leaver, now=NOW)
        below.refresh_from_db()
        assert below.leader == top

    def test_suspension_signs_out_and_resuming_lets_in_again(self, admin):
        made = make(admin)
        actions.suspend_employee(admin, made, now=NOW)
        assert not Affiliation.objects.get(employee_id=made.pk).is_active
        actions.resume_employee(admin, made, now=NOW)
        assert Affiliation.objects.get(employee_id=made.pk).is_active
        with refused("wrong_status"):
            actions.resume_employee(admin, made, now=NOW)

    def test_nobody_does_it_to_themselves(self, admin):
        myself = Employee.objects.get(pk=admin.employee_id)
        for act in (actions.suspend_employee, actions.leave):
            with refused("oneself"):
                act(admin, myself, now=NOW)

    @pytest.mark.clause("C1.1-06")
    def test_the_last_administrator_cannot_go(self, admin, organization):
        myself = Employee.objects.get(pk=admin.employee_id)
        from qince.kit.actor import system_actor

        system = system_actor(organization.pk, "test")
        for act in (actions.suspend_employee, actions.leave):
            with refused("last_administrator"):
                act(system, myself, now=NOW)
        myself.refresh_from_db()
        assert myself.status == "active"
        factories.grant(factories.employee("第二位"), "administrator")
        assert actions.leave(system, myself, now=NOW).status == "left"


class TestDepartments:
    def test_a_subtree_moves_as_a_whole(self, admin):
        sales = departments.create_department(admin, now=NOW, name="销售部")
        east = departments.create_department(admin, now=NOW, name="华东", parent=sales)
        team = departments.create_department(admin, now=NOW, name="一组", parent=east)
        other = departments.create_department(admin, now=NOW, name="大客户部")
        someone = factories.employee(department=team)
        departments.move_department(admin, east, now=NOW, parent=other)
        assert department_names()[team.pk] == "大客户部/华东/一组"
        assert employee_ids_under([str(other.pk)]) == {someone.pk}
        assert employee_ids_under([str(sales.pk)]) == set()
        assert Department.objects.get(pk=team.pk).path == f"{other.pk}/{east.pk}/{team.pk}/"

    def test_it_cannot_lie_below_itself(self, admin):
        sales = departments.create_department(admin, now=NOW, name="销售部")
        team = departments.create_department(admin, now=NOW, name="一组", parent=sales)
        for parent in (sales, team):
            with refused("department_circle"):
                departments.move_department(admin, sales, now=NOW, parent=parent)

    def test_siblings_have_different_names(self, admin):
        sales = departments.create_department(admin, now=NOW, name="销售部")
        departments.create_department(admin, now=NOW, name="销售部", parent=sales)
        with refused("department_exists"):
            departments.create_department(admin, now=NOW, name="销售部")

    def test_only_what_is_and_was_empty_can_be_deleted(self, admin):
        sales = departments.create_department(admin, now=NOW, name="销售部")
        team = departments.create_department(admin, now=NOW, name="一组", parent=sales)
        with refused("department_has_children"):
            departments.delete_department(admin, sales, now=NOW)
        someone = factories.employee(department=team)
        with refused("department_has_people"):
            departments.delete_department(admin, team, now=NOW)
        Membership.objects.filter(employee=someone).update(
            starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1)
        )
        with refused("department_has_past"):
            departments.delete_department(admin, team, now=NOW)
        Membership.objects.filter(employee=someone).delete()
        departments.delete_department(admin, team, now=NOW)
        departments.delete_department(admin, sales, now=NOW)
        assert not Department.objects.exists()

    def test_a_sub_administrator_leaves_the_tree_alone(self, inside):
        sub = factories.employee(roles=["administrator"], reach="subordinates")
        with pytest.raises(Forbidden):
            departments.create_department(factories.actor(sub), now=NOW, name="新部门")
