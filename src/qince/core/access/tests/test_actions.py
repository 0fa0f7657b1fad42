"""Granting, withdrawing, and making roles: nobody gives what they do not hold."""

import pytest

from qince.core.access import actions
from qince.core.access.models import Grant, Role
from qince.core.access.queries import actor_for
from qince.core.access.tracing import explain
from qince.core.people import actions as people
from qince.core.people.models import Employee
from qince.core.people.tests import factories
from qince.kit import clock
from qince.kit.errors import Forbidden, NotFound, Refusal

NOW = clock.now()


@pytest.fixture
def admin(inside):
    return factories.employee("管理员", roles=["administrator"])


@pytest.fixture
def sub(admin):
    """A sub-administrator: may edit and grant, over the own line only."""
    found = factories.employee("区域管理员", leader=admin)
    role = Role.objects.create(name="区域管理", permissions=["people.view", "people.edit", "access.grant"])
    Grant.objects.create(employee=found, role=role, reach="subordinates")
    return found


def refused(code):
    return pytest.raises(Refusal, match=f"^{code}$")


def role(key):
    return Role.objects.get(key=key)


def give(by, to, what, reach="self", **more):
    return actions.grant_role(factories.actor(by), to, now=NOW, role=what, reach=reach, **more)


class TestGranting:
    def test_it_takes_effect_at_once_and_is_on_record(self, admin):
        found = factories.employee("王芳")
        grant = give(admin, found, role("manager"), "subordinates")
        assert grant.granted_by == admin
        assert factories.actor(found).may("people.view")

    def test_over_departments_it_reaches_those_below(self, admin):
        sales = factories.department("销售部")
        team = factories.department("一组", sales)
        member, other = factories.employee(department=team), factories.employee("旁人")
        found = factories.employee("王芳")
        give(admin, found, role("manager"), "departments", departments=[sales])
        scope = factories.actor(found).scope("people.view")
        assert (scope.covers(member.pk), scope.covers(other.pk), scope.covers(found.pk)) == (
            True,
            False,
            True,
        )

    def test_departments_must_be_named(self, admin):
        with refused("departments_required"):
            give(admin, factories.employee(), role("manager"), "departments")

    def test_twice_is_refused(self, admin):
        found = factories.employee()
        give(admin, found, role("manager"))
        with refused("granted_already"):
            give(admin, found, role("manager"))

    def test_a_sub_administrator_gives_within_the_own_line(self, sub):
        below = factories.employee("下属", leader=sub)
        own = sub.grants.get().role
        assert give(sub, below, own, "subordinates").pk

    @pytest.mark.parametrize(
        ("key", "reach"), [("administrator", "organization"), ("administrator", "self"), ("auditor", "self")]
    )
    def test_a_sub_administrator_cannot_give_more_than_they_hold(self, sub, key, reach):
        below = factories.employee("下属", leader=sub)
        with refused("beyond_own_scope"):
            give(sub, below, role(key), reach)
        assert not below.grants.exists()

    def test_nor_over_more_people_than_they_reach(self, sub):
        below = factories.employee("下属", leader=sub)
        with refused("beyond_own_scope"):
            give(sub, below, sub.grants.get().role, "organization")

    @pytest.mark.clause("C6.1-06")
    def test_nor_to_themselves(self, sub):
        with refused("beyond_own_scope"):
            give(sub, sub, role("administrator"), "organization")

    def test_people_out_of_reach_do_not_exist(self, sub):
        with pytest.raises(NotFound):
            give(sub, factories.employee("旁人"), sub.grants.get().role)

    def test_a_field_masked_for_oneself_stays_masked(self, admin, sub):
        own = sub.grants.get().role
        own.masked_fields = ["people.employee.mobile"]
        own.save()
        clear = Role.objects.create(name="看得见", permissions=["people.view"])
        below = factories.employee("下属", leader=sub)
        with refused("beyond_own_fields"):
            give(sub, below, clear)
        assert give(sub, below, own).pk

    def test_without_the_permission_nothing(self, inside):
        rep = factories.employee(roles=["rep"])
        with pytest.raises(Forbidden):
            give(rep, rep, role("administrator"), "organization")


class TestWithdrawing:
    def test_it_takes_effect_at_the_next_request(self, admin):
        found = factories.employee("王芳", roles=["administrator"])
        browser = factories.browser(found)
        assert browser.get("/roles/").status_code == 200
        actions.revoke_grant(factories.actor(admin), found.grants.get(), now=NOW)
        assert browser.get("/roles/").status_code == 403

    @pytest.mark.clause("C1.1-06")
    def test_the_last_administrator_stays(self, admin):
        own = admin.grants.get()
        with refused("last_administrator"):
            actions.revoke_grant(factories.actor(admin), own, now=NOW)
        second = factories.employee("第二位", roles=["administrator"])
        actions.revoke_grant(factories.actor(second), own, now=NOW)
        assert not factories.actor(admin).may("access.grant")

    def test_the_last_privacy_officer_stays(self, admin):
        officer = factories.employee("隐私专员", roles=["privacy_officer"])
        own = officer.grants.get()
        with refused("last_privacy_officer"):
            actions.revoke_grant(factories.actor(admin), own, now=NOW)
        with refused("last_privacy_officer"):
            people.suspend_employee(factories.actor(admin), officer, now=NOW)
        factories.employee("第二位", roles=["privacy_officer"])
        actions.revoke_grant(factories.actor(admin), own, now=NOW)

    @pytest.mark.clause("C1.1-06")
    def test_a_suspended_administrator_does_not_count(self, admin):
        factories.employee("停用的", roles=["administrator"], status="suspended")
        with refused("last_administrator"):
            actions.revoke_grant(factories.actor(admin), admin.grants.get(), now=NOW)

    def test_a_sub_administrator_cannot_take_an_administrators_role(self, admin, sub):
        factories.grant(factories.employee("第二位"), "administrator")
        Employee.objects.filter(pk=admin.pk).update(leader=sub)
        with refused("beyond_own_scope"):
            actions.revoke_grant(factories.actor(sub), admin.grants.get(), now=NOW)


class TestRoles:
    def test_a_role_of_ones_own(self, admin):
        made = actions.create_role(
            factories.actor(admin),
            now=NOW,
            name="内勤",
            codes=["people.view"],
            masked_fields=["people.employee.mobile"],
        )
        found = factories.employee("王芳", roles=["rep"])
        give(admin, found, made, "organization")
        actor = actor_for(found, client="console", locale="en")
        assert actor.scope("people.view").everyone
        assert not actor.sees_field("people.employee.mobile")

    def test_built_in_roles_stay_as_they_are(self, admin):
        with refused("built_in_role"):
            actions.edit_role(factories.actor(admin), role("rep"), now=NOW, name="x", codes=["access.grant"])

    def test_unknown_permissions_are_refused(self, admin):
        with refused("unknown_permission"):
            actions.create_role(factories.actor(admin), now=NOW, name="x", codes=["no.such"])

    def test_nobody_makes_a_role_of_what_they_do_not_hold(self, admin):
        found = factories.employee("编辑者")
        own = Role.objects.create(name="编辑角色", permissions=["access.edit_roles", "people.view"])
        Grant.objects.create(employee=found, role=own, reach="organization")
        actor = factories.actor(found)
        with refused("beyond_own_scope"):
            actions.create_role(actor, now=NOW, name="x", codes=["access.grant"])
        with refused("beyond_own_scope"):
            actions.edit_role(
                actor, own, now=NOW, name="编辑角色", codes=["access.edit_roles", "access.grant"]
            )
        bigger = actions.create_role(factories.actor(admin), now=NOW, name="大", codes=["access.grant"])
        with refused("beyond_own_scope"):
            actions.edit_role(actor, bigger, now=NOW, name="大", codes=[])

    def test_a_role_in_use_is_not_deleted(self, admin):
        made = actions.create_role(factories.actor(admin), now=NOW, name="内勤", codes=["people.view"])
        grant = give(admin, factories.employee(), made)
        with refused("role_in_use"):
            actions.delete_role(factories.actor(admin), made, now=NOW)
        grant.delete()
        actions.delete_role(factories.actor(admin), made, now=NOW)


@pytest.mark.usefixtures("in_english")
class TestTrace:
    def test_by_the_reporting_line(self, admin):
        boss = factories.employee("总监", roles=["manager"])
        middle = factories.employee("经理", leader=boss)
        rep = factories.employee("代表", leader=middle)
        found = explain(boss, rep, "people.view")
        assert found.is_allowed
        assert [reason.way for reason in found.reasons] == ["Reporting line: 代表 → 经理 → 总监."]
        assert not explain(middle, boss, "people.view").is_allowed

    def test_by_a_department(self, admin):
        sales = factories.department("销售部")
        rep = factories.employee("代表", department=factories.department("一组", sales))
        found = factories.employee("内勤")
        factories.grant(found, "manager", "departments", [sales])
        assert [reason.way for reason in explain(found, rep, "people.view").reasons] == [
            "They are in 一组, which belongs to 销售部."
        ]
        assert not explain(found, admin, "people.view").is_allowed

    def test_what_the_trace_says_is_what_the_scope_does(self, admin):
        sales = factories.department("销售部")
        boss = factories.employee("总监", roles=["manager"])
        people = [
            boss,
            factories.employee("下属", leader=boss),
            factories.employee("同事", department=sales),
            factories.employee("内勤", roles=["rep"]),
            admin,
        ]
        factories.grant(people[3], "manager", "departments", [sales])
        for viewer in people:
            for subject in people:
                for code in ("people.view", "people.edit", "access.grant"):
                    says = explain(viewer, subject, code).is_allowed
                    assert says == factories.actor(viewer).scope(code).covers(subject.pk), (
                        viewer,
                        subject,
                        code,
                    )
