"""The day sheet: whose days, what stands in a row, what a file holds."""

from datetime import datetime, time, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from qince.core.audit.models import Entry
from qince.core.people.tests import factories as people
from qince.employee.attendance import queries
from qince.employee.attendance.models import Punch, WorkPlace
from qince.employee.attendance.tests.proof import evidence
from qince.kit.tenancy import tenant

SHEET = "attendance:day_sheet"


def day():
    return timezone.localdate() - timedelta(days=1)


def press(employee, kind, hour, **fields):
    at = timezone.make_aware(datetime.combine(day(), time(hour)))
    return Punch.objects.create(employee=employee, kind=kind, work_date=day(), **evidence(at) | fields)


@pytest.fixture
def team(organization):
    with tenant(organization):
        manager = people.employee("陈晓东", roles=["manager"])
        sales = people.department("销售部")
        mine = people.employee("王芳", roles=["rep"], leader=manager, department=sales)
        lone = people.employee("=cmd|' /C calc'!A0", roles=["rep"], leader=manager)
        other = people.employee("李娜", roles=["rep"])
        place = WorkPlace.objects.create(name="南京办公室", lat=32.0, lng=118.7)
        press(mine, "in", 8, work_place=place)
        press(mine, "in", 13, work_place=place)
        press(mine, "out", 18, verdict="manual", lat=None, lng=None, distance_m=None, place_text="客户现场")
        press(lone, "in", 9, work_place=place, verdict="outside", distance_m=640.0, flags=["mock"])
        press(other, "in", 8, work_place=place)
        yield {"manager": manager, "mine": mine, "lone": lone, "other": other}


def sheet(team, who="manager", **asked):
    browser = people.browser(team[who])
    return browser.get(reverse(SHEET), {"on": day().isoformat(), **asked})


def names(answer):
    return {each.employee.name for each in answer.context["days"]}


def test_a_manager_sees_the_own_reporting_line_and_oneself(team):
    assert names(sheet(team)) == {"陈晓东", "王芳", team["lone"].name}


def test_a_rep_sees_oneself(team):
    assert names(sheet(team, "mine")) == {"王芳"}


@pytest.mark.clause("C2.2.4-01")
def test_inside_outside_and_without_position_give_three_different_marks(team):
    found = {each.employee.name: each for each in sheet(team).context["days"]}
    mine, lone = found["王芳"], found[team["lone"].name]
    marks = [mine.first_in.verdict, lone.first_in.verdict, mine.last_out.verdict]
    assert marks == ["inside", "outside", "manual"]
    assert [mine.tone, lone.tone] == ["blue", "orange"]
    text = sheet(team).text
    assert "客户现场" in text
    assert "640 m" in text


def test_first_in_last_out_and_what_is_missing(team):
    found = {each.employee.name: each for each in sheet(team).context["days"]}
    mine, lone, absent = found["王芳"], found[team["lone"].name], found["陈晓东"]
    assert (timezone.localtime(mine.first_in.at).hour, timezone.localtime(mine.last_out.at).hour) == (8, 18)
    assert (len(mine.punches), mine.is_out_missing) == (3, False)
    assert (lone.is_in_missing, lone.is_out_missing) == (False, True)
    assert (absent.punches, absent.is_in_missing) == ([], False)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("present", {"王芳", "lone"}),
        ("absent", {"陈晓东"}),
        ("out_missing", {"lone"}),
        ("in_missing", set()),
        ("doubtful", {"lone"}),
        ("manual", {"王芳"}),
    ],
)
def test_each_status_narrows_and_counts(team, status, expected):
    answer = sheet(team, status=status)
    lone = team["lone"].name
    assert names(answer) == {lone if name == "lone" else name for name in expected}
    assert answer.context["counts"][status] == len(expected)


def test_the_export_holds_the_same_people_and_no_formula(team):
    browser = people.browser(team["manager"])
    answer = browser.get(reverse("attendance:export"), {"on": day().isoformat()})
    book = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    rows = list(book.iter_rows(min_row=2))
    assert {row[0].value for row in rows} == {"陈晓东", "王芳", team["lone"].name}
    assert all(cell.data_type != "f" for row in rows for cell in row)
    with tenant(team["manager"].organization_id):
        assert Entry.objects.filter(action="attendance.export").count() == 1


def test_a_rep_may_not_export(team):
    assert people.browser(team["mine"]).get(reverse("attendance:export")).status_code == 403


def test_the_month_of_someone_else_does_not_exist(team):
    browser = people.browser(team["manager"])
    month = f"{day():%Y-%m}"
    answer = browser.get(reverse("attendance:month", args=[team["mine"].pk]), {"month": month})
    assert answer.context["facts"][0][1] == 1
    assert browser.get(reverse("attendance:month", args=[team["other"].pk])).status_code == 404


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("name", [SHEET, "attendance:print"])
def test_pages_render(team, language, name):
    answer = people.browser(team["manager"], language).get(reverse(name), {"on": day().isoformat()})
    assert answer.status_code == 200
    assert "王芳" in answer.text
    assert "<c-" not in answer.text


def test_an_address_made_up_by_hand_shows_today(team):
    browser = people.browser(team["manager"])
    asked = {"on": "2026-13-99", "department": "x", "status": "x", "after": "x"}
    assert browser.get(reverse(SHEET), asked).status_code == 200
    assert browser.get(reverse("attendance:month", args=[team["mine"].pk]), {"month": "x"}).status_code == 200


def test_a_hundred_people_cost_as_many_queries_as_ten(inside):
    boss = people.employee("唐德胜", roles=["administrator"])
    actor = people.actor(boss)

    def grow(n):
        for number in range(n):
            press(people.employee(f"员工{number}"), "in", 8)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            rows = list(queries.sheet_rows(actor, day()))
            assert len(queries.days(actor, day(), rows)) == len(rows)
            queries.status_counts(actor, day())
        return len(captured)

    grow(10)
    few = cost()
    grow(90)
    assert cost() == few
