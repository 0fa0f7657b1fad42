"""Events taken over from a file: looked at first, by UID, in their own zones, and nothing twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from qince.core.people.tests import factories as people
from qince.employee.calendar.actions import importing
from qince.employee.calendar.ical import collecting, reading, writing
from qince.employee.calendar.models import Event, Reminder
from qince.employee.calendar.tests.scene import BERLIN, NOW, SHANGHAI, agenda, change, create, starts, titles
from qince.kit.errors import Refusal
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


WEEKLY = """
UID:weekly@example.com
DTSTART;TZID=Europe/Berlin:20260316T090000
DTEND;TZID=Europe/Berlin:20260316T100000
RRULE:FREQ=WEEKLY;COUNT=4
EXDATE;TZID=Europe/Berlin:20260323T090000
SUMMARY:Jour fixe
LOCATION:Raum 4
BEGIN:VALARM
TRIGGER:-PT30M
ACTION:DISPLAY
END:VALARM
"""
MOVED = """
UID:weekly@example.com
RECURRENCE-ID;TZID=Europe/Berlin:20260330T090000
DTSTART;TZID=Europe/Berlin:20260330T140000
DTEND;TZID=Europe/Berlin:20260330T150000
SUMMARY:Jour fixe am Nachmittag
"""
HOLIDAY = """
UID:holiday@example.com
DTSTART;VALUE=DATE:20260501
DTEND;VALUE=DATE:20260504
SUMMARY:五一出游
CLASS:PRIVATE
"""


def ics(*events):
    parts = [f"BEGIN:VEVENT\nDTSTAMP:20260101T000000Z{event.rstrip()}\nEND:VEVENT" for event in events]
    text = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", *parts, "END:VCALENDAR", ""])
    return text.replace("\n", "\r\n").encode()


def event(**lines):
    return "\n" + "\n".join(
        f"{name.replace('_', '-')}:{value}"
        for name, value in {
            "UID": "one@example.com",
            "DTSTART": "20260310T010000Z",
            "SUMMARY": "一",
            **lines,
        }.items()
    )


def read(*events, visibility="busy"):
    return reading.read(ics(*events), zone=SHANGHAI, visibility=visibility)


def take(who, *events, **more):
    return importing.import_events(people.actor(who), found=read(*events, **more), now=NOW)


def problem(*events):
    [found] = read(*events)
    return found.problem


def test_a_series_keeps_its_wall_time_its_gaps_and_its_moved_occurrence(company):
    assert take(company.ann, WEEKLY, MOVED, HOLIDAY) == {"new": 2, "changed": 0, "same": 0, "faulty": 0}
    found = agenda(company.ann, begin=datetime(2026, 3, 15, tzinfo=UTC))
    moments = [each.occurrence.starts_at.strftime("%m-%d %H:%M") for each in found]
    # Nine in Berlin is eight in UTC, from the 29th on seven: summer time.
    assert moments[:3] == ["03-16 08:00", "03-30 12:00", "04-06 07:00"]
    assert titles(found)[:2] == ["Jour fixe", "Jour fixe am Nachmittag"]
    row = Event.objects.get(uid="weekly@example.com")
    assert (row.zone, row.place, row.visibility) == (BERLIN, "Raum 4", "busy")
    assert Reminder.objects.get(event=row).minutes_before == 30
    days = Event.objects.get(uid="holiday@example.com")
    assert (days.all_day, days.starts_on.day, days.ends_on.day, days.visibility) == (True, 1, 3, "private")


def test_the_same_file_changes_nothing_the_second_time(company):
    take(company.ann, WEEKLY, MOVED, HOLIDAY)
    before = sorted(Event.objects.values_list("pk", "version", "updated_at"))
    later = ics(WEEKLY, MOVED, HOLIDAY).replace(b"20260101T000000Z", b"20260808T080808Z")  # exported anew
    found = reading.read(later, zone=SHANGHAI, visibility="busy")
    assert importing.import_events(people.actor(company.ann), found=found, now=NOW)["same"] == 2
    assert sorted(Event.objects.values_list("pk", "version", "updated_at")) == before


def test_what_was_changed_here_stays_until_the_file_says_something_else(company):
    take(company.ann, event())
    row = Event.objects.get()
    change(company.ann, row, "all", title="改过的", starts=datetime(2026, 3, 10, 9))
    assert take(company.ann, event())["same"] == 1
    assert Event.objects.get().title == "改过的"
    assert take(company.ann, event(SUMMARY="新的标题"))["changed"] == 1
    found = Event.objects.get()
    assert (found.pk, found.title, found.version) == (row.pk, "新的标题", 3)


def test_each_person_has_events_of_their_own(company):
    take(company.ann, event())
    assert take(company.ben, event())["new"] == 1
    assert titles(agenda(company.ben, company.ann)) == [None]  # busy, as was chosen


def test_what_we_gave_away_comes_back_as_what_it_is(company):
    create(company.ann, title="周会", starts=datetime(2026, 3, 9, 9), rrule="FREQ=WEEKLY;COUNT=3")
    take(company.ann, WEEKLY, MOVED)
    items = collecting.items(people.actor(company.ann), NOW.date())
    given = writing.calendar_of(items)
    assert b"UID:weekly@example.com" in given
    found = reading.read(given, zone=SHANGHAI, visibility="busy")
    counts = importing.import_events(people.actor(company.ann), found=found, now=NOW)
    assert (counts["same"], counts["new"], counts["faulty"]) == (2, 0, 0)
    # Somebody else's copy is another event, with the same occurrences.
    importing.import_events(people.actor(company.cai), found=found, now=NOW)
    assert starts(agenda(company.cai)) == starts(agenda(company.ann))


@pytest.mark.parametrize(
    ("begins", "zone", "wall"),
    [
        ("DTSTART:20260310T010000Z", SHANGHAI, 9),  # a single moment: on the wall at home
        ("DTSTART:20260310T090000", SHANGHAI, 9),  # no zone: meant at home
        ("DTSTART;TZID=China Standard Time:20260310T090000", SHANGHAI, 9),
        ("DTSTART;TZID=/citadel.org/20260101_1/Europe/Berlin:20260310T090000", BERLIN, 9),
        ("DTSTART;TZID=America/Argentina/Ushuaia:20260310T090000", "America/Argentina/Ushuaia", 9),
    ],
)  # fmt: skip
def test_zones_are_read_by_all_the_names_they_have(company, begins, zone, wall):
    [found] = read(f"\nUID:z\n{begins}\nSUMMARY:z")
    assert not found.problem
    assert (found.draft.zone, found.draft.starts) == (zone, datetime(2026, 3, 10, wall))


def test_a_length_instead_of_an_end(company):
    [timed] = read(event(DURATION="PT90M"))
    assert timed.draft.ends - timed.draft.starts == timedelta(minutes=90)
    [day] = read("\nUID:d\nDTSTART;VALUE=DATE:20260501\nSUMMARY:d")
    assert day.draft.ends - day.draft.starts == timedelta(days=1)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ({"STATUS": "CANCELLED"}, "cancelled"),
        ({"EXRULE": "FREQ=DAILY"}, "EXRULE"),
        ({"RRULE": "FREQ=HOURLY"}, "daily at most"),
        ({"RRULE": "FREQ=WEEKLY;BYSETPOS=1"}, "BYSETPOS"),
        ({"DTEND": "20260309T010000Z"}, "ends before it begins"),
        ({"DTEND": "20290309T010000Z"}, "a year at most"),
        ({"DTSTART": "19600310T010000Z"}, "1970"),
        ({"DTSTART": "yesterday"}, "cannot be read"),
        ({"RECURRENCE-ID": "20260310T010000Z"}, "not the series itself"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_name_and_leaves_the_others(company, lines, words):
    found = read(event(**lines), HOLIDAY)
    assert words in found[0].problem, found[0].problem
    counts = importing.import_events(people.actor(company.ann), found=found, now=NOW)
    assert (counts["new"], counts["faulty"]) == (1, 1)


def test_an_unknown_zone_is_named():
    assert "Mars/Base" in problem("\nUID:z\nDTSTART;TZID=Mars/Base:20260310T090000\nSUMMARY:z")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_calendar"),
        (b"name,mobile\nx,1", "no_calendar"),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", "no_calendar"),
        ("BEGIN:VCALENDAR\r\nSUMMARY:会议".encode("gb18030"), "not_utf8"),
        (b"x" * (reading.MOST_BYTES + 1), "file_too_large"),
    ],
)
def test_what_is_no_calendar_is_refused(content, code):
    with pytest.raises(Refusal) as error:
        reading.read(content, zone=SHANGHAI, visibility="busy")
    assert error.value.code == code


def test_a_file_and_an_agenda_hold_so_many_and_no_more(company, monkeypatch):
    monkeypatch.setattr(reading, "MOST_READ", 1)
    with pytest.raises(Refusal) as error:
        read(event(), HOLIDAY)
    assert error.value.code == "too_many_events"
    monkeypatch.setattr(importing, "MOST_EVENTS", 0)
    with pytest.raises(Refusal) as error:
        take(company.ann, event())
    assert error.value.code == "too_many"
    assert not Event.objects.exists()


def test_shifts_of_our_own_feed_are_not_entered_as_events(company):
    assert take(company.ann, event(UID="shift-2026-03-10@qince"))["faulty"] == 1


def test_the_pages_show_first_and_write_then(organization):
    with tenant(organization):
        ann, ben = (people.employee(name, roles=["rep"]) for name in ("Ann", "Ben"))
        desk, other = people.browser(ann), people.browser(ben)
    file = SimpleUploadedFile("meins.ics", ics(WEEKLY, MOVED, event(RRULE="FREQ=HOURLY")))
    sent = desk.post(reverse("calendar:import"), {"file": file, "visibility": "private"})
    assert sent.status_code == 302
    shown = desk.get(sent["Location"])
    assert "Jour fixe" in shown.text
    assert "Take 1 event over" in shown.text
    with tenant(organization):
        assert not Event.objects.exists()
    assert other.get(sent["Location"]).status_code == 404
    assert desk.post(sent["Location"]).status_code == 302
    with tenant(organization):
        main = Event.objects.get(override_of__isnull=True)
        assert (main.visibility, main.employee) == ("private", ann)
    assert "Nothing to do" in desk.get(sent["Location"]).text
    wrong = desk.post(
        reverse("calendar:import"), {"file": SimpleUploadedFile("a.ics", b"x"), "visibility": "busy"}
    )
    assert wrong.status_code == 422
    assert "no calendar file" in wrong.text
    assert desk.get(reverse("calendar:import_preview", args=[uuid7()])).status_code == 404


DATED = """
UID:dated@example.com
DTSTART;TZID=Europe/Berlin:20260316T090000
DTEND;TZID=Europe/Berlin:20260316T100000
RRULE:FREQ=WEEKLY;COUNT=4
EXDATE;TZID=Europe/Berlin:20260323T090000,20260330T090000
RDATE;TZID=Europe/Berlin:20260318T170000,20260320T090000,20260316T090000
RDATE;VALUE=PERIOD:20260325T080000Z/PT3H,20260326T080000Z/20260326T083000Z
SUMMARY:Jour fixe
ATTENDEE:mailto:a@example.com
ATTENDEE:mailto:b@example.com
"""
MOVED_DATE = """
UID:dated@example.com
RECURRENCE-ID;TZID=Europe/Berlin:20260320T090000
DTSTART;TZID=Europe/Berlin:20260320T110000
DTEND;TZID=Europe/Berlin:20260320T113000
SUMMARY:Ausnahme
"""


def days(who):
    found = agenda(who, begin=datetime(2026, 3, 15, tzinfo=UTC))
    return [f"{each.occurrence.starts_at:%d %H:%M}-{each.occurrence.ends_at:%H:%M}" for each in found]


def test_dates_beside_the_rule_are_taken_over_several_in_a_line_and_with_lengths_of_their_own(company):
    assert take(company.ann, DATED, MOVED_DATE)["new"] == 5
    assert days(company.ann) == [
        "16 08:00-09:00",  # the rule's, named once more beside it: once
        "18 16:00-17:00", "20 10:00-10:30", "25 08:00-11:00", "26 08:00-08:30", "06 07:00-08:00",
    ]  # fmt: skip
    assert take(company.ann, DATED, MOVED_DATE) == {"new": 0, "changed": 0, "same": 5, "faulty": 0}
    given = writing.calendar_of(collecting.items(people.actor(company.ann), NOW.date()))
    again = reading.read(given, zone=SHANGHAI, visibility="busy")
    counts = importing.import_events(people.actor(company.ann), found=again, now=NOW)
    assert (counts["new"], counts["changed"], counts["faulty"]) == (0, 0, 0)
    assert len(days(company.ann)) == 6


def test_a_date_that_the_file_names_no_more_goes_and_those_of_others_stay(company):
    for each in (company.ann, company.ben):
        take(each, DATED)
    assert take(company.ann, DATED.replace("20260318T170000,", ""))["same"] == 4
    assert "18 16:00-17:00" not in days(company.ann)
    assert len(days(company.ann)) == len(days(company.ben)) - 1


def test_several_rules_are_refused_with_the_name_of_the_event():
    rules = "RRULE:FREQ=WEEKLY;COUNT=2\nRRULE:FREQ=DAILY;COUNT=2"
    assert "“一” repeats by several rules" in problem(event() + f"\n{rules}")


def test_a_series_with_more_dates_than_anybody_keeps_is_refused():
    first = datetime(2026, 3, 11, 1)
    dates = ",".join(f"{first + timedelta(days=number):%Y%m%dT%H%M%SZ}" for number in range(501))
    assert "more than 500 dates" in problem(event(RDATE=dates))


def test_guests_are_said_not_to_come_along(organization):
    with tenant(organization):
        desk = people.browser(people.employee("Ann", roles=["rep"]))
    file = SimpleUploadedFile("meins.ics", ics(DATED, event()))
    sent = desk.post(reverse("calendar:import"), {"file": file, "visibility": "private"})
    shown = desk.get(sent["Location"]).text
    assert shown.count("2 guests are not taken over.") == 1
    assert shown.count("A further date of a series.") == 4
