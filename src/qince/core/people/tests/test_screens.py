"""Employees and departments in the console, through the real middleware."""

from uuid import uuid4

import pytest
from django.urls import reverse

from qince.core.audit.erasing import erase_words
from qince.core.audit.models import Entry
from qince.core.audit.timeline import moments
from qince.core.people.department_screens import DEPARTMENTS
from qince.core.people.models import Department, Employee
from qince.core.people.screens import EMPLOYEES
from qince.core.people.tests import factories
from qince.kit import clock
from qince.kit.tenancy import tenant
from qince.kit.testing import PAYLOADS, ResourceSuite, plain, read_csv, read_xlsx


def holding(*permissions, masked=()):
    """Somebody with a role of exactly these permissions over the whole organization."""
    return factories.holding(factories.employee("某人"), *permissions, masked=masked)


class PeopleSuite(ResourceSuite):
    def browser(self, *permissions):
        return factories.browser(holding(*permissions))

    def outsider(self):
        with tenant(factories.organization("另一家")):
            return factories.browser(factories.employee("外人", roles=["administrator"]))


class TestEmployees(PeopleSuite):
    resource = EMPLOYEES

    def make(self, n):
        leader = factories.employee("总监")
        team = factories.department(f"部门{uuid4()}")
        return [factories.employee(f"员工{i:03d}", leader=leader, department=team) for i in range(n)]

    def table(self):
        heads = ["姓名", "手机号", "工号", "部门", "职位", "直属上级"]
        rows = [
            [f"张{i}", f"1990100{i:04d}", f"T{i:03d}", "销售部/一组;市场部", "业务代表", "T004"]
            for i in range(4)
        ]
        return [heads, *rows, ["李总", "19901009999", "T004", "销售部", "总监", ""]]


class TestDepartments(PeopleSuite):
    resource = DEPARTMENTS

    def make(self, n):
        return [factories.department(f"部门{i:03d}-{uuid4()}") for i in range(n)]

    def test_an_empty_tree_says_what_to_do(self):
        text = self.signed_in(*self.everything()).get(reverse("people:departments_tree")).text
        assert "q-empty" in text

    def test_a_hundred_branches_cost_as_many_queries_as_ten(self):
        browser = self.signed_in(*self.everything())
        self.made(10)
        browser.get(reverse("people:departments_tree"))
        few = self.queries(browser, reverse("people:departments_tree"))
        self.made(90)
        assert self.queries(browser, reverse("people:departments_tree")) == few

    def test_the_tree_counts_people_below_once(self):
        with tenant(self.home):
            sales = factories.department("销售部")
            first, second = factories.department("一组", sales), factories.department("二组", sales)
            someone = factories.employee(department=first)
            someone.memberships.create(department=second, is_main=False, starts_on="2026-01-01")
            factories.employee(department=second)
        page = self.signed_in("people.view").get(reverse("people:departments_tree"))
        branch = page.context["branches"][0]
        assert (branch.direct, branch.total, len(branch.children)) == (0, 2, 2)


@pytest.fixture
def admin(inside):
    return factories.employee("唐德胜", roles=["administrator"])


def rows_of(answer):
    return [row.object.name for row in answer.context["listing"].rows]


def listed(browser, **query):
    return rows_of(browser.get(reverse("people:employees_list"), query))


class TestList:
    def test_filters_narrow_and_show_as_chips(self, admin):
        sales, market = factories.department("销售部"), factories.department("市场部")
        factories.employee("甲", department=sales)
        factories.employee("乙", department=market, status="suspended")
        browser = factories.browser(admin)
        assert listed(browser, department=sales.pk) == ["甲"]
        answer = browser.get(
            reverse("people:employees_list"), {"status": "suspended", "department": market.pk}
        )
        assert rows_of(answer) == ["乙"]
        chips = answer.context["listing"].chips
        assert [(chip.label, chip.value) for chip in chips] == [
            ("Status", "Suspended"),
            ("Department", "市场部"),
        ]
        assert f"department={market.pk}" in chips[0].remove_url
        assert "status" not in chips[0].remove_url

    def test_values_of_one_filter_are_alternatives(self, admin):
        factories.employee("甲", status="suspended")
        factories.employee("乙", status="left")
        browser = factories.browser(admin)
        assert listed(browser, status=["suspended", "left"]) == ["甲", "乙"]

    def test_search_takes_every_word(self, admin):
        factories.employee("王芳", position="业务代表")
        factories.employee("王伟", position="总监")
        assert listed(factories.browser(admin), q="王 代表") == ["王芳"]

    def test_sorting_puts_empty_values_last_both_ways(self, admin):
        first, second = factories.department("AA"), factories.department("BB")
        factories.employee("甲", department=first)
        factories.employee("乙", department=second)
        browser = factories.browser(admin)
        assert listed(browser, sort="main_department") == ["甲", "乙", "唐德胜"]
        assert listed(browser, sort="-main_department") == ["乙", "甲", "唐德胜"]

    def test_grouping_counts_each_group(self, admin):
        for n in range(3):
            factories.employee(f"停{n}", status="suspended")
        answer = factories.browser(admin).get(reverse("people:employees_list"), {"group": "status"})
        groups = [(row.group, row.group_count) for row in answer.context["listing"].rows if row.group]
        assert groups == [("Active", 1), ("Suspended", 3)]

    def test_rows_coming_in_do_not_shift_the_next_page(self, admin):
        for n in range(30):
            factories.employee(f"员工{n:02d}")
        browser = factories.browser(admin)
        first = browser.get(reverse("people:employees_list"), {"size": 20})
        seen = rows_of(first)
        factories.employee("唐唐")
        factories.employee("员工00a")
        second = browser.get(first.context["listing"].next_link)
        assert rows_of(second)[0] == "员工19"
        assert not set(seen) & set(rows_of(second))

    @pytest.mark.parametrize("cursor", ["x", "bnVsbA", "W10", "WyJhIl0", "WyJhIiwiYiJd", "WzEsWzJdXQ", "'"])
    def test_a_cursor_that_makes_no_sense_gives_the_first_page(self, admin, cursor):
        assert listed(factories.browser(admin), after=cursor) == ["唐德胜"]

    def test_htmx_gets_the_table_alone_with_its_short_address(self, admin):
        columns = ["name", "mobile", "main_department", "position", "leader__name", "number", "status"]
        answer = factories.browser(admin).get(
            reverse("people:employees_list"),
            {"q": "唐", "group": "", "columns": columns},
            headers={"HX-Request": "true", "HX-Target": "div#listing"},
        )
        assert "<html" not in answer.text
        assert answer["HX-Push-Url"] == "/employees/?q=%E5%94%90"

    def test_a_manager_sees_the_own_line_only(self, inside):
        boss = factories.employee("经理", roles=["manager"])
        factories.employee("下属", leader=boss)
        stranger = factories.employee("旁人")
        browser = factories.browser(boss)
        assert listed(browser) == ["经理", "下属"]
        assert browser.get(EMPLOYEES.url("detail", stranger.pk)).status_code == 404

    def test_saved_views_can_be_shared_but_only_deleted_by_their_owner(self, admin):
        browser = factories.browser(admin)
        save = {"name": "停用的", "state": "status=suspended", "is_shared": "1"}
        browser.post(EMPLOYEES.url("views"), save)
        colleague = factories.browser(factories.employee("王芳", roles=["rep"]))
        views = colleague.get(EMPLOYEES.url("list"), {"status": "suspended"}).context["listing"].views
        assert [(view.name, view.is_own) for view in views] == [("停用的", False)]
        assert colleague.post(EMPLOYEES.url("view_deletion", views[0].id)).status_code == 404
        assert browser.post(EMPLOYEES.url("view_deletion", views[0].id)).status_code == 302
        assert browser.get(EMPLOYEES.url("list")).context["listing"].views == []


class TestMasks:
    @pytest.fixture
    def masked(self, inside):
        found = holding("people.view", "people.edit", "people.export", masked=["people.employee.mobile"])
        factories.employee("王芳", mobile="+8619912345678")
        return factories.browser(found)

    def test_masked_mobiles_appear_nowhere(self, masked, inside):
        row = Employee.objects.get(name="王芳")
        pages = [
            EMPLOYEES.url("list") + "?columns=mobile&columns=name",
            EMPLOYEES.url("detail", row.pk),
            EMPLOYEES.url("print"),
            EMPLOYEES.url("print_one", row.pk),
            EMPLOYEES.url("edit", row.pk),
        ]
        for page in pages:
            text = masked.get(page).text
            assert "19912345678" not in text, page
            assert "****" in text or "edit" in page, page
        assert "19912345678" not in str(read_csv(masked.get(EMPLOYEES.url("export_csv"))))
        assert "19912345678" not in str(read_xlsx(masked.get(EMPLOYEES.url("export_xlsx"))))

    def test_masked_mobiles_cannot_be_searched_or_sorted(self, masked, inside):
        assert listed(masked, q="19912345678") == []
        answer = masked.get(EMPLOYEES.url("list"), {"sort": "mobile"})
        assert answer.context["state"].sort == ""

    def test_editing_leaves_a_masked_mobile_alone(self, masked, inside):
        row = Employee.objects.get(name="王芳")
        masked.post(EMPLOYEES.url("edit", row.pk), {"name": "王芳芳", "mobile": "19900001111"})
        row.refresh_from_db()
        assert (row.name, row.mobile) == ("王芳芳", "+8619912345678")

    def test_the_timeline_masks_too(self, masked, admin):
        row = Employee.objects.get(name="王芳")
        factories.browser(admin).post(
            EMPLOYEES.url("edit", row.pk), {"name": "王芳", "mobile": "19987654321"}
        )
        text = masked.get(EMPLOYEES.url("detail", row.pk)).text
        assert "99876" not in text
        assert "****" in text
        assert "9987654321" in factories.browser(admin).get(EMPLOYEES.url("detail", row.pk)).text


class TestForms:
    def test_creating_makes_an_employee_who_can_sign_in(self, admin):
        team = factories.department("销售部")
        posted = {"name": "王芳", "mobile": "199 1234 5678", "main_department": team.pk, "leader": admin.pk}
        posted["attested"] = "on"
        answer = factories.browser(admin).post(EMPLOYEES.url("new"), posted)
        made = Employee.objects.get(name="王芳")
        assert answer["Location"] == EMPLOYEES.url("detail", made.pk)
        assert (made.mobile, made.account.mobile, made.leader_id) == (
            "+8619912345678",
            "+8619912345678",
            admin.pk,
        )
        assert [held.department.name for held in made.memberships.all()] == ["销售部"]
        assert made.grants.get().role.key == "rep"

    def test_a_refusal_stands_at_its_field_and_nothing_is_written(self, admin):
        factories.employee("老王", mobile="+8619912345678")
        answer = factories.browser(admin).post(
            EMPLOYEES.url("new"), {"name": "王芳", "mobile": "19912345678", "attested": "on"}
        )
        assert answer.status_code == 422
        assert answer.context["form"].errors["mobile"] == ["老王 already has this mobile number."]
        assert not Employee.objects.filter(name="王芳").exists()

    @pytest.mark.clause("C2.1.1-03")
    @pytest.mark.parametrize("missing", ["name", "mobile"])
    def test_name_and_mobile_are_required(self, admin, missing):
        posted = {"name": "王芳", "mobile": "19912345678", missing: ""}
        answer = factories.browser(admin).post(EMPLOYEES.url("new"), posted)
        assert answer.status_code == 422
        assert missing in answer.context["form"].errors

    @pytest.mark.clause("C2.1.1-08")
    @pytest.mark.parametrize("missing", ["name", "mobile"])
    def test_emptied_on_the_page_the_account_is_suspended_and_says_why(self, admin, missing):
        made = factories.employee("王芳", mobile="+8619912345678")
        browser = factories.browser(admin)
        assert "the account is suspended" in browser.get(EMPLOYEES.url("edit", made.pk)).text
        posted = {"name": "王芳", "mobile": "19912345678", missing: ""}
        text = browser.post(EMPLOYEES.url("edit", made.pk), posted, follow=True).text
        assert "Suspended" in text
        assert "the account cannot be used" in text
        assert browser.get(EMPLOYEES.url("list")).status_code == 200


class TestActs:
    def test_each_row_has_its_own_outcome(self, admin):
        good, already = factories.employee("甲"), factories.employee("乙", status="suspended")
        posted = {"ids": [good.pk, already.pk], "confirmed": "1"}
        answer = factories.browser(admin).post(EMPLOYEES.url("bulk", "suspend"), posted)
        assert [(found.name, found.problem) for found in answer.context["failed"]] == [
            ("乙", "乙 is “Suspended”: this cannot be done now.")
        ]
        good.refresh_from_db()
        assert (answer.context["done"], good.status) == (1, "suspended")

    def test_it_asks_first(self, admin):
        found = factories.employee("甲")
        answer = factories.browser(admin).post(EMPLOYEES.url("bulk", "suspend"), {"ids": [found.pk]})
        found.refresh_from_db()
        assert (answer.status_code, found.status) == (200, "active")

    def test_all_takes_every_row_of_the_state_and_no_other(self, admin):
        rows = [factories.employee(f"员工{n}", status="suspended") for n in range(60)]
        factories.employee("在职")
        posted = {"all": "1", "state": "status=suspended", "ids": [rows[0].pk]}
        answer = factories.browser(admin).post(EMPLOYEES.url("bulk", "resume"), posted)
        assert answer.status_code == 302
        assert not Employee.objects.filter(status="suspended").exists()

    def test_an_act_needs_its_own_permission(self, inside):
        found = factories.employee("甲")
        viewer = factories.browser(holding("people.view"))
        answer = viewer.post(EMPLOYEES.url("bulk", "suspend"), {"ids": [found.pk], "confirmed": "1"})
        assert answer.status_code == 403

    def test_leaving_asks_for_a_successor(self, admin):
        leaver = factories.employee("甲")
        heir = factories.employee("乙")
        below = factories.employee("丙", leader=leaver)
        browser = factories.browser(admin)
        url = EMPLOYEES.url("act", leaver.pk, "leave")
        assert "Successor" in browser.get(url).text
        browser.post(url, {"confirmed": "1", "successor": heir.pk})
        below.refresh_from_db()
        leaver.refresh_from_db()
        assert (below.leader_id, leaver.status) == (heir.pk, "left")

    def test_the_leavers_page_opens_and_tells_who_took_over(self, admin):
        leaver, heir = factories.employee("甲"), factories.employee("乙")
        for name in ("丙", "丁"):
            factories.employee(name, leader=leaver)
        browser = factories.browser(admin)
        posted = {"confirmed": "1", "successor": heir.pk}
        page = browser.post(EMPLOYEES.url("act", leaver.pk, "leave"), posted, follow=True)
        assert page.status_code == 200
        assert "Left the company" in page.text
        told = {label: (old, new) for label, old, new in moments(factories.actor(admin), leaver)[0].changes}
        assert told["Subordinates"] == ("", "丙, 丁") or told["Subordinates"] == ("", "丁, 丙")
        assert told["Successor"] == ("", "乙")

    def test_a_subordinates_name_can_be_erased_from_the_leavers_trail(self, admin):
        leaver = factories.employee("甲")
        for name in ("丙丙", "丁丁"):
            factories.employee(name, leader=leaver)
        factories.browser(admin).post(EMPLOYEES.url("act", leaver.pk, "leave"), {"confirmed": "1"})
        erase_words({"丙丙": "某人"})
        [entry] = Entry.objects.filter(action="people.leave", target_id=leaver.pk)
        assert sorted(entry.changes["subordinates"][0]) == ["丁丁", "某人"]

    def test_a_leavers_page_of_before_opens_too(self, admin):
        """The trail of an earlier release names the subordinates in a list, as the relation is called."""
        leaver = factories.employee("甲", status="left")
        Entry.objects.create(
            at=clock.now(), action="people.leave", actor_name="唐德胜", client="console", digest=b"0" * 32,
            target_kind="people.employee", target_id=leaver.pk, changes={"subordinates": ["丙", "丁", "戊"]},
        )  # fmt: skip
        page = factories.browser(admin).get(EMPLOYEES.url("detail", leaver.pk))
        assert page.status_code == 200
        assert "丙" in page.text


class TestExport:
    @pytest.fixture
    def full(self, admin):
        """An employee for each payload, in the name and the position."""
        for n, payload in enumerate(PAYLOADS):
            row = factories.employee(f"{payload[:40]}{n}")
            Employee.objects.filter(pk=row.pk).update(position=payload[:60])
        return factories.browser(admin)

    def test_two_hundred_payloads_stay_text_in_csv_and_come_back(self, full):
        assert len(PAYLOADS) >= 200
        table = read_csv(full.get(EMPLOYEES.url("export_csv"), {"columns": ["name", "position"]}))
        assert not any(cell.lstrip()[:1] in tuple("=+-@|%＝＋－＠") for row in table for cell in row if cell)
        stored = sorted(Employee.objects.values_list("name", "position"))
        assert sorted(tuple(plain(row)) for row in table[1:]) == stored

    def test_two_hundred_payloads_are_no_formula_in_xlsx(self, full):
        table = read_xlsx(full.get(EMPLOYEES.url("export_xlsx"), {"columns": ["name"]}))
        assert len(table) == Employee.objects.count() + 1

    def test_importing_an_export_changes_nothing(self, full, tmp_path):
        suite = TestEmployees()
        columns = ["name", "mobile", "position", "number"]
        table = read_csv(full.get(EMPLOYEES.url("export_csv"), {"columns": columns}))
        report = suite.preview(full, table)
        assert (report["new"], report["changed"], report["faulty"]) == (0, 0, 0)
        assert report["same"] == len(PAYLOADS) + 1

    def test_an_export_is_in_the_trail(self, admin):
        from qince.core.audit.models import Entry

        b"".join(factories.browser(admin).get(EMPLOYEES.url("export_csv"), {"q": "唐"}).streaming_content)
        entry = Entry.objects.get(action="people.employees.export")
        assert (entry.actor_name, entry.changes["format"], entry.changes["state"]) == (
            "唐德胜",
            "csv",
            "q=%E5%94%90",
        )

    def test_exports_are_streamed_in_chunks(self, admin):
        assert Department.objects.count() == 0
        for n in range(5):
            factories.employee(f"员工{n}")
        answer = factories.browser(admin).get(EMPLOYEES.url("export_csv"))
        assert answer.streaming
        assert len(list(answer.streaming_content)) == Employee.objects.count() + 2  # the mark, the headings


def test_the_palette_finds_those_in_sight(admin):
    boss = factories.employee("王经理", roles=["manager"])
    factories.employee("王代表", leader=boss, number="D7")
    factories.employee("王旁人")

    def found(viewer, text):
        return sorted(
            each["label"] for each in factories.browser(viewer).get("/search", {"q": text}).json()["results"]
        )

    assert found(boss, "王") == ["王代表", "王经理"]
    assert found(boss, "d7") == ["王代表"]
    assert len(found(admin, "王")) == 3
    assert found(factories.employee("无角色"), "王") == []
