"""What phones send and hold of the calendar."""

from datetime import timedelta

import pytest

from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.employee.calendar import sync
from qince.employee.calendar.models import Attendee, Event
from qince.employee.calendar.tests.scene import (
    BERLIN,
    HOUR,
    MONDAY,
    NOW,
    WEEK,
    agenda,
    create,
    remove,
    titles,
)
from qince.engines.sync.tests.factories import operation, push
from qince.kit.ids import uuid7


@pytest.fixture(autouse=True)
def agreed(company):
    for each in (company.ann, company.ben):
        agree(each)


def payload(**more):
    return {
        "event_id": str(uuid7()), "title": "周会", "zone": "Asia/Shanghai", "starts": "2026-03-09T09:00:00",
        "ends": "2026-03-09T10:00:00", **more,
    }  # fmt: skip


def send(who, name, body, now=None, **more):
    made = operation(name, body, **more)
    return push(people.actor(who, client="phone"), made, now=now)[made["id"]]


def held(who, now=NOW):
    actor = people.actor(who, client="phone")
    return {str(each["id"]): each for each in sync._load(actor, list(sync._versions(actor, now)), now)}


def test_an_event_entered_offline_arrives_once(company):
    body = payload(rrule="FREQ=WEEKLY;COUNT=3", guest_ids=[str(company.ben.pk)], minutes_before=15)
    answer = send(company.ann, "calendar.create", body)
    assert answer.state == "accepted", answer
    assert Event.objects.get().pk == Event.objects.get(pk=body["event_id"]).pk
    again = send(company.ann, "calendar.create", body)
    assert (again.state, again.code) == ("conflict", "entered")
    assert titles(agenda(company.ben)) == ["周会"] * 3


def test_this_following_and_all_from_the_phone(company):
    event = create(company.ann, rrule="FREQ=WEEKLY;COUNT=4")
    same = {"event_id": str(event.pk), "rrule": event.rrule}
    second = (MONDAY + WEEK).isoformat()
    moved = payload(
        **same,
        title="改",
        starts="2026-03-16T11:00:00",
        ends="2026-03-16T12:00:00",
        reach="this",
        original=second,
    )
    assert send(company.ann, "calendar.change", moved).state == "accepted"
    assert titles(agenda(company.ann)) == ["周会", "改", "周会", "周会"]
    gone = {"event_id": str(event.pk), "reach": "following", "original": (MONDAY + 2 * WEEK).isoformat()}
    assert send(company.ann, "calendar.remove", gone).state == "accepted"
    assert titles(agenda(company.ann)) == ["周会", "改"]
    assert send(company.ann, "calendar.remove", {"event_id": str(event.pk)}).state == "accepted"
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("calendar.create", payload(rrule="FREQ=SECONDLY"), "too_often"),
        ("calendar.create", payload(zone="Mars"), "unknown_zone"),
        ("calendar.create", payload(ends="2026-03-08T10:00:00"), "ends_before"),
        ("calendar.create", payload(starts="2026-03-09T09:00:00+08:00"), "invalid_payload"),
        ("calendar.create", payload(title="x" * 500), "invalid_payload"),
        ("calendar.create", payload(secret=1), "invalid_payload"),
        ("calendar.change", payload(), "not_found"),
        ("calendar.answer", {"event_id": str(uuid7()), "status": "accepted"}, "not_found"),
    ],
)
def test_what_cannot_be_comes_back_with_its_reason(company, name, body, code):
    answer = send(company.ann, name, body)
    assert answer.state == "rejected"
    assert answer.code == code


def test_an_edit_on_an_old_picture_comes_back_with_what_is_there_now(company):
    event = create(company.ann)
    body = payload(event_id=str(event.pk), title="改")
    first = send(company.ann, "calendar.change", body, base=event.version)
    assert (first.state, first.result["version"]) == ("accepted", 2)
    answer = send(company.ann, "calendar.change", {**body, "title": "x"}, base=event.version, now=NOW)
    assert (answer.state, answer.code, answer.result["version"]) == ("conflict", "changed_meanwhile", 2)
    assert (answer.result["current"]["title"], answer.result["current"]["revision"]) == ("改", 2)
    late = send(company.ann, "calendar.remove", {"event_id": str(event.pk)}, base=event.version)
    assert (late.state, late.code) == ("conflict", "changed_meanwhile")
    assert Event.objects.get().title == "改"
    assert send(company.ann, "calendar.change", {**body, "title": "x"}, base=2).state == "accepted"


def test_apps_of_the_release_before_say_the_version_in_the_payload(company):
    event = create(company.ann)
    body = payload(event_id=str(event.pk), version=event.version)
    assert send(company.ann, "calendar.change", body).state == "accepted"
    assert send(company.ann, "calendar.change", {**body, "title": "x"}).code == "changed_meanwhile"


def test_a_phone_holds_occurrences_in_wall_time_and_not_those_of_others(company):
    create(company.ann, title="柏林", zone=BERLIN, rrule="FREQ=WEEKLY")
    create(company.ben, title="本", starts=MONDAY)
    (found,) = held(company.ann).values()
    assert found["title"] == "柏林"
    local = [each["starts"][11:16] for each in found["occurrences"]]
    assert set(local) == {"16:00", "15:00"}  # of Shanghai, before and after Berlin's change of clocks
    assert {each["original"][11:16] for each in found["occurrences"]} == {"09:00"}
    assert found["rule_words"]


def test_a_record_changes_with_the_event_an_answer_and_the_week(company):
    event = create(company.ann, guest_ids=[company.ben.pk], rrule="FREQ=DAILY")
    ann = people.actor(company.ann, client="phone")
    before = sync._versions(ann, NOW)
    assert sync._versions(ann, NOW + timedelta(days=1)) == before
    assert sync._versions(ann, NOW + timedelta(days=8)) != before
    answer = send(company.ben, "calendar.answer", {"event_id": str(event.pk), "status": "declined"})
    assert answer.state == "accepted"
    after = sync._versions(ann, NOW)
    assert after != before
    remove(company.ann, event, "this", MONDAY + WEEK)
    assert sync._versions(ann, NOW) != after
    assert Attendee.objects.get().status == "declined"


def test_a_declined_invitation_stays_on_the_phone_so_that_it_can_be_answered_otherwise(company):
    event = create(company.ann, guest_ids=[company.ben.pk])
    send(company.ben, "calendar.answer", {"event_id": str(event.pk), "status": "declined"})
    (found,) = held(company.ben).values()
    assert found["answer"] == "declined"
    assert found["owner"] == "Ann"
    assert found["guests"] == [{"id": str(company.ben.pk), "name": "Ben", "status": "declined"}]
    assert len(found["occurrences"]) == 1
    assert found["occurrences"][0]["ends"] == (MONDAY + HOUR).isoformat()


def test_an_exception_brings_its_own_texts(company):
    event = create(company.ann, rrule="FREQ=WEEKLY;COUNT=2")
    body = payload(
        event_id=str(event.pk), rrule=event.rrule, title="例外", starts="2026-03-17T09:00:00",
        ends="2026-03-17T10:00:00",
        reach="this", original=(MONDAY + WEEK).isoformat(),
    )  # fmt: skip
    send(company.ann, "calendar.change", body)
    (found,) = held(company.ann).values()
    assert [each.get("title") for each in found["occurrences"]] == [None, "例外"]
