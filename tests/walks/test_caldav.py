"""A real CalDAV client against the real web server: it finds the calendars, searches, reads; and nothing more."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import caldav
import icalendar
import pytest
import recurring_ical_events
from caldav.lib import error

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(scope="module")
def story(server):
    return server.script("tests.walks.calendar_story", "seed")


def client_of(server, story, **changed):
    known = {"username": story["user"], "password": story["password"], **changed}
    return caldav.DAVClient(url=f"{server.address}/caldav/", **known)


def agenda_of(server, story):
    calendars = client_of(server, story).principal().calendars()
    return next(each for each in calendars if str(each.url).endswith("/agenda/"))


def test_the_client_finds_its_principal_and_two_calendars(server, story):
    principal = client_of(server, story).principal()
    assert str(principal.url).endswith("/caldav/principal/")
    names = {str(each.url).rsplit("/", 2)[-2]: each.get_display_name() for each in principal.calendars()}
    assert set(names) == {"agenda", "work"}
    assert all(names.values())
    assert client_of(server, story).check_cdav_support()


def test_the_well_known_address_leads_there(server, story):
    client = caldav.DAVClient(
        url=f"{server.address}/.well-known/caldav", username=story["user"], password=story["password"]
    )
    assert (
        str(client.request(f"{server.address}/caldav/", "OPTIONS").headers["DAV"]).count("calendar-access")
        == 1
    )


def test_a_search_in_a_window_finds_what_happens_there(server, story):
    agenda = agenda_of(server, story)
    first = datetime.fromisoformat(story["first"]).replace(tzinfo=BERLIN)
    far = first + timedelta(days=7 * 20)
    found = agenda.search(
        start=far - timedelta(hours=1), end=far + timedelta(hours=2), event=True, expand=True
    )
    assert [str(each.icalendar_component["summary"]) for each in found] == ["Standup"]
    starts = found[0].icalendar_component["dtstart"].dt.astimezone(BERLIN)
    assert (starts.hour, starts.date()) == (9, far.date())
    hole = first + timedelta(days=14)
    assert agenda.search(start=hole, end=hole + timedelta(hours=1), event=True, expand=True) == []
    day = first.date()
    whole = agenda.search(start=datetime.combine(day, datetime.min.time()), end=first, event=True)
    assert "Training" in {str(each.icalendar_component["summary"]) for each in whole}


def test_what_the_client_reads_expands_to_what_we_expand(server, story):
    """The acceptance check, from outside: the weekly event keeps its wall time, and both sides agree."""
    events = agenda_of(server, story).events()
    assert len(events) == 2  # the weekly one and the training; the colleague's is not there
    theirs = []
    begin = datetime.now(UTC) - timedelta(days=30)
    for each in events:
        for found in recurring_ical_events.of(icalendar.Calendar.from_ical(each.data)).between(
            begin, begin + timedelta(days=400)
        ):
            if isinstance(found["dtstart"].dt, datetime):
                times = [found[name].dt.astimezone(UTC).isoformat() for name in ("dtstart", "dtend")]
                theirs.append([*times, str(found["summary"])])
            else:
                assert isinstance(found["dtstart"].dt, date)
    ours = server.script("tests.walks.calendar_story", "expansion", story["organization"], "400")
    assert sorted(theirs) == ours
    weekly = [each for each in theirs if each[2] == "Standup"]
    hours = {datetime.fromisoformat(each[0]).astimezone(BERLIN).hour for each in weekly}
    assert hours == {9}
    assert len({datetime.fromisoformat(each[0]).hour for each in weekly}) == 2  # both offsets lie within


def test_several_are_fetched_at_once_and_one_that_is_not_there_is_named(server, story):
    agenda = agenda_of(server, story)
    urls = [each.url for each in agenda.events()]
    found = (
        agenda.multiget(urls) if hasattr(agenda, "multiget") else [each.load() for each in agenda.events()]
    )
    assert len(list(found)) == 2
    with pytest.raises(error.NotFoundError):
        agenda.event_by_url(f"{agenda.url}{story['organization']}.ics").load()


def test_nothing_can_be_written(server, story):
    agenda = agenda_of(server, story)
    with pytest.raises(error.DAVError):
        agenda.save_event(dtstart=datetime.now(UTC), dtend=datetime.now(UTC), summary="Mine")
    with pytest.raises(error.DAVError):
        agenda.events()[0].delete()
    assert len(agenda.events()) == 2


def test_a_wrong_password_and_a_revoked_one_open_nothing(server, story):
    with pytest.raises(error.AuthorizationError):
        client_of(server, story, password="aaaaa-bbbbb-ccccc-ddddd").principal()
    with pytest.raises(error.AuthorizationError):
        client_of(server, story, username="aaaaaaaaaaaaaaaaaaaaaaaaaa").principal()
    assert server.script("tests.walks.calendar_story", "revoke", story["organization"], story["key"])
    with pytest.raises(error.AuthorizationError):
        client_of(server, story).principal()
