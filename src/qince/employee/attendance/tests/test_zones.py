"""A group works by its own wall clock: what is recorded, shown, exported and asked for says its hours and its dates."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.employee.attendance import request_actions, zones
from qince.employee.attendance.jobs import roll
from qince.employee.attendance.models import DayResult, MonthReport, Punch, StaleDay, TimeRequest
from qince.employee.attendance.recompute import recompute_stale
from qince.employee.attendance.request_screens import ChangeCorrectionForm
from qince.employee.attendance.tests import factories as make
from qince.engines.approvals.models import Instance
from qince.engines.sync.tests.factories import evidence, operation, push
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant

URUMQI, BERLIN, SHANGHAI = "Asia/Urumqi", "Europe/Berlin", "Asia/Shanghai"
TUESDAY = date(2026, 3, 10)


def team(zone, home=SHANGHAI, **terms):
    """An organization at `home` with a manager, and a rep whose group works by the clock of `zone`."""
    organization = people.organization(time_zone=home)
    with tenant(organization):
        manager = people.employee("李经理", roles=["manager"])
        rep = people.employee("王芳", leader=manager, roles=["rep"])
        make.group(rep, week=make.office(), zone=zone, **terms)
    return organization, manager, rep


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def press(rep, at, now=None):
    """A clock-in sent by the phone."""
    agree(rep)
    payload = {"punch_id": str(uuid7()), "kind": "in", "evidence": evidence(at=at, manual="办公室")}
    sent = operation("attendance.punch", payload, at=at)
    [answer] = push(people.actor(rep), sent, now=now or at + timedelta(seconds=5)).values()
    assert answer.state == "accepted", answer
    return Punch.objects.get(pk=payload["punch_id"])


def browser(employee):
    with tenant(employee.organization_id):
        return people.browser(employee)


def test_a_press_has_the_date_of_the_wall_it_was_made_by(db):
    organization, _manager, rep = team(URUMQI)
    with tenant(organization):
        late = press(
            rep, utc("2026-03-10T17:30")
        )  # 23:30 of the tenth there, 01:30 of the eleventh in Shanghai
        assert (late.work_date, late.zone) == (TUESDAY, URUMQI)
        assert zones.date_at(rep.pk, late.at) == TUESDAY


def test_the_sheet_its_export_and_the_month_say_the_hours_of_the_group(db):
    organization, manager, rep = team(URUMQI)
    with tenant(organization):
        press(rep, utc("2026-03-10T03:00"))  # nine there, eleven in Shanghai
    desk = browser(manager)
    sheet = desk.get(reverse("attendance:day_sheet"), {"on": TUESDAY.isoformat()}).text
    month = desk.get(reverse("attendance:month", args=[rep.pk]), {"month": "2026-03"}).text
    paper = desk.get(reverse("attendance:print"), {"on": TUESDAY.isoformat()}).text
    assert "09:00" in sheet
    assert "09:00" in month
    assert "09:00" in paper
    assert "11:00" not in sheet + month + paper
    assert URUMQI in sheet
    answer = desk.get(reverse("attendance:export"), {"on": TUESDAY.isoformat()})
    rows = list(openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).worksheets[0].values)
    [row] = [dict(zip(rows[0], each, strict=True)) for each in rows[1:] if each[0] == rep.name]
    assert row["First in: time"] == datetime(2026, 3, 10, 9)  # noqa: DTZ001  (a sheet's cells have no zone)
    assert row["Time zone"] == URUMQI


def test_the_board_shows_the_day_and_the_hour_of_where_people_are(db):
    """Monday 22:30 UTC: Monday in Berlin, where the organization is (summer time), Tuesday 06:30 in Shanghai."""
    organization, manager, rep = team(SHANGHAI, home=BERLIN)
    now = utc("2026-03-30T22:30")
    with tenant(organization):
        make.punch(rep, utc("2026-03-30T23:55"), "in")
    with clock.at(now):
        desk = browser(manager)
        context = desk.get(reverse("attendance:board")).context
    [(who, (hour, where), day)] = [
        each for lane in context["lanes"] for each in lane["people"] if each[0] == rep
    ]
    assert (who, day.on, where) == (rep, "2026-03-31", SHANGHAI)
    assert hour == "07:55"


def test_results_are_stored_when_the_day_has_begun_there(db):
    """At 17:00 UTC it is the eleventh in Shanghai, and still the tenth in Berlin: each has the own day, no more."""
    organization, _manager, ahead = team(SHANGHAI, home=BERLIN)
    now = utc("2026-03-10T17:00")
    with tenant(organization):
        behind = people.employee("留在柏林")
        make.group(behind, week=make.office())
        assert zones.todays(now) == (TUESDAY, TUESDAY + timedelta(days=1))
    with clock.at(now):
        roll(0)
    with tenant(organization):
        last = {
            who: max(DayResult.objects.filter(employee=who).values_list("on", flat=True))
            for who in (ahead, behind)
        }
        assert last == {ahead: date(2026, 3, 11), behind: TUESDAY}
        StaleDay.objects.create(employee=ahead, on=date(2026, 3, 11))
        recompute_stale(today=zones.todays(now)[1], now=now)
        assert DayResult.objects.filter(employee=ahead, on=date(2026, 3, 11)).exists()


def test_a_correction_lies_on_the_date_of_the_group(db):
    organization, manager, rep = team(URUMQI)
    now = utc("2026-03-11T04:00")
    given = {"on": TUESDAY, "end": "on", "reason": "忘记打卡"}
    with tenant(organization):
        actor = people.actor(rep)
        with pytest.raises(Refusal) as error:  # 00:30 of the tenth in Shanghai is the ninth there
            request_actions.ask_correction(actor, now=now, at=utc("2026-03-09T16:30"), **given)
        assert error.value.code == "not_that_day"
        row = request_actions.ask_correction(actor, now=now, at=utc("2026-03-09T18:30"), **given)
        assert (row.zone, row.local(row.at).hour) == (URUMQI, 0)
    listed = browser(manager).get(reverse("attendance:correction_list")).text
    assert f"00:30 ({URUMQI})" in listed
    with tenant(organization):
        request = Instance.objects.get(target_id=row.pk)
    assert (
        f"00:30 ({URUMQI})"
        in browser(manager).get(reverse("approvals:requests_detail", args=[request.pk])).text
    )


def test_a_returned_request_is_changed_in_the_hours_of_the_group(db):
    organization, _manager, rep = team(URUMQI)
    with tenant(organization):
        row = request_actions.ask_correction(
            people.actor(rep),
            now=utc("2026-03-11T04:00"),
            on=TUESDAY,
            end="on",
            at=utc("2026-03-10T03:00"),
            reason="x",
        )
        form = _change_form(rep, row)
        assert form["at"].value() == datetime(2026, 3, 10, 9)  # noqa: DTZ001  (as the field shows it)
        filled = _change_form(rep, row, {"end": "on", "at": "2026-03-10T09:30", "reason": "x"})
        assert filled.is_valid(), filled.errors
        assert filled.cleaned_data["at"] == utc("2026-03-10T03:30")


def _change_form(rep, row, data=None):
    return ChangeCorrectionForm(data, actor=people.actor(rep), row=row)


def test_a_locked_month_ends_when_it_ends_where_people_work(db):
    """The last of March 20:00 UTC is the first of April in Ürümqi, though still March in Berlin."""
    organization, _manager, rep = team(URUMQI, home=BERLIN)
    with tenant(organization):
        MonthReport.objects.create(employee=rep, month=date(2026, 3, 1), state="locked", totals={})
        span = {"starts_at": utc("2026-03-31T20:00"), "ends_at": utc("2026-03-31T22:00")}
        row = request_actions.ask_time(
            people.actor(rep), now=utc("2026-04-01T01:00"), kind="overtime", reason="盘点", **span
        )
        assert (row.zone, row.local(row.starts_at).date()) == (URUMQI, date(2026, 4, 1))
        assert TimeRequest.objects.get().state == "pending"


def test_who_is_in_no_group_works_by_the_organizations_clock(db):
    organization = people.organization(time_zone=BERLIN)
    with tenant(organization):
        rep = people.employee("王芳", roles=["rep"])
        found = press(
            rep, utc("2026-03-28T23:30")
        )  # half past midnight of the 29th, the night the clocks change
        assert (found.work_date, found.zone) == (date(2026, 3, 29), BERLIN)
