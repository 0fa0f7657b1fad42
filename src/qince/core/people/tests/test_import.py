"""The address book as a table."""

import io
import json
from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from qince.core.audit.models import Entry
from qince.core.people.models import Department, Employee, ReportingLine
from qince.core.people.queries import department_names
from qince.core.people.screens import EMPLOYEES
from qince.core.people.tests import factories
from qince.kit.tenancy import tenant
from qince.kit.testing import as_csv

EXAMPLES = Path(settings.ROOT) / "examples"
HEADS = ["姓名", "手机号", "工号", "部门", "职位", "直属上级"]


@pytest.fixture(autouse=True)
def _data(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def admin(organization):
    with tenant(organization):
        return factories.browser(factories.employee("管理员", roles=["administrator"], number="ADMIN"))


@pytest.fixture
def browser(admin, inside):
    return admin


def upload(browser, content, name="book.csv"):
    if isinstance(content, list):
        content = as_csv(content).encode("utf-8-sig")
    file = SimpleUploadedFile(name, content)
    return browser.post(EMPLOYEES.url("import"), {"file": file}, follow=True)


def counts(report):
    return tuple(report.counts.get(kind, 0) for kind in ("new", "changed", "same", "faulty"))


def confirm(browser, page, **more):
    return browser.post(page.request["PATH_INFO"], {"step": "import", "attested": "1", **more}, follow=True)


def run(browser, content, name="book.csv"):
    page = upload(browser, content, name)
    done = confirm(browser, page).context["result"]["counts"]
    return tuple(done.get(kind, 0) for kind in ("new", "changed", "same", "faulty"))


def example(name):
    return (EXAMPLES / name).read_bytes()


def problems(report):
    return {
        line.number: [(label, message) for label, message, _ in line.problems]
        for line in report.lines
        if line.problems
    }


@pytest.mark.clause("C1.1-04")
def test_a_thousand_rows_with_three_bad_ones(browser):
    """997 go in, 3 are reported with row, column, reason and remedy; a second run adds none."""
    rows = [
        [f"员工{n}", f"1991{n:07d}", f"N{n:04d}", f"销售部/{n % 9}组", "业务代表", "N0000" if n else ""]
        for n in range(1000)
    ]
    rows[100][1] = "12345"  # no mobile
    rows[200][0] = ""  # no name
    rows[300][1] = rows[299][1]  # somebody else's mobile
    page = upload(browser, [HEADS, *rows])
    report = page.context["report"]
    assert counts(report) == (997, 0, 0, 3)
    assert problems(report) == {
        102: [("Mobile", "“12345” is no mobile number.")],
        202: [("Full name", "It is empty.")],
        302: [("Mobile", "The same value stands in row 301.")],
    }
    assert Employee.objects.count() == 1
    done = confirm(browser, page).context["result"]["counts"]
    assert done == {"new": 997, "faulty": 3}
    assert Employee.objects.count() == 998
    assert Department.objects.count() == 10
    again = upload(browser, [HEADS, *rows]).context["report"]
    assert counts(again) == (0, 0, 997, 3)
    assert again.to_write == 0


class TestExamples:
    def test_our_template(self, browser):
        assert run(browser, example("address-book.xlsx"), "book.xlsx") == (60, 0, 0, 0)
        assert Department.objects.count() == 8
        manager = Employee.objects.get(number="ZX007")
        assert Employee.objects.get(number="ZX008").leader == manager
        assert manager.leader.number == "ZX004"
        double = Employee.objects.get(number="ZX006").memberships.order_by("-is_main")
        assert [(held.department.name, held.is_main) for held in double] == [
            ("销售部", True),
            ("市场部", False),
        ]
        assert run(browser, example("address-book.xlsx"), "book.xlsx") == (0, 0, 60, 0)

    def test_managers_may_stand_below_their_subordinates(self, browser):
        run(browser, example("address-book.xlsx"), "book.xlsx")
        sheet = openpyxl.load_workbook(EXAMPLES / "address-book.xlsx").worksheets[0]
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        order = {row[2]: n for n, row in enumerate(rows)}
        below = [row for row in rows if row[5] in order and order[row[5]] > order[row[2]]]
        assert below
        for row in below:
            assert Employee.objects.get(number=row[2]).leader.number == row[5]
        assert ReportingLine.objects.count() == len([row for row in rows if row[5]])

    def test_two_bad_rows_are_mended_and_come_in(self, browser):
        page = upload(browser, example("address-book-faulty.xlsx"), "book.xlsx")
        assert counts(page.context["report"]) == (58, 0, 0, 2)
        found = problems(page.context["report"])
        assert sorted(label for lines in found.values() for label, _message in lines) == [
            "Direct leader",
            "Mobile",
        ]
        confirm(browser, page)
        path = page.request["PATH_INFO"]
        faults = b"".join(browser.get(f"{path}faults.xlsx").streaming_content)
        book = openpyxl.load_workbook(io.BytesIO(faults))
        sheet = book.worksheets[0]
        heads = [cell.value for cell in sheet[1]]
        assert (sheet.max_row, heads[-1]) == (3, "What is wrong")
        for row in sheet.iter_rows(min_row=2):
            if row[2].value == "ZX015":
                row[1].value = "19900000115"
            if row[2].value == "ZX044":
                row[5].value = "ZX004"
        mended = io.BytesIO()
        book.save(mended)
        assert run(browser, mended.getvalue(), "mended.xlsx") == (2, 0, 0, 0)
        assert counts(upload(browser, example("address-book.xlsx"), "b.xlsx").context["report"])[0] == 0

    def test_faults_about_people_already_here(self, browser):
        run(browser, example("address-book.xlsx"), "book.xlsx")
        report = upload(browser, example("address-book-faulty.xlsx"), "book.xlsx").context["report"]
        assert counts(report) == (0, 0, 58, 2)

    @pytest.mark.parametrize("name", ["address-book-dingtalk.xlsx", "address-book-wecom.xlsx"])
    def test_exports_of_other_vendors(self, organization, browser, name):
        organization.name = "南京钟溪食品饮料有限公司"
        organization.save()
        assert run(browser, example(name), name) == (10, 0, 0, 0)
        assert "销售部/华东一区/城区组" in department_names().values()
        assert "南京钟溪食品饮料有限公司" not in {found.name for found in Department.objects.all()}
        double = Employee.objects.get(name="徐晓峰").memberships.order_by("-is_main")
        assert [held.department.name for held in double] == ["销售部", "市场部"]
        assert run(browser, example(name), name) == (0, 0, 10, 0)

    def test_another_vendors_export_of_the_same_people_changes_nothing(self, organization, browser):
        organization.name = "南京钟溪食品饮料有限公司"
        organization.save()
        run(browser, example("address-book.xlsx"), "book.xlsx")
        for name in ("address-book-dingtalk.xlsx", "address-book-wecom.xlsx"):
            report = upload(browser, example(name), name).context["report"]
            assert (report.counts["new"], report.counts["faulty"]) == (0, 0)
        assert counts(report) == (0, 0, 10, 0)

    def test_dingtalk_says_who_heads_a_department(self, browser):
        run(browser, example("address-book-dingtalk.xlsx"), "dingtalk.xlsx")
        heads = Employee.objects.filter(memberships__is_head=True).values_list("name", flat=True)
        assert {"袁小曼", "于鹏飞", "赵正阳"} <= set(heads)
        assert "徐晓峰" not in heads


class TestLeaders:
    def book(self, *rows):
        return [HEADS, *([*row, "", ""][:6] for row in rows)]

    def test_by_number_mobile_or_unique_name(self, browser):
        rows = [
            ["甲", "19900000001", "N1", "", "", "N4"],
            ["乙", "19900000002", "N2", "", "", "19900000004"],
            ["丙", "19900000003", "N3", "", "", "丁(N4)"],
            ["丁", "19900000004", "N4", "", "", ""],
            ["戊", "19900000005", "N5", "", "", "丁"],
        ]
        assert run(browser, [HEADS, *rows]) == (5, 0, 0, 0)
        leaders = Employee.objects.filter(leader__name="丁").values_list("name", flat=True)
        assert sorted(leaders) == ["丙", "乙", "戊", "甲"]

    def test_a_name_two_people_have_needs_a_number(self, browser):
        rows = [
            ["李娜", "19900000001", "N1"],
            ["李娜", "19900000002", "N2"],
            ["王芳", "19900000003", "N3", "", "", "李娜"],
        ]
        report = upload(browser, self.book(*rows)).context["report"]
        assert problems(report) == {4: [("Direct leader", "Several people are called “李娜”.")]}

    def test_an_unknown_leader_fails_that_row_only(self, browser):
        rows = [["甲", "19900000001", "N1", "", "", "N9"], ["乙", "19900000002", "N2"]]
        report = upload(browser, self.book(*rows)).context["report"]
        assert counts(report) == (1, 0, 0, 1)

    def test_a_circle_is_told_before_anything_is_written(self, browser):
        rows = [["甲", "19900000001", "N1", "", "", "N2"], ["乙", "19900000002", "N2", "", "", "N1"]]
        report = upload(browser, self.book(*rows)).context["report"]
        assert counts(report) == (0, 0, 0, 2)

    def test_the_subordinate_of_a_faulty_row_comes_in_without_a_leader(self, browser):
        rows = [["甲", "123", "N1"], ["乙", "19900000002", "N2", "", "", "N1"]]
        page = upload(browser, self.book(*rows))
        assert counts(page.context["report"]) == (1, 0, 0, 1)
        assert "which is faulty: no leader is set" in page.text
        confirm(browser, page)
        assert Employee.objects.get(name="乙").leader is None


class TestDifferences:
    def test_old_and_new_are_shown_and_written(self, browser):
        run(browser, [HEADS, ["王芳", "19900000001", "N1", "销售部", "代表", ""]])
        page = upload(browser, [HEADS, ["王芳", "19900000009", "N1", "市场部", "主管", ""]])
        (line,) = page.context["report"].lines
        assert sorted(line.changes) == [
            ("Departments", "销售部", "市场部"),
            ("Job title", "代表", "主管"),
            ("Mobile", "19900000001", "19900000009"),
        ]
        confirm(browser, page)
        row = Employee.objects.get(number="N1")
        assert (row.mobile, row.position, row.account.mobile) == ("+8619900000009", "主管", "+8619900000009")

    def test_blank_cells_leave_what_is_stored(self, browser):
        run(browser, [HEADS, ["王芳", "19900000001", "N1", "销售部", "代表", ""]])
        assert counts(
            upload(browser, [HEADS, ["王芳", "19900000001", "", "", "", ""]]).context["report"]
        ) == (0, 0, 1, 0)

    def test_a_number_of_one_and_the_mobile_of_another_is_a_fault(self, browser):
        run(
            browser, [HEADS, ["甲", "19900000001", "N1", "", "", ""], ["乙", "19900000002", "N2", "", "", ""]]
        )
        report = upload(browser, [HEADS, ["甲", "19900000002", "N1", "", "", ""]]).context["report"]
        assert problems(report) == {2: [("Mobile", "乙 already has this mobile number.")]}

    def test_another_head_of_a_department_is_a_change(self, browser):
        heads = [*HEADS, "部门主管"]
        run(browser, [heads, ["王芳", "19900000001", "N1", "销售部;市场部", "", "", "是,否"]])
        same = upload(browser, [heads, ["王芳", "19900000001", "N1", "销售部;市场部", "", "", "是"]])
        assert counts(same.context["report"]) == (0, 0, 1, 0)
        run(browser, [heads, ["王芳", "19900000001", "N1", "销售部;市场部", "", "", "否,是"]])
        held = Employee.objects.get(number="N1").memberships.filter(is_head=True)
        assert [each.department.name for each in held] == ["市场部"]


class TestSafeguards:
    BOOK = [HEADS, ["王芳", "19900000001", "N1", "", "", ""]]

    @pytest.mark.clause("C2.2.5-06")
    def test_without_the_attestation_nothing_is_imported(self, browser):
        page = upload(browser, self.BOOK)
        answer = confirm(browser, page, attested="")
        assert answer.status_code == 422
        assert "Confirm the statement" in answer.text
        assert not Employee.objects.filter(number="N1").exists()

    @pytest.mark.clause("C2.2.5-06")
    def test_the_attestation_is_in_the_trail(self, browser):
        confirm(browser, upload(browser, self.BOOK))
        entry = Entry.objects.get(action="people.employees.import", target_id=None)
        assert "have agreed" in entry.changes["attested"]
        assert entry.changes["new"] == 1

    def test_an_upload_belongs_to_its_uploader(self, browser, organization):
        page = upload(browser, self.BOOK).request["PATH_INFO"]
        colleague = factories.browser(factories.employee("另一位", roles=["administrator"]))
        assert colleague.get(page).status_code == 404
        assert colleague.post(page, {"step": "import", "attested": "1"}).status_code == 404
        assert browser.get(page).status_code == 200

    def test_an_upload_is_gone_after_a_day(self, browser, settings):
        page = upload(browser, self.BOOK).request["PATH_INFO"]
        (note,) = settings.DATA.glob("imports/*/*.json")
        kept = json.loads(note.read_text())
        note.write_text(json.dumps(kept | {"kept_at": kept["kept_at"] - 25 * 3600}))
        assert browser.get(page).status_code == 404

    def test_columns_can_be_chosen_by_hand(self, browser):
        table = [["谁", "号", "x"], ["王芳", "19900000001", ""]]
        page = upload(browser, table)
        assert page.context["missing"] == ["Full name", "Mobile"]
        path = page.request["PATH_INFO"]
        assert confirm(browser, page).status_code == 422
        page = browser.post(path, {"step": "columns", "column-name": "0", "column-mobile": "1"}, follow=True)
        assert counts(page.context["report"]) == (1, 0, 0, 0)

    def test_instructions_above_the_headings_are_passed_over(self, browser):
        table = [["员工导入模板填写须知：请勿修改表头"], [""], HEADS, ["王芳", "19900000001", "", "", "", ""]]
        assert counts(upload(browser, table).context["report"]) == (1, 0, 0, 0)

    def test_gb18030_as_chinese_excel_writes_it(self, browser):
        assert counts(upload(browser, as_csv(self.BOOK).encode("gb18030")).context["report"]) == (1, 0, 0, 0)

    def test_a_sub_administrator_does_not_import(self, inside):
        sub = factories.browser(factories.employee(roles=["administrator"], reach="subordinates"))
        answer = upload(sub, self.BOOK)
        assert answer.status_code == 403
