"""Who sees what of whose agenda; what may not be seen is not read."""

import json
from dataclasses import asdict

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qince.core.people.models import Employee
from qince.core.people.tests import factories as people
from qince.employee.calendar import queries
from qince.employee.calendar.actions import guesting
from qince.employee.calendar.models import AgendaShare
from qince.employee.calendar.tests.scene import HOUR, MONDAY, NOW, WEEK, agenda, change, create, titles
from qince.kit.errors import NotFound, Refusal


def all_kinds(company):
    create(company.ann, title="公开", place="会议室")
    create(company.ann, title="忙碌", starts=MONDAY + HOUR, visibility="busy")
    create(company.ann, title="私人", starts=MONDAY + 2 * HOUR, visibility="private", notes="秘密")


def test_a_colleague_sees_busy_times_only_and_of_private_ones_nothing(company):
    all_kinds(company)
    found = agenda(company.ben, company.ann)
    assert titles(found) == [None, None]
    assert [each.event_id for each in found] == [None, None]
    said = json.dumps([asdict(each) for each in found], default=str, ensure_ascii=False)
    assert not any(word in said for word in ("公开", "忙碌", "私人", "会议室", "秘密"))


def test_a_share_and_the_own_manager_show_what_is_public_and_no_more(company):
    all_kinds(company)
    guesting.share(people.actor(company.ann), viewer=company.ben, now=NOW)
    assert titles(agenda(company.ben, company.ann)) == ["公开", None]
    assert titles(agenda(company.boss, company.ann)) == ["公开", None]
    assert titles(agenda(company.other_boss, company.ann)) == [None, None]  # not in the reach of this one
    assert titles(agenda(company.ann)) == ["公开", "忙碌", "私人"]
    found = AgendaShare.objects.get()
    with pytest.raises(NotFound):
        guesting.unshare(people.actor(company.ben), share_id=found.pk, now=NOW)  # only the owner ends it
    guesting.unshare(people.actor(company.ann), share_id=found.pk, now=NOW)
    assert titles(agenda(company.ben, company.ann)) == [None, None]


def test_a_guest_sees_what_the_event_is_even_when_it_is_private(company):
    create(company.ann, title="私人", visibility="private", guest_ids=[company.ben.pk])
    assert titles(agenda(company.ben)) == ["私人"]
    assert titles(agenda(company.ben, company.ann)) == ["私人"]
    assert titles(agenda(company.boss, company.ann)) == []


def test_an_accepted_invitation_is_busy_time_of_the_guest_too(company):
    event = create(company.boss, title="预算", guest_ids=[company.ben.pk])
    (found,) = agenda(company.ann, company.ben)
    assert (found.texts, found.people) == (None, (company.ben.pk,))
    (seen,) = agenda(company.boss, company.boss, company.ben)
    assert set(seen.people) == {company.boss.pk, company.ben.pk}
    guesting.answer(people.actor(company.ben), event_id=event.pk, status="declined", now=NOW)
    assert agenda(company.ann, company.ben) == []


def test_an_exception_has_a_visibility_of_its_own(company):
    event = create(company.ann, title="周会", rrule="FREQ=WEEKLY;COUNT=3")
    second = MONDAY + WEEK
    change(
        company.ann,
        event,
        "this",
        second,
        title="面谈",
        starts=second,
        rrule=event.rrule,
        visibility="private",
    )
    assert titles(agenda(company.boss, company.ann)) == ["周会", "周会"]
    assert titles(agenda(company.ann)) == ["周会", "面谈", "周会"]


def test_no_statement_for_a_busy_viewer_can_bring_a_text(company):
    """The rule stands in the query: rows a busy viewer may not read are not among those whose texts are asked for."""
    all_kinds(company)
    with CaptureQueriesContext(connection) as asked:
        agenda(company.ben, company.ann)
    with_texts = [each["sql"] for each in asked if '"calendar_event"."title"' in each["sql"]]
    assert len(with_texts) == 1
    with connection.cursor() as cursor:
        cursor.execute(with_texts[0])
        assert cursor.fetchall() == []


def test_the_number_of_queries_does_not_grow_with_people_and_events(company):
    all_kinds(company)

    def asked(*owners):
        actor = people.actor(company.boss)
        with CaptureQueriesContext(connection) as found:
            queries.agenda(actor, [each.pk for each in owners], NOW, NOW + 8 * WEEK, zone="Asia/Shanghai")
        return len(found)

    create(company.ann, rrule="FREQ=DAILY")
    few = asked(company.ann)
    for step in range(6):
        create(company.ann, starts=MONDAY + step * HOUR, rrule="FREQ=DAILY")
        create(company.ben, starts=MONDAY + step * HOUR, rrule="FREQ=DAILY")
    assert asked(company.ann, company.ben) == few


def test_busy_times_are_those_of_colleagues_one_may_name(company):
    names = set(queries.busy_people(people.actor(company.ann)).values_list("name", flat=True))
    assert names == {"Ann", "Ben", "Boss"}
    guesting.share(people.actor(company.boss), viewer=company.ann, now=NOW)
    Employee.objects.filter(pk=company.ben.pk).update(restricted_at=NOW)
    names = set(queries.busy_people(people.actor(company.ann)).values_list("name", flat=True))
    assert names == {"Ann", "Boss"}


def test_an_agenda_is_shared_once_and_not_with_strangers(company):
    ann = people.actor(company.ann)
    guesting.share(ann, viewer=company.ben, now=NOW)
    with pytest.raises(Refusal, match="invalid"):
        guesting.share(ann, viewer=company.ben, now=NOW)
    for other in (company.cai, company.ann):
        with pytest.raises(NotFound):
            guesting.share(ann, viewer=other, now=NOW)
