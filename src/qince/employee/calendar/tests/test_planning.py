"""Entering and changing events: this, the following, all; guests are asked, told, and reminded."""

from datetime import timedelta

import pytest

from qince.core.letters.models import Letter
from qince.core.people.tests import factories as people
from qince.employee.calendar import queries
from qince.employee.calendar.actions import guesting, reminding
from qince.employee.calendar.models import Attendee, Event, Reminder
from qince.employee.calendar.tests.scene import (
    BERLIN,
    DAY,
    HOUR,
    MONDAY,
    NOW,
    WEEK,
    agenda,
    change,
    create,
    remove,
    starts,
    titles,
)
from qince.kit.actor import system_actor
from qince.kit.errors import Conflict, Forbidden, NotFound, Refusal


def letters_of(who):
    return list(Letter.objects.filter(employee=who).order_by("created_at").values_list("kind", flat=True))


def test_a_weekly_event_stands_in_the_agenda_week_by_week(company):
    create(company.ann, rrule="FREQ=WEEKLY;COUNT=4")
    found = agenda(company.ann)
    assert starts(found) == [MONDAY + WEEK * step for step in range(4)]
    assert all(each.is_own and each.is_recurring for each in found)


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"rrule": "FREQ=SECONDLY"}, "too_often", "rrule"),
        ({"rrule": "FREQ=DAILY;COUNT=1000000000"}, "out_of_range", "rrule"),
        ({"rrule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "never", "rrule"),
        ({"rrule": "FREQ=WEEKLY;BYDAY=TU"}, "starts_elsewhere", "rrule"),
        ({"title": "  "}, "no_title", "title"),
        ({"title": "x" * 121}, "invalid", "title"),
        ({"zone": "Mars/Olympus"}, "unknown_zone", "zone"),
        ({"hours": -1}, "ends_before", "ends"),
        ({"hours": 24 * 400}, "too_long", "ends"),
        ({"starts": MONDAY.replace(year=1850)}, "out_of_range", "starts"),
        ({"minutes_before": 10**6}, "out_of_range", "minutes_before"),
        ({"visibility": "everybody"}, "unknown_visibility", "visibility"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(company, more, code, field):
    with pytest.raises(Refusal) as refused:
        create(company.ann, **more)
    assert refused.value.code == code
    assert list(refused.value.fields) == [field]
    assert str(refused.value.message)
    assert not Event.objects.exists()


def test_this_occurrence_alone_is_moved_and_renamed(company):
    event = create(company.ann, rrule="FREQ=WEEKLY;COUNT=4")
    second = MONDAY + WEEK
    change(company.ann, event, "this", second, title="改期", starts=second + DAY + HOUR, rrule=event.rrule)
    assert titles(agenda(company.ann)) == ["周会", "改期", "周会", "周会"]
    assert starts(agenda(company.ann))[1] == second + DAY + HOUR
    change(
        company.ann, event, "this", second, title="又改", starts=second, rrule=event.rrule
    )  # the same again
    assert titles(agenda(company.ann))[1] == "又改"
    assert Event.objects.filter(override_of=event).count() == 1


def test_following_cuts_the_series_and_takes_exceptions_guests_and_answers_along(company):
    event = create(company.ann, rrule="FREQ=WEEKLY;COUNT=6", guest_ids=[company.ben.pk], minutes_before=15)
    guesting.answer(people.actor(company.ben), event_id=event.pk, status="accepted", now=NOW)
    fifth = MONDAY + 4 * WEEK
    change(company.ann, event, "this", fifth, title="第五次", starts=fifth + HOUR, rrule=event.rrule)
    remove(company.ann, event, "this", MONDAY + WEEK)
    third = MONDAY + 2 * WEEK
    following = change(
        company.ann,
        event,
        "following",
        third,
        title="新周会",
        starts=third,
        rrule=event.rrule,
        minutes_before=15,
    )
    assert following.pk != event.pk
    assert titles(agenda(company.ann)) == ["周会", "新周会", "新周会", "第五次", "新周会"]
    assert starts(agenda(company.ann)) == [MONDAY, third, third + WEEK, fifth + HOUR, fifth + WEEK]
    guest = Attendee.objects.get(event=following)
    assert (guest.employee, guest.status) == (
        company.ben,
        "accepted",
    )  # the time is the same: so is the answer
    assert Reminder.objects.filter(employee=company.ann).count() == 2


def test_following_at_another_time_asks_guests_anew(company):
    event = create(company.ann, rrule="FREQ=WEEKLY;COUNT=6", guest_ids=[company.ben.pk])
    guesting.answer(people.actor(company.ben), event_id=event.pk, status="accepted", now=NOW)
    third = MONDAY + 2 * WEEK
    following = change(company.ann, event, "following", third, starts=third + 3 * HOUR, rrule=event.rrule)
    assert Attendee.objects.get(event=following).status == "needs_answer"
    assert Attendee.objects.get(event=event).status == "accepted"


def test_all_moved_to_another_weekday_keeps_the_exception_and_the_hole(company):
    event = create(company.ann, rrule="FREQ=WEEKLY;COUNT=5;BYDAY=MO")
    change(
        company.ann,
        event,
        "this",
        MONDAY + WEEK,
        title="例外",
        starts=MONDAY + WEEK + HOUR,
        rrule=event.rrule,
    )
    change(
        company.ann,
        event,
        "this",
        MONDAY + 3 * WEEK,
        title="例外二",
        starts=MONDAY + 3 * WEEK,
        rrule=event.rrule,
    )
    remove(company.ann, event, "this", MONDAY + 2 * WEEK)
    change(company.ann, event, "all", MONDAY, starts=MONDAY + WEEK, rrule=event.rrule)
    # Exceptions stay when they were put, and take the place of the occurrence that their own one has become.
    assert titles(agenda(company.ann)) == ["周会", "例外", "例外二", "周会"]
    found = Event.objects.filter(override_of=event).order_by("original_on")
    assert [each.original for each in found] == [MONDAY + 2 * WEEK, MONDAY + 4 * WEEK]
    event.refresh_from_db()
    assert event.exdates == [(MONDAY + 3 * WEEK).isoformat()]


def test_all_without_a_rule_becomes_a_single_event(company):
    event = create(company.ann, rrule="FREQ=DAILY;COUNT=3")
    change(company.ann, event, "all", MONDAY, title="一次", rrule="")
    assert titles(agenda(company.ann)) == ["一次"]


def test_removing_this_the_following_and_all(company):
    event = create(company.ann, rrule="FREQ=WEEKLY;COUNT=5")
    remove(company.ann, event, "this", MONDAY + WEEK)
    remove(company.ann, event, "following", MONDAY + 3 * WEEK)
    assert starts(agenda(company.ann)) == [MONDAY, MONDAY + 2 * WEEK]
    with pytest.raises(Refusal, match="no_occurrence"):
        remove(company.ann, event, "this", MONDAY + WEEK)
    remove(company.ann, event, "all")
    assert not Event.objects.exists()


def test_an_edit_on_an_old_picture_is_refused(company):
    event = create(company.ann)
    change(company.ann, event, "all", title="二", version=event.version)
    with pytest.raises(Conflict, match="changed_meanwhile"):
        change(company.ann, event, "all", title="三", version=event.version)


def test_only_the_owner_changes_an_event_and_only_colleagues_are_invited(company):
    event = create(company.ann, guest_ids=[company.ben.pk])
    for other in (company.ben, company.boss, company.cai):
        with pytest.raises(NotFound):
            change(other, event, "all", title="别人改的")
        with pytest.raises(NotFound):
            remove(other, event, "all")
    with pytest.raises(Refusal, match="unknown_guest"):
        create(company.ann, guest_ids=[company.cai.pk])
    with pytest.raises(Forbidden):
        create(people.employee("Nobody"))


def test_guests_are_asked_told_of_changes_and_of_the_end(company):
    event = create(company.ann, guest_ids=[company.ben.pk, company.boss.pk])
    assert letters_of(company.ben) == ["calendar.invited"]
    guesting.answer(people.actor(company.ben), event_id=event.pk, status="declined", now=NOW)
    guesting.answer(people.actor(company.ben), event_id=event.pk, status="declined", now=NOW)
    assert letters_of(company.ann) == ["calendar.declined"]
    change(company.ann, event, "all", starts=MONDAY + HOUR, guest_ids=[company.boss.pk])
    assert letters_of(company.ben)[-1] == "calendar.cancelled"
    assert letters_of(company.boss)[-1] == "calendar.changed"
    remove(company.ann, event, "all")
    assert letters_of(company.boss)[-1] == "calendar.cancelled"
    with pytest.raises(NotFound):
        guesting.answer(people.actor(company.cai), event_id=event.pk, status="accepted", now=NOW)


def test_what_a_guest_declined_leaves_the_guests_agenda(company):
    event = create(company.ann, guest_ids=[company.ben.pk])
    assert [each.answer for each in agenda(company.ben)] == ["needs_answer"]
    assert queries.open_invitations(people.actor(company.ben), NOW).count() == 1
    guesting.answer(people.actor(company.ben), event_id=event.pk, status="declined", now=NOW)
    assert agenda(company.ben) == []
    assert queries.open_invitations(people.actor(company.ben), NOW).count() == 0


def test_a_reminder_comes_once_for_each_occurrence_at_its_own_time(company):
    event = create(
        company.ann, rrule="FREQ=WEEKLY;COUNT=3", minutes_before=30, zone=BERLIN, guest_ids=[company.ben.pk]
    )
    guesting.remind_me(people.actor(company.ben), event_id=event.pk, minutes_before=1440, now=NOW)
    change(
        company.ann, event, "this", MONDAY + WEEK, title="例外", starts=MONDAY + WEEK + HOUR, zone=BERLIN,
        rrule=event.rrule, minutes_before=30,
    )  # fmt: skip
    system = system_actor(event.organization_id, "calendar.remind")
    told = []
    at = NOW
    while at < NOW + timedelta(days=30):
        if reminding.remind_due(system, now=at):
            told.append(at)
            assert reminding.remind_due(system, now=at) == 0  # never twice
        at += timedelta(minutes=30)
    # Berlin is UTC+1 until 29 March: 09:00 there is 08:00 UTC.
    assert [f"{each:%m-%d %H:%M}" for each in told] == [
        "03-08 08:00", "03-09 07:30", "03-15 09:00", "03-16 08:30", "03-22 08:00", "03-23 07:30",
    ]  # fmt: skip
    assert set(Reminder.objects.values_list("due_at", flat=True)) == {None}


def test_a_guest_who_declined_is_not_reminded(company):
    event = create(company.ann, guest_ids=[company.ben.pk])
    guesting.remind_me(people.actor(company.ben), event_id=event.pk, minutes_before=0, now=NOW)
    guesting.answer(people.actor(company.ben), event_id=event.pk, status="declined", now=NOW)
    due = Reminder.objects.get().due_at
    assert reminding.remind_due(system_actor(event.organization_id, "x"), now=due) == 0


def test_texts_are_sealed_in_the_database(company):
    from django.db import connection

    create(company.ann, title="医院复查", place="鼓楼", notes="空腹")
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, place, notes FROM calendar_event")
        raw = b"".join(bytes(each) for each in cursor.fetchone())
    assert "医院".encode() not in raw
    assert "鼓楼".encode() not in raw
