"""The address to subscribe to: what comes out is what we expand, by other people's readers; and who gets it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from django.test import Client

from qince.core.accounts import limits
from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.employee.calendar.actions import guesting, keys
from qince.employee.calendar.ical import entering
from qince.employee.calendar.models import CalendarKey
from qince.employee.calendar.tests.scene import BERLIN, DAY, HOUR, agenda, change, create, remove
from qince.kit.errors import NotFound, Refusal

# Feeds show what is near: the whole scene lies around now. A Monday, so that a year holds both changes of the clocks.
TODAY = datetime.now(UTC).replace(tzinfo=None, hour=9, minute=0, second=0, microsecond=0)
MONDAY = TODAY - timedelta(days=TODAY.weekday())
NOW = TODAY.replace(tzinfo=UTC)


@pytest.fixture
def ann(company):
    agree(company.ann)
    return company.ann


def make(who, kind="feed"):
    return keys.make_key(people.actor(who), kind=kind, name="iPhone", now=NOW)


def fetch(secret, **headers):
    return Client(headers=headers).get(f"/calendar/feed/{secret}.ics")


def read(response):
    assert response.status_code == 200, response.content
    return icalendar.Calendar.from_ical(response.content)


def events(calendar):
    return [each for each in calendar.walk("VEVENT") if str(each["uid"]).count("-") == 4]


def expanded(calendar, begin, end):
    """What a library that knows nothing of us makes of it: start and end in UTC, and the title."""
    found = recurring_ical_events.of(calendar).between(begin, end)
    return sorted(
        (each["dtstart"].dt.astimezone(UTC), each["dtend"].dt.astimezone(UTC), str(each["summary"]))
        for each in found
    )


def our_own(who, begin, end):
    found = agenda(who, begin=begin, days=(end - begin).days)
    return sorted((each.occurrence.starts_at, each.occurrence.ends_at, each.texts.title) for each in found)


def test_a_weekly_event_keeps_its_wall_time_and_the_feed_agrees(ann):
    """The acceptance check: a weekly event in a zone that changes its clocks, read by another library."""
    create(ann, title="Standup", zone=BERLIN, starts=MONDAY, rrule="FREQ=WEEKLY;BYDAY=MO", now=NOW)
    calendar = read(fetch(make(ann).secret))
    begin, end = NOW - DAY, NOW + timedelta(days=364)
    theirs = expanded(calendar, begin, end)
    assert theirs == our_own(ann, begin, end)
    assert len(theirs) >= 51
    assert {each[0].astimezone(ZoneInfo(BERLIN)).hour for each in theirs} == {9}
    assert {each[0].hour for each in theirs} == {7, 8}  # both changes of the clocks lie within


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe"]
)
def test_exceptions_holes_and_cut_series_agree_in_every_zone(ann, zone):
    rule = "FREQ=DAILY;INTERVAL=2"
    event = create(ann, title="A", zone=zone, starts=MONDAY, rrule=rule, now=NOW)
    change(
        ann,
        event,
        "this",
        MONDAY + 2 * DAY,
        title="B",
        zone=zone,
        starts=MONDAY + 3 * DAY + HOUR,
        rrule=rule,
        now=NOW,
    )
    change(
        ann,
        event,
        "this",
        MONDAY + 8 * DAY,
        title="C",
        zone="UTC",
        starts=MONDAY + 8 * DAY,
        rrule=rule,
        now=NOW,
    )
    remove(ann, event, "this", MONDAY + 4 * DAY, now=NOW)
    change(ann, event, "following", MONDAY + 6 * DAY, title="D", zone=zone, starts=MONDAY + 6 * DAY, hours=2,
           rrule=rule, now=NOW)  # fmt: skip
    begin, end = NOW - 14 * DAY, NOW + timedelta(days=300)
    theirs = expanded(read(fetch(make(ann).secret)), begin, end)
    assert theirs == our_own(ann, begin, end)
    assert {each[2] for each in theirs} == {"A", "B", "C", "D"}


def test_an_all_day_event_is_a_date_in_the_feed(ann):
    create(
        ann,
        title="Training",
        starts=MONDAY.replace(hour=0),
        hours=2,
        all_day=True,
        rrule="FREQ=MONTHLY;COUNT=2",
        now=NOW,
    )
    (found,) = events(read(fetch(make(ann).secret)))
    assert found["dtstart"].dt == MONDAY.date()
    assert found["dtend"].dt == MONDAY.date() + timedelta(days=2)
    assert found["dtstart"].params["VALUE"] == "DATE"


def test_the_document_is_as_the_standard_wants_it(ann):
    event = create(
        ann, title="例会" * 40, zone=BERLIN, starts=MONDAY, rrule="FREQ=WEEKLY", place="a, b; c", now=NOW
    )
    change(ann, event, "this", MONDAY, title="X", zone=BERLIN, starts=MONDAY, rrule="FREQ=WEEKLY", now=NOW)
    response = fetch(make(ann).secret)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    calendar = read(response)
    assert [str(each["tzid"]) for each in calendar.walk("VTIMEZONE")] == [BERLIN]
    main, exception = events(calendar)
    assert str(main["uid"]) == str(exception["uid"]) == f"{event.pk}@qince"
    assert exception["recurrence-id"].dt == MONDAY.replace(tzinfo=ZoneInfo(BERLIN))
    assert str(main["location"]) == "a, b; c"
    change(
        ann, event, "all", MONDAY, title="Y", zone=BERLIN, starts=MONDAY + HOUR, rrule="FREQ=WEEKLY", now=NOW
    )
    again = events(read(fetch(make(ann).secret)))[0]
    assert int(again["sequence"]) > int(main["sequence"])
    assert again["uid"] == main["uid"]


def test_what_has_not_changed_is_not_sent_again(ann):
    create(ann, title="A", starts=MONDAY, now=NOW)
    secret = make(ann).secret
    first = fetch(secret)
    again = fetch(secret, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    create(ann, title="B", starts=MONDAY, now=NOW)
    assert fetch(secret, **{"If-None-Match": first["ETag"]}).status_code == 200
    assert "no-cache" in first["Cache-Control"] and "private" in first["Cache-Control"]  # noqa: PT018


def test_the_secret_is_kept_as_a_digest_and_opens_nothing_once_revoked(ann):
    made = make(ann)
    row = CalendarKey.objects.get()
    assert made.secret not in str(row.__dict__)
    assert fetch(made.secret).status_code == 200
    row.refresh_from_db()
    assert row.last_used_at is not None
    keys.revoke_key(people.actor(ann), key_id=row.pk, now=NOW)
    assert fetch(made.secret).status_code == 404
    for wrong in (made.secret[:-1], "0" * 75, "x", made.secret.upper()):
        assert fetch(wrong).status_code == 404
    with pytest.raises(NotFound):
        keys.revoke_key(people.actor(ann), key_id=row.pk, now=NOW)


def test_only_the_owner_revokes_and_a_name_is_needed(company, ann):
    made = make(ann)
    with pytest.raises(NotFound):
        keys.revoke_key(people.actor(company.ben), key_id=made.row.pk, now=NOW)
    with pytest.raises(Refusal, match="no_name"):
        keys.make_key(people.actor(ann), kind="feed", name=" ", now=NOW)


def test_who_left_and_whose_use_is_restricted_is_not_served(ann):
    secret = make(ann).secret
    Employee.objects.filter(pk=ann.pk).update(restricted_at=NOW)
    assert fetch(secret).status_code == 403
    Employee.objects.filter(pk=ann.pk).update(restricted_at=None, status="left")
    assert fetch(secret).status_code == 404


def test_an_apps_password_is_no_address_and_no_cookie_helps(ann):
    assert fetch(make(ann, "app").secret).status_code == 404
    browser = people.browser(ann)
    assert browser.get("/caldav/home/").status_code == 401


def test_guessing_is_slowed_and_reading_is_bounded(ann, monkeypatch):
    secret = make(ann).secret
    for _each in range(entering.WRONG.most):
        assert fetch("0" * 75).status_code == 404
    refused = fetch(secret)
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    limits.Attempt.objects.all().delete()
    monkeypatch.setattr(entering, "READS", limits.Limit("calendar-reads", 2, timedelta(hours=1)))
    assert [fetch(secret).status_code for _each in range(3)] == [200, 200, 429]


def test_the_feed_holds_what_one_is_invited_to_and_nothing_of_others(company, ann):
    event = create(company.ben, title="Bens Besprechung", starts=MONDAY, guest_ids=[ann.pk], now=NOW)
    create(company.ben, title="Bens Geheimnis", starts=MONDAY, now=NOW)
    create(company.boss, title="Chefsache", starts=MONDAY, now=NOW)
    guesting.share(people.actor(company.boss), viewer=ann, now=NOW)
    secret = make(ann).secret
    (found,) = events(read(fetch(secret)))
    assert (str(found["summary"]), str(found["status"])) == ("Bens Besprechung", "TENTATIVE")
    assert b"Ben<" not in fetch(secret).content
    guesting.answer(people.actor(ann), event_id=event.pk, status="declined", now=NOW)
    assert events(read(fetch(secret))) == []


def test_what_fails_unexpectedly_does_not_write_its_secret_into_the_log(ann, monkeypatch, caplog):
    """Neither the address, nor what the error itself says; but where it happened."""
    key = make(ann)

    def broken(*_words, **_more):
        raise ValueError(f"cannot read {key.secret}")

    monkeypatch.setattr("qince.employee.calendar.ical.collecting.items", broken)
    with caplog.at_level("DEBUG"):
        answer = fetch(key.secret)
    assert (answer.status_code, answer.content) == (500, b"")
    told = caplog.text
    assert "calendar: feed failed with ValueError" in told
    assert "qince.employee.calendar.ical.views" in told
    assert key.secret not in told
    assert "/calendar/feed/" not in told
