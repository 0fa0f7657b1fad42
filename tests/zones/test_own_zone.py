"""Days and hours in the console are those of the organization's own time zone, wherever the server stands."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from qince.core.people.tests import factories as people
from qince.employee.attendance.models import Punch
from qince.employee.attendance.tests.proof import evidence
from qince.kit.tenancy import tenant
from qince.kit.testing import read_csv
from qince.sales.visits.tests import factories, records

NOW = datetime(
    2026, 3, 3, 2, 30, tzinfo=UTC
)  # 10:30 on the third in Shanghai; 18:30 on the second in Los Angeles
ZONE, TODAY = "America/Los_Angeles", date(2026, 3, 2)
DAYS = ("2026-03-02", "2026-03-03")


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)


@pytest.fixture
def boss(db):
    """The administrator of an organization in Los Angeles, with a visit and a punch of the last hour."""
    with tenant(people.organization(time_zone=ZONE)):
        found = people.employee("陈晓东", roles=["administrator"])
        rep = factories.rep("王芳", leader=found)
        at = NOW - timedelta(hours=1)
        found.visit = records.visit(rep, factories.store(rep, name="苏果便利"), on=TODAY, at=at)
        Punch.objects.create(employee=rep, kind="in", work_date=TODAY, **evidence(at))
    return found


@pytest.fixture
def browser(boss):
    with tenant(boss.organization_id):
        return people.browser(boss)


def text(browser, name, *args, **asked):
    answer = browser.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.text


def test_today_is_the_organizations(browser):
    context = browser.get("/").context
    assert (context["on"], context["is_today"], context["totals"].day.completed) == (TODAY, True, 1)


def test_the_chart_counts_by_local_hours(browser):
    chart = browser.get(reverse("home:chart")).json()
    hours = {hour for hour, n in zip(chart["categories"], chart["series"][1]["values"], strict=True) if n}
    assert hours == {"17:00"}


def test_the_day_sheet_opens_on_the_local_day_with_local_hours(browser):
    answer = browser.get(reverse("attendance:day_sheet"))
    assert (answer.context["asked"].on, answer.context["counts"]["present"]) == (TODAY, 1)
    assert "17:30" in answer.text
    assert "09:30" not in answer.text


@pytest.mark.parametrize("name", ["visits:visit_detail", "visits:visit_print_one"])
def test_a_visit_and_its_print_show_local_time(boss, browser, name):
    found = text(browser, name, boss.visit.pk)
    assert "2026-03-02 17:30:00" in found
    assert "2026-03-03" not in found


def test_a_list_prints_local_time(browser):
    assert "18:30" in text(browser, "visits:visit_print")  # printed at


def test_a_streamed_export_keeps_the_zone_after_the_view_has_returned(browser):
    answer = browser.get(reverse("visits:visit_export_csv"))
    assert timezone.get_current_timezone_name() == "Asia/Shanghai"  # the request's own has ended by now
    assert f"{TODAY}" in answer["Content-Disposition"]
    table = read_csv(answer)
    assert "17:30" in str(table[1])
    assert "09:30" not in str(table[1])


def test_a_sheet_of_punches_is_written_in_local_time(browser):
    answer = browser.get(reverse("attendance:export"))
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    cells = [cell.value for row in sheet.iter_rows(min_row=2) for cell in row]
    assert datetime(2026, 3, 2, 17, 30) in cells  # noqa: DTZ001  (a sheet's cells have no zone)


def test_a_range_of_instants_ends_at_local_midnight(boss, browser):
    """What is done at half past six in the evening there is of the second, and not of the third."""
    browser.get(reverse("visits:visit_export_csv"))
    with tenant(boss.organization_id):
        pages = [browser.get(reverse("audit:entry_list"), {"at": f"{day}..{day}"}) for day in DAYS]
        assert [page.context["listing"].order.slice(None).exists() for page in pages] == [True, False]


def test_the_next_request_of_another_organization_has_its_own_zone(browser, organization):
    assert browser.get("/").context["on"] == TODAY
    with tenant(organization):
        other = people.browser(people.employee("唐德胜", roles=["rep"]))
        factories.store(name="有客户")
        records.visit(people.employee("李娜"), factories.store(), on=date(2026, 3, 3))
    assert other.get("/").context["on"] == date(2026, 3, 3)
    assert timezone.get_current_timezone_name() == "Asia/Shanghai"
