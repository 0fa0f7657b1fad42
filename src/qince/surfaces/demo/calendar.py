"""Agendas in the demo: a weekly meeting with an exception and a hole, a training, invitations in each state."""

from datetime import date, datetime, time, timedelta
from typing import Any

from qince.core.access.queries import actor_for
from qince.core.people.models import Employee
from qince.employee.calendar.actions import guesting, planning
from qince.employee.calendar.actions.drafts import Draft
from qince.employee.calendar.models import Event
from qince.kit.actor import Actor
from qince.kit.ids import uuid7

ZONE, LEADER = "Asia/Shanghai", "ZX009"
HOUR, WEEK = timedelta(hours=1), timedelta(days=7)
ANSWERS = ("accepted", "tentative", "declined", "")


def set_up(*, now: datetime, today: date) -> int:
    """Events of the team that `next_steps` names first; how many."""
    boss = Employee.objects.filter(number=LEADER).first()
    team = list(Employee.objects.filter(leader=boss, status="active").order_by("number")[:6]) if boss else []
    if boss is None or not team:
        return 0
    lead, before = _actor(boss), Event.objects.count()
    monday = today - timedelta(days=today.weekday())
    weekly = _weekly_meeting(lead, team, monday, now)
    for person, status in zip(team, ANSWERS, strict=False):
        if status:
            guesting.answer(_actor(person), event_id=weekly.pk, status=status, now=now)
    _once(lead, team, monday, now)
    rep = _actor(team[0])
    _own(rep, boss, monday, now)
    guesting.share(rep, viewer=team[1] if len(team) > 1 else boss, now=now)
    return Event.objects.count() - before


def _actor(person: Employee) -> Actor:
    return actor_for(person, client="console", locale="zh-hans")


def _enter(
    who: Actor, title: str, on: date, at: time, length: timedelta, now: datetime, **more: Any
) -> Event:
    starts = datetime.combine(on, at)
    draft = Draft(title, ZONE, starts, starts + length, **more)
    return planning.create_event(who, event_id=uuid7(), draft=draft, now=now)


def _weekly_meeting(lead: Actor, team: list[Employee], monday: date, now: datetime) -> Event:
    """Three weeks old already; next week it is later, the week after next it does not take place."""
    first = monday - 3 * WEEK
    found = _enter(
        lead, "城区组周会", first, time(8, 30), HOUR / 2, now, rrule="FREQ=WEEKLY;BYDAY=MO", place="三楼会议室",
        notes="上周陈列、本周重点门店", guest_ids=[each.pk for each in team], minutes_before=15,
    )  # fmt: skip
    original = datetime.combine(monday + WEEK, time(8, 30))
    later = Draft(
        "城区组周会（改到下午）", ZONE, original + 8 * HOUR, original + 9 * HOUR, place="线上", rrule=found.rrule,
        minutes_before=15,
    )  # fmt: skip
    planning.change_event(
        lead, event_id=found.pk, draft=later, reach=planning.Reach.THIS, original=original, now=now
    )
    hole = datetime.combine(monday + 2 * WEEK, time(8, 30))
    planning.remove_event(lead, event_id=found.pk, reach=planning.Reach.THIS, original=hole, now=now)
    return found


def _once(lead: Actor, team: list[Employee], monday: date, now: datetime) -> None:
    everybody = [each.pk for each in team]
    midnight = time()
    _enter(lead, "新品上市培训", monday + timedelta(days=8), midnight, timedelta(days=2), now, all_day=True,
           place="总部培训室", guest_ids=everybody)  # fmt: skip
    _enter(lead, "一对一沟通", monday + timedelta(days=3), time(17), HOUR / 2, now, visibility="busy",
           guest_ids=everybody[:1], minutes_before=5)  # fmt: skip
    _enter(lead, "经销商季度会", monday + timedelta(days=4), time(14), 2 * HOUR, now, place="江宁经销商")
    _enter(lead, "月度复盘", _last_friday(monday), time(16, 30), HOUR, now, rrule="FREQ=MONTHLY;BYDAY=-1FR",
           guest_ids=everybody[:2])  # fmt: skip


def _last_friday(monday: date) -> date:
    """Of the month that the week's Friday is in, so that the rule begins with the event."""
    friday = monday + timedelta(days=4)
    while (friday + WEEK).month == friday.month:
        friday += WEEK
    return friday


def _own(rep: Actor, boss: Employee, monday: date, now: datetime) -> None:
    _enter(rep, "陪同客户选址", monday + timedelta(days=2), time(15), HOUR, now, place="集庆门大街")
    _enter(rep, "牙医", monday + timedelta(days=3), time(12), HOUR, now, visibility="private")
    _enter(rep, "请主管看新店陈列", monday + timedelta(days=9), time(10), HOUR, now, place="湖南路",
           guest_ids=[boss.pk], minutes_before=60)  # fmt: skip
