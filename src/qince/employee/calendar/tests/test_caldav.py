"""CalDAV seen from close by: what is refused, and how. The client library's own walk is tests/walks/test_caldav.py."""

import base64
from xml.etree import ElementTree as ET

import icalendar
import pytest
from django.test import Client

from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.employee.calendar.actions import keys
from qince.employee.calendar.models import CalendarKey, Event
from qince.employee.calendar.tests.scene import DAY, HOUR, WEEK, change, create
from qince.employee.calendar.tests.test_feed import MONDAY, NOW

D, C, CS = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}", "{http://calendarserver.org/ns/}"
SPACES = f'xmlns:D="DAV:" xmlns:C="{C[1:-1]}" xmlns:CS="{CS[1:-1]}"'
HEAD = '<?xml version="1.0"?>'
HOME = "/caldav/home/agenda/"


@pytest.fixture
def made(company):
    agree(company.ann)
    return keys.make_key(people.actor(company.ann), kind="app", name="DAVx5", now=NOW)


class Dav:
    def __init__(self, user, password):
        known = base64.b64encode(f"{user}:{password}".encode()).decode()
        self.client, self.headers = Client(), {"HTTP_AUTHORIZATION": f"Basic {known}"}

    def ask(self, method, path, body="", **headers):
        return self.client.generic(
            method, path, body.encode(), content_type="application/xml", **self.headers, **headers
        )

    def find(self, path, *names, depth="0"):
        asked = "".join(f"<{name}/>" for name in names)
        body = f"{HEAD}<D:propfind {SPACES}><D:prop>{asked}</D:prop></D:propfind>"
        answer = self.ask("PROPFIND", path, body, HTTP_DEPTH=depth)
        assert answer.status_code == 207, answer.content
        return ET.fromstring(answer.content)

    def query(self, inner, path=HOME):
        body = (
            f"{HEAD}<C:calendar-query {SPACES}><D:prop><D:getetag/><C:calendar-data/></D:prop>"
            f'<C:filter><C:comp-filter name="VCALENDAR">{inner}</C:comp-filter></C:filter></C:calendar-query>'
        )
        return self.ask("REPORT", path, body)


@pytest.fixture
def dav(made):
    return Dav(made.user, made.secret)


def statuses(document):
    return {each.text for each in document.iter(f"{D}status")}


def hrefs(document):
    return [each.find(f"{D}href").text for each in document.iter(f"{D}response")]


def vevent(begin, end):
    form = "%Y%m%dT%H%M%SZ"
    within = f'<C:time-range start="{begin:{form}}" end="{end:{form}}"/>'
    return f'<C:comp-filter name="VEVENT">{within}</C:comp-filter>'


def test_from_the_root_one_finds_the_way(dav):
    root = dav.find("/caldav/", "D:current-user-principal")
    principal = root.find(f".//{D}current-user-principal/{D}href").text
    home = dav.find(principal, "C:calendar-home-set").find(f".//{C}calendar-home-set/{D}href").text
    found = dav.find(home, "D:resourcetype", "D:displayname", "CS:getctag", depth="1")
    calendars = [each for each in found.iter(f"{D}response") if each.find(f".//{C}calendar") is not None]
    assert len(calendars) == 2
    assert all(each.find(f".//{CS}getctag").text for each in calendars)


def test_what_a_resource_does_not_have_is_said_not_to_be_found(dav):
    found = dav.find("/caldav/home/", "D:displayname", "D:quota-used-bytes")
    assert statuses(found) == {"HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found"}


def test_options_say_what_is_spoken_here_without_a_password():
    answer = Client().options("/caldav/")
    assert "calendar-access" in answer["DAV"]
    assert "REPORT" in answer["Allow"]
    assert "PUT" not in answer["Allow"]


@pytest.mark.parametrize("path", ["/caldav/", "/caldav/principal/", "/caldav/home/", HOME, f"{HOME}x.ics"])
def test_without_the_password_there_is_nothing(made, path):
    for wrong in (Dav("", ""), Dav(made.user, "x"), Dav("x", made.secret), Dav(made.user, made.secret + "a")):
        answer = wrong.ask("PROPFIND", path, HTTP_DEPTH="0")
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Basic ")
    broken = Client().generic("PROPFIND", path, HTTP_AUTHORIZATION="Basic ???")
    assert broken.status_code == 401


def test_the_password_may_be_typed_with_capitals_and_without_dashes(made):
    typed = made.secret.replace("-", "").upper()
    assert Dav(made.user.upper(), typed).ask("PROPFIND", "/caldav/", HTTP_DEPTH="0").status_code == 207


def test_only_the_digest_is_kept_and_revoking_closes(company, made, dav):
    row = CalendarKey.objects.get()
    assert made.secret.replace("-", "") not in str(row.__dict__)
    keys.revoke_key(people.actor(company.ann), key_id=row.pk, now=NOW)
    assert dav.ask("PROPFIND", "/caldav/", HTTP_DEPTH="0").status_code == 401


def test_a_window_chooses_by_what_happens_in_it(company, dav):
    create(company.ann, title="Weekly", starts=MONDAY, rrule="FREQ=WEEKLY", zone="UTC", now=NOW)
    create(company.ann, title="Once", starts=MONDAY + 3 * DAY, zone="UTC", now=NOW)
    create(company.ben, title="Bens", starts=MONDAY, zone="UTC", now=NOW)

    def titles(begin, end):
        answer = dav.query(vevent(begin, end))
        assert answer.status_code == 207
        data = [each.text for each in ET.fromstring(answer.content).iter(f"{C}calendar-data")]
        return sorted(str(icalendar.Calendar.from_ical(each).walk("VEVENT")[0]["summary"]) for each in data)

    assert titles(MONDAY, MONDAY + 4 * DAY) == ["Once", "Weekly"]
    assert titles(MONDAY + 40 * WEEK, MONDAY + 40 * WEEK + HOUR) == ["Weekly"]
    assert titles(MONDAY + 5 * DAY, MONDAY + 6 * DAY) == []
    assert titles(MONDAY + DAY, MONDAY + 6 * DAY) == ["Once"]


def test_everything_is_found_without_a_window_and_todos_never(company, dav):
    create(company.ann, starts=MONDAY, now=NOW)
    assert len(hrefs(ET.fromstring(dav.query('<C:comp-filter name="VEVENT"/>').content))) == 1
    assert hrefs(ET.fromstring(dav.query('<C:comp-filter name="VTODO"/>').content)) == []


@pytest.mark.parametrize(
    ("inner", "condition"),
    [
        ('<C:comp-filter name="VEVENT"><C:prop-filter name="UID"/></C:comp-filter>', "supported-filter"),
        ('<C:comp-filter name="VEVENT"><C:time-range start="soon"/></C:comp-filter>', "valid-filter"),
        (
            '<C:comp-filter name="VEVENT"><C:time-range start="20270101T000000Z" end="20260101T000000Z"/>'
            "</C:comp-filter>",
            "valid-filter",
        ),
    ],
)
def test_a_filter_not_kept_to_is_refused_by_its_precondition(dav, inner, condition):
    answer = dav.query(inner)
    assert answer.status_code == 403
    assert ET.fromstring(answer.content)[0].tag == f"{C}{condition}"


def test_objects_are_fetched_at_their_addresses_with_tags(company, dav):
    event = create(company.ann, title="A", starts=MONDAY, now=NOW)
    foreign = create(company.ben, title="B", starts=MONDAY, now=NOW)
    path = f"{HOME}{event.pk}.ics"
    first = dav.ask("GET", path)
    assert (first.status_code, first["Content-Type"]) == (
        200,
        "text/calendar; charset=utf-8; component=VEVENT",
    )
    assert dav.ask("GET", path, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    body = (
        f'{HEAD}<C:calendar-multiget xmlns:D="DAV:" xmlns:C="{C[1:-1]}"><D:prop><D:getetag/><C:calendar-data/></D:prop>'
        f"<D:href>{path}</D:href><D:href>{HOME}{foreign.pk}.ics</D:href><D:href>/etc/passwd</D:href></C:calendar-multiget>"
    )
    answer = ET.fromstring(dav.ask("REPORT", HOME, body).content)
    by_href = {each.find(f"{D}href").text: each for each in answer.iter(f"{D}response")}
    assert by_href[path].find(f".//{D}getetag").text == first["ETag"]
    assert by_href[f"{HOME}{foreign.pk}.ics"].find(f"{D}status").text == "HTTP/1.1 404 Not Found"
    assert by_href["/etc/passwd"].find(f"{D}status").text == "HTTP/1.1 404 Not Found"
    assert dav.ask("GET", f"{HOME}{foreign.pk}.ics").status_code == 404


def test_a_tag_changes_with_the_event_and_the_collections_with_it(company, dav):
    event = create(company.ann, title="A", starts=MONDAY, now=NOW)

    def tags():
        tag = dav.find(HOME, "CS:getctag").find(f".//{CS}getctag").text
        return tag, dav.ask("GET", f"{HOME}{event.pk}.ics")["ETag"]

    before = tags()
    assert tags() == before
    change(company.ann, event, "all", title="B", starts=MONDAY, now=NOW)
    after = tags()
    assert after[0] != before[0]
    assert after[1] != before[1]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PROPPATCH", "MKCALENDAR", "MOVE", "POST"])
def test_nothing_can_be_written(company, dav, method):
    event = create(company.ann, starts=MONDAY, now=NOW)
    answer = dav.ask(method, f"{HOME}{event.pk}.ics", "BEGIN:VCALENDAR")
    assert answer.status_code == 403
    assert ET.fromstring(answer.content)[0].tag == f"{D}need-privileges"
    assert Event.objects.count() == 1


def test_a_bomb_is_not_opened_and_what_is_no_xml_is_refused(dav):
    bomb = f'{HEAD}<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><D:propfind xmlns:D="DAV:">&c;</D:propfind>'
    outside = f'{HEAD}<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><D:propfind xmlns:D="DAV:">&x;</D:propfind>'
    for body in (bomb, outside, "<open>", "<D:propfind", "<a/>", "x" * 300_000):
        answer = dav.ask("PROPFIND", "/caldav/", body, HTTP_DEPTH="0")
        assert answer.status_code in (400, 413)
        assert b"root:" not in answer.content
    assert dav.ask("REPORT", HOME, "").status_code == 400
    assert dav.ask("REPORT", HOME, "<a/>").status_code == 403


def test_depth_must_be_finite(dav):
    for headers in ({}, {"HTTP_DEPTH": "infinity"}):
        answer = dav.ask("PROPFIND", "/caldav/", **headers)
        assert answer.status_code == 403
        assert ET.fromstring(answer.content)[0].tag == f"{D}propfind-finite-depth"


def test_a_feeds_secret_is_no_password(company):
    agree(company.ann)
    made = keys.make_key(people.actor(company.ann), kind="feed", name="x", now=NOW)
    user = keys.user_of(company.ann.organization_id)
    assert Dav(user, made.secret).ask("PROPFIND", "/caldav/", HTTP_DEPTH="0").status_code == 401


def test_what_fails_unexpectedly_writes_neither_password_nor_address_into_the_log(made, monkeypatch, caplog):
    dav = Dav(made.user, made.secret)

    def broken(*_words, **_more):
        raise RuntimeError(f"cannot read {made.secret}")

    monkeypatch.setattr("qince.employee.calendar.caldav.views.Tree", broken)
    with caplog.at_level("DEBUG"):
        answer = dav.ask("PROPFIND", HOME, HTTP_DEPTH="0")
    assert answer.status_code == 500
    assert "failed with RuntimeError" in caplog.text
    assert made.secret not in caplog.text
    assert HOME not in caplog.text
