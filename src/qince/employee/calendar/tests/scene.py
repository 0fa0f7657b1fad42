"""A small company with agendas: Ann and Ben under a leader, Cai in another team."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from qince.core.people.tests import factories as people
from qince.employee.calendar import queries
from qince.employee.calendar.actions import planning
from qince.employee.calendar.actions.drafts import Draft
from qince.kit.ids import uuid7

SHANGHAI, BERLIN = "Asia/Shanghai", "Europe/Berlin"
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)  # a Monday
MONDAY = datetime(2026, 3, 9, 9)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


@pytest.fixture
def company(inside):
    boss = people.employee("Boss", roles=["manager"])
    ann = people.employee("Ann", leader=boss, roles=["rep"])
    ben = people.employee("Ben", leader=boss, roles=["rep"])
    other_boss = people.employee("Other", roles=["manager"])
    cai = people.employee("Cai", leader=other_boss, roles=["rep"])
    return SimpleNamespace(boss=boss, ann=ann, ben=ben, cai=cai, other_boss=other_boss)


def draft(title="周会", starts=MONDAY, hours=1, **more):
    length = timedelta(days=hours) if more.get("all_day") else timedelta(hours=hours)
    return Draft(**{"title": title, "zone": SHANGHAI, "starts": starts, "ends": starts + length, **more})


def create(who, *, event_id=None, now=NOW, **more):
    return planning.create_event(
        people.actor(who), event_id=event_id or uuid7(), draft=draft(**more), now=now
    )


def change(who, event, reach, original=None, *, now=NOW, version=None, **more):
    return planning.change_event(
        people.actor(who), event_id=event.pk, draft=draft(**more), reach=planning.Reach(reach), original=original,
        version=version, now=now,
    )  # fmt: skip


def remove(who, event, reach, original=None, *, now=NOW):
    planning.remove_event(
        people.actor(who), event_id=event.pk, reach=planning.Reach(reach), original=original, now=now
    )


def agenda(who, *owners, begin=NOW, days=60, zone=SHANGHAI):
    ids = [each.pk for each in owners or (who,)]
    return queries.agenda(people.actor(who), ids, begin, begin + timedelta(days=days), zone=zone)


def starts(entries):
    return [each.occurrence.starts for each in entries]


def titles(entries):
    return [each.texts.title if each.texts else None for each in entries]
