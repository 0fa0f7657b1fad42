"""Leave in the console: who sees which rows, the ledger explained, the team's month, papers."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qince.core.audit.models import Entry as Trail
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.employee.leave import console_acts
from qince.employee.leave.actions import booking, papers
from qince.employee.leave.models import Account, LeaveRequest, LeaveType
from qince.employee.leave.privacy import PAPERS
from qince.employee.leave.reckoning.counting import Part, Segment
from qince.employee.leave.reckoning.terms import Granting, Terms
from qince.employee.leave.screens import BALANCES, REQUESTS, TYPES
from qince.employee.leave.tests.factories import D, admin, leave_type
from qince.employee.leave.tests.scene import NOW as ASKED
from qince.employee.leave.tests.scene import approve, ask, send_back, whole
from qince.kit import clock
from qince.kit.tenancy import tenant
from qince.kit.testing import ResourceSuite

NOW = clock.now()


class LeaveSuite(ResourceSuite):
    def browser(self, *permissions):
        return people.browser(people.holding(people.employee("测试员"), *permissions))

    def outsider(self):
        with tenant(people.organization("另一家")):
            return people.browser(people.employee("外人", roles=["administrator"]))


class TestTypes(LeaveSuite):
    resource = TYPES

    def make(self, n):
        actor = people.actor(admin())
        return [leave_type(actor, f"假{uuid4()}"[:30], now=NOW) for _each in range(n)]


class TestBalances(LeaveSuite):
    resource = BALANCES

    def make(self, n):
        hr = people.actor(admin())
        kind = LeaveType.objects.filter(name="年假").first() or leave_type(hr, now=NOW)
        rows = [people.employee("王芳", hired_on=date(2024, 1, 1)) for _each in range(n)]
        booking.bring_up(hr, employee_ids=[row.pk for row in rows], now=NOW)
        return list(Account.objects.filter(employee__in=rows, type=kind).select_related("employee", "type"))

    def table(self):
        with tenant(self.home):
            if not LeaveType.objects.filter(name="年假").exists():
                leave_type(people.actor(admin()), now=NOW)
            numbers = [people.employee("李娜").number, people.employee("赵敏").number]
        heads = ["工号", "假期类型", "余额", "有效期至", "原因"]
        end = f"{NOW.year + 1}-12-31"
        return [heads, [numbers[0], "年假", "7.5", end, "期初"], [numbers[1], "年假", "3", end, ""]]


class TestRequests(LeaveSuite):
    resource = REQUESTS

    def make(self, n):
        hr = people.actor(admin())
        terms = Terms(grant=Granting.NONE)
        kind = LeaveType.objects.filter(name="事假").first() or leave_type(hr, "事假", now=NOW, terms=terms)
        version = kind.versions.get()
        return [
            LeaveRequest.objects.create(
                employee=people.employee("王芳"), type=kind, version=version, segments=[], qty=D(1),
                first_on=NOW.date(), last_on=NOW.date(), submitted_at=NOW,
            )
            for _each in range(n)
        ]  # fmt: skip


def page(who, name, *args, language="en", **query):
    return people.browser(who, language).get(reverse(name, args=args), query)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_balance_of_a_day_to_come_is_explained(company, language):
    ask(company)
    account = Account.objects.get(employee=company.ann, type=company.annual)
    answer = page(company.ann, "leave:balance_detail", account.pk, language=language, on="2027-04-01")
    assert answer.status_code == 200
    found = answer.context["found"]
    assert [line.kind for line in found.lines if line.is_expected]
    assert found.balance == found.lines[-1].balance
    assert sum(line.qty for line in found.lines) == found.balance
    assert "<c-" not in answer.text


def test_nobody_sees_the_ledger_of_a_stranger(company):
    ask(company)
    account = Account.objects.get(employee=company.ann, type=company.annual)
    other = people.employee("Other", roles=["rep"])
    assert page(other, "leave:balance_detail", account.pk).status_code == 404
    assert page(company.boss, "leave:balance_detail", account.pk).status_code == 200
    assert page(company.ann, "leave:balance_detail", account.pk, on="2026-99-99").status_code == 200


def test_asking_on_the_computer_with_a_paper(company):
    agree(company.ann, PAPERS)
    browser = people.browser(company.ann)
    first = clock.now().date() + timedelta(days=14)
    monday = first - timedelta(days=first.weekday())
    posted = {
        "type": company.sick.pk, "first": monday, "last": monday + timedelta(days=1), "begins": "full", "ends": "full",
        "reason": "流感", "papers": SimpleUploadedFile("note.pdf", b"%PDF-1.4 note"),
    }  # fmt: skip
    answer = browser.post(reverse("leave:request_new"), posted)
    assert answer.status_code == 302
    row = LeaveRequest.objects.get()
    assert (row.health_reason, row.papers.count()) == ("流感", 1)
    posted["papers"] = SimpleUploadedFile("note.pdf", b"%PDF-1.4 note")
    again = browser.post(reverse("leave:request_new"), posted)
    assert again.status_code == 422  # the same days once more: said at the field
    assert "first" in again.context["form"].errors


def test_a_paper_opens_to_its_owner_and_hr_and_leaves_a_trace(company):
    agree(company.ann, PAPERS)
    row = ask(
        company, whole(), kind=company.sick, reason="流感", papers=[papers.File("a.pdf", b"%PDF-1.4 x")]
    )
    paper = row.papers.get()
    for who, status in ((company.ann, 200), (company.hr, 200), (company.boss, 404)):
        assert page(who, "leave:paper", paper.pk).status_code == status
    assert Trail.objects.filter(action="leave.open_paper").count() == 2
    told = page(company.boss, "leave:request_detail", row.pk).text
    assert "流感" not in told
    read = people.browser(company.hr).post(reverse("leave:reason", args=[row.pk]))
    assert "流感" in read.text
    assert people.browser(company.boss).post(reverse("leave:reason", args=[row.pk])).status_code == 403
    assert Trail.objects.filter(action="leave.open_reason").count() == 1


def test_calling_off_from_the_page(company):
    row = approve(company, ask(company))
    browser = people.browser(company.ann)
    url = reverse("leave:request_act", args=[row.pk, "call_off"])
    posted = {"confirmed": "1", "last": "2026-03-10", "ends": "am", "reason": "返岗"}
    assert browser.post(url, posted).status_code == 302
    change = row.cancellations.get()
    assert (change.qty, change.state) == (D("3.5"), "pending")
    assert "返岗" in browser.get(reverse("leave:request_detail", args=[row.pk])).text


def test_hr_adjusts_one_balance_and_many(company):
    booking.bring_up(company.admin, now=NOW)
    account = Account.objects.get(employee=company.ann, type=company.annual)
    browser = people.browser(company.hr)
    posted = {"confirmed": "1", "qty": "2", "reason": "奖励", "ids": [account.pk]}
    assert browser.post(reverse("leave:balance_bulk", args=["adjust"]), posted).status_code == 302
    before = account.balance
    account.refresh_from_db()
    assert account.balance == before + 2
    refused = browser.post(reverse("leave:balance_act", args=[account.pk, "adjust"]), posted | {"qty": "-99"})
    assert refused.status_code == 422


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_team_s_month(company, language):
    ask(company)
    answer = page(company.boss, "leave:team", language=language, month="2026-03")
    people_shown = {person.name: cells for person, cells in answer.context["people"]}
    assert set(people_shown) == {"Ann", "Boss"}
    away = [cell["on"].day for cell in people_shown["Ann"] if cell["parts"]]
    assert away == [9, 10, 11, 12, 13]
    assert page(company.ann, "leave:team", month="x").status_code == 200
    assert [person.name for person, _cells in page(company.ann, "leave:team").context["people"]] == ["Ann"]


def test_a_month_of_many_people_costs_as_much_as_of_few(company):
    browser = people.browser(company.hr)

    def cost(n):
        for _each in range(n):
            people.employee("X", hired_on=date(2024, 1, 1))
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(reverse("leave:team"), {"month": "2026-03"}).status_code == 200
        return len(captured)

    cost(1)
    few = cost(10)
    assert cost(60) == few


def test_the_law_s_types_from_the_page(company):
    browser = people.browser(company.hr)
    assert browser.get(reverse("leave:templates")).status_code == 200
    assert browser.post(reverse("leave:templates")).status_code == 302
    assert LeaveType.objects.filter(template="maternity").exists()
    assert people.browser(company.boss).post(reverse("leave:templates")).status_code == 403


def test_a_type_is_made_and_changed_by_its_form(company):
    browser = people.browser(company.hr)
    form = browser.get(reverse("leave:type_new"), {"template": "annual"}).context["form"]
    values = {name: form[name].value() for name in form.fields}
    posted = {name: value for name, value in values.items() if value is not None and value is not False}
    assert posted["tiers"] == "1:5, 10:10, 20:15"
    assert (
        browser.post(reverse("leave:type_new"), posted | {"name": "带薪年假", "tone": "green"}).status_code
        == 302
    )
    made = LeaveType.objects.get(name="带薪年假")
    assert made.versions.get().terms.tiers[2].amount == 15
    bad = browser.post(
        reverse("leave:type_edit", args=[made.pk]),
        posted | {"name": "带薪年假", "tone": "green", "tiers": "x"},
    )
    assert bad.status_code == 422
    changed = posted | {"name": "带薪年假", "tone": "green", "tiers": "1:6, 10:12"}
    assert browser.post(reverse("leave:type_edit", args=[made.pk]), changed).status_code == 302
    assert made.versions.count() == 2


def test_a_returned_request_is_changed_on_its_page(company):
    row = send_back(company, ask(company))
    browser = people.browser(company.ann)
    shown = browser.get(f"/leave/requests/{row.pk}/")
    assert "Change and hand in again" in shown.text
    form = browser.get(f"/leave/requests/{row.pk}/acts/change/").text
    assert f'value="{row.first_on.isoformat()}"' in form
    day = Segment(row.first_on, row.first_on, Part.FULL, Part.FULL)
    fields = {"type": row.type, "segments": [day], "reason": "", "paper_by_hand": False, "papers": []}
    console_acts.change(people.actor(company.ann), row, now=ASKED, **fields)
    row.refresh_from_db()
    assert (row.state, row.qty) == ("pending", 1)
