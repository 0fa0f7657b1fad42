"""Shifts and approved leave over an agenda: true to their rooms, within the rights of whoever looks."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from qince.core.people.tests import factories as people
from qince.employee.attendance.tests import factories as attendance
from qince.employee.calendar.actions.drafts import series_of_draft
from qince.employee.calendar.conflicts import conflicts
from qince.employee.calendar.ical import writing
from qince.employee.calendar.overlays import overlays
from qince.employee.calendar.tests.scene import HOUR, MONDAY, NOW, SHANGHAI, create, draft
from qince.employee.leave.models import LeaveDay, LeaveRequest
from qince.employee.leave.reckoning.terms import Terms
from qince.employee.leave.tests.factories import leave_type

DAY = MONDAY.date()


@pytest.fixture
def at_work(company):
    """Ann works nine to six in the week of the scene; on Tuesday she is on approved leave, on Wednesday asks for it."""
    shift = attendance.shift((540, 1080), name="白班")
    attendance.group(company.ann, week=shift)
    admin = people.actor(people.employee("HR", roles=["administrator"]))
    kind = leave_type(admin, "病假", now=NOW, terms=Terms(is_health=True))
    for step, state in ((1, "approved"), (2, "pending")):
        on = DAY + timedelta(days=step)
        row = LeaveRequest.objects.create(
            employee=company.ann, type=kind, version=kind.versions.get(), segments=[], qty=Decimal(1), first_on=on,
            last_on=on, state=state, submitted_at=NOW,
        )  # fmt: skip
        start = datetime(on.year, on.month, on.day, 1, tzinfo=UTC)  # nine in the morning of Shanghai
        LeaveDay.objects.create(
            request=row,
            on=on,
            part="full",
            qty=Decimal(1),
            why="work",
            starts_at=start,
            ends_at=start + 9 * HOUR,
        )
    return company


def laid(viewer, owner, *wanted, first=DAY, last=DAY + timedelta(days=6)):
    return overlays(people.actor(viewer), [owner.pk], first, last, wanted)


def test_shifts_stand_on_the_days_they_are_due(at_work):
    found = laid(at_work.ann, at_work.ann, "shifts")
    assert [each.starts_at.astimezone(UTC).date() for each in found] == [
        DAY + timedelta(days=n) for n in range(5)
    ]
    assert {(each.label, each.ends_at - each.starts_at) for each in found} == {("白班", 9 * HOUR)}
    assert len({each.key for each in found}) == 5


def test_leave_is_there_once_it_is_approved_and_not_before(at_work):
    (found,) = laid(at_work.ann, at_work.ann, "leave")
    assert found.starts_at.date() == DAY + timedelta(days=1)
    assert found.label == "病假"
    assert str(LeaveRequest.objects.get(state="approved").pk) in found.url


@pytest.mark.parametrize("layer", ["shifts", "leave"])
def test_only_oneself_and_ones_managers_see_them(at_work, layer):
    assert laid(at_work.ann, at_work.ann, layer)
    assert laid(at_work.boss, at_work.ann, layer)
    for other in (at_work.ben, at_work.cai, at_work.other_boss):
        assert laid(other, at_work.ann, layer) == []


def test_programs_outside_are_not_told_which_leave_it_is(at_work):
    text = writing.calendar_of([], laid(at_work.ann, at_work.ann, "leave")).decode()
    assert "病假" not in text
    assert "BEGIN:VEVENT" in text
    assert "TRANSP:OPAQUE" in text
    assert "TRANSP:TRANSPARENT" in writing.calendar_of([], laid(at_work.ann, at_work.ann, "shifts")).decode()


def test_planning_tells_of_events_leave_and_busy_guests_and_not_of_the_shift(at_work, in_english):
    create(at_work.ben, title="机密", starts=MONDAY, visibility="busy")
    create(at_work.ann, title="早会", starts=MONDAY)
    ann = people.actor(at_work.ann)
    plan = series_of_draft(draft(starts=MONDAY, rrule="FREQ=DAILY;COUNT=3"))
    found = conflicts(ann, plan, [at_work.ben.pk], zone=SHANGHAI, now=NOW)
    assert {(each.who, each.what) for each in found} == {("Ben", "Busy"), ("", "早会"), ("", "病假")}
    free = series_of_draft(draft(starts=MONDAY + 4 * HOUR))
    assert conflicts(ann, free, [at_work.ben.pk], zone=SHANGHAI, now=NOW) == []


def test_an_event_is_no_conflict_with_itself(at_work):
    event = create(at_work.ann, title="早会", starts=MONDAY)
    plan = series_of_draft(draft(starts=MONDAY))
    ann = people.actor(at_work.ann)
    assert conflicts(ann, plan, (), zone=SHANGHAI, now=NOW, but=event.pk) == []
