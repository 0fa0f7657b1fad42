"""The pages: shifts and groups made by forms, the board, the roster, the explanation, the month."""

from datetime import date, timedelta

import pytest

from qince.core.people.tests import factories as people
from qince.employee.attendance import definitions
from qince.employee.attendance.board import place_of
from qince.employee.attendance.explaining import explain
from qince.employee.attendance.models import (
    Group,
    GroupVersion,
    Member,
    MonthReport,
    RosterEntry,
    Shift,
    ShiftVersion,
)
from qince.employee.attendance.recompute import recompute
from qince.employee.attendance.replay.results import Day, Point
from qince.employee.attendance.tests import factories as make
from qince.kit import clock
from qince.kit.tenancy import tenant

TODAY = clock.local_date(clock.now(), "Asia/Shanghai")
YESTERDAY = TODAY - timedelta(days=1)
SHIFT = {
    "name": "早班", "colour": "blue", "slots": "08:00-12:00\n13:00-17:00", "rests": "", "late_as_late": "5",
    "late_as_serious": "30", "late_as_lack": "0", "early_as_early": "0", "early_as_lack": "0", "on_advance": "120",
    "off_delay": "240", "flex_late": "0", "flex_early": "0", "graces": "120:30", "starts_on": "2026-03-01",
    "is_active": "on",
}  # fmt: skip
GROUP = {
    "name": "总部", "kind": "fixed", "makeup": "", "uses_holidays": "on", "free_minutes": "480", "sync_grace": "60",
    "workday": "lesser", "weekend": "approval", "swapped_rest": "approval", "statutory": "punch",
    "correction_limit": "2", "correction_days": "5", "field": "off", "field_photo": "optional", "photo": "off",
    "swaps": "on", "swap_week_hours": "44", "swap_rest_hours": "8",
    "effective_from": "2026-03-01",
    "is_active": "on",
}  # fmt: skip


@pytest.fixture
def team(organization):
    with tenant(organization):
        admin = people.employee("管理员", roles=["administrator"])
        manager = people.employee("李经理", roles=["manager"])
        rep = people.employee("王芳", leader=manager, roles=["rep"])
        stranger = people.employee("外组员工")
        return admin, manager, rep, stranger


def page(employee, path, data=None, **query):
    with tenant(employee.organization_id):
        client = people.browser(employee)
    return client.post(path, data) if data is not None else client.get(path, query)


def test_a_shift_is_made_and_an_edit_is_a_new_version(team):
    admin = team[0]
    assert page(admin, "/attendance/shifts/new/", SHIFT).status_code == 302
    with tenant(admin.organization_id):
        shift, version = Shift.objects.get(), ShiftVersion.objects.get()
        times = definitions.times_of(version.definition)
        assert [(each.on, each.off, each.late_as_late) for each in times.slots] == [
            (480, 720, 5),
            (780, 1020, 5),
        ]
        assert [(each.left_after, each.may_come_later) for each in times.graces] == [(120, 30)]
    edit = f"/attendance/shifts/{shift.pk}/edit/"
    assert page(admin, edit, {**SHIFT, "slots": "22:00-06:00", "starts_on": "2026-04-01"}).status_code == 302
    with tenant(admin.organization_id):
        first, second = ShiftVersion.objects.order_by("version")
        assert (first.definition, second.starts_on) == (version.definition, date(2026, 4, 1))
        [night] = definitions.times_of(second.definition).slots
        assert (night.on, night.off) == (1320, 1800)
    assert "22:00–06:00" in page(admin, f"/attendance/shifts/{shift.pk}/versions/").content.decode()


@pytest.mark.parametrize(
    ("field", "text"),
    [("slots", "nine to five"), ("slots", ""), ("rests", "25:99-26:00"), ("graces", "later")],
)
def test_times_that_are_none_are_refused_at_their_field(team, field, text):
    answer = page(team[0], "/attendance/shifts/new/", {**SHIFT, field: text})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_a_group_is_made_with_its_week_and_people_are_put_into_it(team):
    admin, _manager, rep, _stranger = team
    with tenant(admin.organization_id):
        shift = make.office()
    week = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), str(shift.pk))
    assert page(admin, "/attendance/groups/new/", {**GROUP, **week}).status_code == 302
    with tenant(admin.organization_id):
        group, version = Group.objects.get(), GroupVersion.objects.get()
        terms = definitions.terms_of(version.definition)
        assert (terms.week, terms.workday.basis) == ((str(shift.pk),) * 5 + (None, None), "lesser")
    added = {"group": group.pk, "employee": rep.pk, "starts_on": "2026-03-01"}
    assert page(admin, "/attendance/members/new/", added).status_code == 302
    both = {**added, "department": ""}
    assert page(admin, "/attendance/members/new/", {**both, "employee": ""}).status_code == 422
    with tenant(admin.organization_id):
        assert Member.objects.get().employee == rep
    none = page(admin, "/attendance/groups/new/", {**GROUP, "name": "空"})
    assert none.status_code == 422


def test_a_group_elsewhere_has_a_time_zone_of_its_own(team):
    """Nine o'clock in Ürümqi is eleven in Shanghai, and in time there."""
    admin, _manager, rep, _stranger = team
    with tenant(admin.organization_id):
        shift = make.office()
    week = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), str(shift.pk))
    assert page(admin, "/attendance/groups/new/", {**GROUP, **week, "zone": "Mars/Base"}).status_code == 422
    assert page(admin, "/attendance/groups/new/", {**GROUP, **week, "zone": "Asia/Urumqi"}).status_code == 302
    with tenant(admin.organization_id):
        group = Group.objects.get()
        Member.objects.create(group=group, employee=rep, starts_on=make.LONG_AGO)
        for at in ("2026-03-10 11:00", "2026-03-10 20:00"):
            make.punch(rep, at)
        found = explain(rep.pk, date(2026, 3, 10), make.local("2026-03-11 12:00"))
        assert (found.zone, found.day.status) == ("Asia/Urumqi", "normal")
        assert [line.sentences[0] for line in found.lines] == ["Due at 03-10 09:00.", "Due at 03-10 18:00."]
    day = page(admin, f"/attendance/{rep.pk}/explain/", on="2026-03-10").text
    assert "Asia/Urumqi" in day
    assert "09:00:00" in day
    assert "11:00:00" not in day
    edit = f"/attendance/groups/{group.pk}/edit/"
    assert 'value="Asia/Urumqi" selected' in page(admin, edit).text
    assert page(admin, edit, {**GROUP, **week, "zone": "Asia/Urumqi", "name": "新疆组"}).status_code == 302
    with tenant(admin.organization_id):
        assert GroupVersion.objects.count() == 1  # a name is no rule
    assert page(admin, edit, {**GROUP, **week, "name": "新疆组", "zone": ""}).status_code == 302
    with tenant(admin.organization_id):
        newest = GroupVersion.objects.order_by("-version")[0]
        assert definitions.terms_of(newest.definition).zone == ""
    assert "Asia/Urumqi" in page(admin, f"/attendance/groups/{group.pk}/versions/").text


def test_setting_rules_needs_the_permission(team):
    _admin, manager, rep, _stranger = team
    for path in (
        "/attendance/shifts/",
        "/attendance/groups/",
        "/attendance/members/",
        "/attendance/special-days/",
    ):
        assert page(manager, path).status_code == 403
    assert page(rep, "/attendance/roster/").status_code == 403
    assert page(manager, "/attendance/months/close/", {"month": f"{TODAY:%Y-%m}"}).status_code == 403


def test_the_board_shows_who_is_due_and_where_they_are(team):
    _admin, manager, rep, stranger = team
    with tenant(rep.organization_id):
        make.group(rep, week=[make.shift((0, 1439))] * 7, uses_holidays=False)
    text = page(manager, "/attendance/today/").content.decode()
    assert rep.name in text
    assert stranger.name not in text
    lanes = {lane["name"]: [each[0].name for each in lane["people"]] for lane in _lanes(manager)}
    assert lanes["missing"] == [rep.name]
    with tenant(rep.organization_id):
        make.punch(rep, clock.now(), "in")
    lanes = {lane["name"]: [each[0].name for each in lane["people"]] for lane in _lanes(manager)}
    assert rep.name in lanes["late"] + lanes["came"]


def _lanes(employee):
    return page(employee, "/attendance/today/").context["lanes"]


def a_day(status, **points):
    given = [Point(slot=0, end=end, due=1000, **fields) for end, fields in points.items()]
    return Day(
        on="2026-03-09",
        status=status,
        kind="workday",
        source="weekly",
        rule="r",
        shift="s",
        points=tuple(given),
    )


@pytest.mark.parametrize(
    ("day", "place"),
    [
        (None, "none"),
        (a_day("leave"), "away"),
        (a_day("off"), "off"),
        (a_day("pending", on={"result": "pending"}), "missing"),
        (a_day("pending", on={"result": "normal", "at": 990}, off={"result": "pending"}), "came"),
        (a_day("pending", on={"result": "late", "at": 1300}), "late"),
        (a_day("absent", on={"result": "lack"}, off={"result": "lack"}), "missing"),
    ],
)
def test_where_somebody_stands_on_the_board(day, place):
    assert place_of(day, 1500) == place


def test_before_it_is_due_nobody_is_missing():
    assert place_of(a_day("pending", on={"result": "pending"}), 500) == "later"


def test_the_roster_is_planned_by_ticking_days(team):
    _admin, manager, rep, stranger = team
    with tenant(rep.organization_id):
        shift = make.office()
        make.group(rep, kind="roster")
    cells = [f"{rep.pk}|{TODAY}", f"{rep.pk}|{TODAY + timedelta(days=1)}"]
    assert page(manager, "/attendance/roster/", {"cells": cells, "shift": str(shift.pk)}).status_code == 302
    with tenant(rep.organization_id):
        assert RosterEntry.objects.filter(employee=rep, shift=shift).count() == 2
    page(manager, "/attendance/roster/", {"cells": [f"{stranger.pk}|{TODAY}"], "shift": "rest"})
    page(manager, "/attendance/roster/", {"cells": ["nonsense"], "shift": "rest"})
    with tenant(rep.organization_id):
        assert RosterEntry.objects.count() == 2
    answer = page(manager, "/attendance/roster/")
    assert shift.name in answer.content.decode()
    assert stranger.name not in answer.content.decode()


def test_a_late_day_is_explained_press_due_time_threshold_and_rules(team):
    _admin, manager, rep, stranger = team
    with tenant(rep.organization_id):
        make.group(
            rep,
            week=[make.shift({"on": 540, "off": 1080, "late_as_late": 5}, name="白班")] * 7,
            uses_holidays=False,
        )
        make.punch(rep, make.local(f"{YESTERDAY} 09:20"), "in")
        group = Group.objects.get().name
    text = page(manager, f"/attendance/{rep.pk}/explain/", on=str(YESTERDAY)).content.decode()
    for part in (
        f"{YESTERDAY:%m-%d} 09:20",
        f"{YESTERDAY:%m-%d} 09:00",
        "20 minutes late; up to 5",
        "白班",
        group,
    ):
        assert part in text
    assert page(manager, f"/attendance/{stranger.pk}/explain/").status_code == 404


def test_a_month_is_put_together_from_the_page(team):
    admin, manager, rep, _stranger = team
    first = YESTERDAY.replace(day=1)
    with tenant(rep.organization_id):
        make.group(rep, week=[make.office()] * 7, uses_holidays=False)
        recompute([rep.pk], first, YESTERDAY, now=clock.now())
    assert page(admin, "/attendance/months/close/").status_code == 200
    assert page(admin, "/attendance/months/close/", {"month": f"{first:%Y-%m}"}).status_code == 302
    assert page(admin, "/attendance/months/close/", {"month": "x"}).status_code == 404
    with tenant(rep.organization_id):
        report = MonthReport.objects.get()
        assert (report.employee_id, report.totals["absent_days"]) == (rep.pk, YESTERDAY.day)
    assert rep.name in page(manager, "/attendance/months/").content.decode()
    assert page(manager, f"/attendance/months/{report.pk}/figures/").status_code == 200


def test_a_page_of_the_board_costs_as_many_queries_for_ten_as_for_two(team, django_assert_max_num_queries):
    _admin, manager, rep, _stranger = team
    with tenant(rep.organization_id):
        client = people.browser(manager)
        client.get("/attendance/today/")
        for number in range(8):
            make.group(people.employee(f"组员{number}", leader=manager), week=make.office())
    with django_assert_max_num_queries(45):
        client.get("/attendance/today/")
