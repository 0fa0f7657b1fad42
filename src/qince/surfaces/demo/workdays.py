"""The demo's working times: an office week, nights in the warehouse by roster, free hours in the field."""

import random
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from qince.core.people.models import Department, Employee
from qince.employee.attendance.correct_actions import correct
from qince.employee.attendance.definitions import GroupTerms, ShiftTimes
from qince.employee.attendance.jobs import compute_everybody
from qince.employee.attendance.models import DayResult, Group, Shift, Swap
from qince.employee.attendance.month_actions import put_together
from qince.employee.attendance.replay.shapes import Basis, Grace, OvertimeRule, Rest, Slot
from qince.employee.attendance.request_actions import approve, ask_correction, ask_time
from qince.employee.attendance.roster_actions import REST, plan_roster
from qince.employee.attendance.rule_actions import add_member, create_group, create_shift
from qince.employee.attendance.swap_actions import answer_swap, ask_swap
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant
from qince.surfaces.demo import presses
from qince.surfaces.demo.company import Company
from qince.surfaces.demo.days import FieldDay, Setting
from qince.surfaces.demo.history import OFFICE_DAYS
from qince.surfaces.demo.phone import Phone

NIGHT_WORKERS = ("ZX055", "ZX056", "ZX057")
OFFICE = ("总经办", "销售部", "市场部", "财务人事部")
IN_FIELD = ("城区组", "郊区组")
WAREHOUSE = "仓储物流部"
REASONS = ("孩子开家长会，想换到休息日上班", "老家有事，需要回去一趟")  # for exchanging a night
AHEAD = 13  # days the roster reaches beyond today
OFFICE_TIMES = ShiftTimes(
    slots=(Slot(on=510, off=1050, late_as_late=10, late_as_serious=60, off_delay=360),),
    rests=(Rest(720, 780),),
    graces=(Grace(120, 30),),
)
DAY_TIMES = ShiftTimes(slots=(Slot(on=510, off=1020, late_as_late=5),), rests=(Rest(720, 750),))
NIGHT_TIMES = ShiftTimes(slots=(Slot(on=1320, off=1800, late_as_late=5, late_as_serious=30),))


def set_rules(made: Company, *, since: datetime, first: date, today: date) -> None:
    """Shifts, groups and members from the first day on, and the warehouse's roster."""
    admin = made.admin

    def shift(name: str, colour: str, times: ShiftTimes) -> Shift:
        return create_shift(admin, now=since, name=name, colour=colour, times=times, starts_on=first)

    office, day, night = (
        shift("行政班", "blue", OFFICE_TIMES),
        shift("仓库白班", "green", DAY_TIMES),
        shift("仓库夜班", "purple", NIGHT_TIMES),
    )
    recent = max(first, today - timedelta(days=OFFICE_DAYS))  # before that nobody in the office used the app
    week: tuple[str | None, ...] = (str(office.pk),) * 5 + (None, None)
    by_press = OvertimeRule(basis=Basis.LESSER)
    _group(
        admin,
        since,
        recent,
        "总部考勤组",
        "fixed",
        GroupTerms(week=week, workday=by_press, photo="optional"),
        OFFICE,
    )
    free: tuple[str | None, ...] = ("free",) * 5 + (None, None)
    terms = GroupTerms(week=free, free_minutes=420, field="approval")
    _group(admin, since, first, "外勤弹性组", "free", terms, IN_FIELD)
    _group(admin, since, first, "仓库排班组", "roster", GroupTerms(correction_limit=5), (WAREHOUSE,))
    _plan(admin, since, first, today, day, night)


def in_the_field() -> frozenset[str]:
    """Who has the free hours of the field from the first day on, by employee number."""
    rows = Employee.objects.filter(memberships__department__name__in=IN_FIELD)
    return frozenset(rows.values_list("number", flat=True))


def _group(
    admin: Actor, now: datetime, first: date, name: str, kind: str, terms: GroupTerms, names: tuple[str, ...]
) -> Group:
    made = create_group(admin, now=now, name=name, kind=kind, terms=terms, effective_from=first)
    for department in Department.objects.filter(name__in=names):
        add_member(admin, now=now, group=made, department=department, starts_on=first)
    return made


def _plan(admin: Actor, now: datetime, first: date, today: date, day: Shift, night: Shift) -> None:
    """Night workers: five nights, two days off, each beginning at another day. The others by day, Monday to Friday."""
    dates = [first + timedelta(days=step) for step in range((today - first).days + AHEAD + 1)]
    people = dict(
        Employee.objects.filter(memberships__department__name=WAREHOUSE).values_list("number", "pk")
    )
    on_nights = [(number, on) for on in dates for number in NIGHT_WORKERS if works_at_night(number, on)]
    resting = [(number, on) for on in dates for number in NIGHT_WORKERS if not works_at_night(number, on)]
    began = today - timedelta(days=OFFICE_DAYS)
    by_day = [
        (n, on) for on in dates if on >= began and on.weekday() < 5 for n in people if n not in NIGHT_WORKERS
    ]
    for cells, what in ((on_nights, str(night.pk)), (resting, REST), (by_day, str(day.pk))):
        plan_roster(admin, now=now, cells=[(people[number], on) for number, on in cells], shift=what)


def works_at_night(number: str, on: date) -> bool:
    return (on.toordinal() + 2 * NIGHT_WORKERS.index(number)) % 7 < 5


def live_through_nights(actors: dict[str, Actor], setting: Setting, first: date) -> int:
    """The warehouse's nights up to now; how many presses."""
    sent = 0
    warehouse = setting.places[2]
    for number in NIGHT_WORKERS:
        for step in range((setting.today - first).days + 1):
            on = first + timedelta(days=step)
            if not works_at_night(number, on):
                continue
            rng = random.Random(f"night {number} {on}")
            phone = Phone(actors[number], rng, started=setting.at(on, 20))
            lived = FieldDay(phone, setting, on, shares_location=True, takes_photos=False)
            lived.time = setting.at(on, 21.8 + rng.random() * 0.3 + (0.6 if rng.random() < 0.06 else 0))
            lived.punch("in", warehouse)
            lived.time = setting.at(on, 30.02 + rng.random() * 0.4)
            if rng.random() < 0.96:
                lived.punch("out", warehouse)
            sent += len(phone.operations)
            if phone.operations:
                phone.send(min(lived.time + timedelta(minutes=20), setting.now))
    return sent


def finish(made: Company, actors: dict[str, Actor], setting: Setting, first: date) -> int:
    """Results of every day, some requests, and last month put together."""
    with tenant(made.organization):
        presses.press(actors, setting, first)
    stored = compute_everybody(made.organization.pk, first, setting.today)
    with tenant(made.organization):
        _ask(actors, setting)
        _exchange(actors, setting)
        last_month = setting.today.replace(day=1) - timedelta(days=1)
        if DayResult.objects.filter(on__lte=last_month).exists():
            put_together(made.admin, now=setting.now, month=last_month.replace(day=1))
    return stored


def _exchange(actors: dict[str, Actor], setting: Setting) -> None:
    """One night is exchanged for a colleague's free one and waits for the leader; another waits for the colleague."""
    asker, partner = actors[NIGHT_WORKERS[0]], actors[NIGHT_WORKERS[1]]
    asked: list[Swap] = []
    for step in range(1, AHEAD):
        if len(asked) == 2:
            return
        on = setting.today + timedelta(days=step)
        try:
            row = ask_swap(
                asker, now=setting.now, partner_id=partner.person_id, on=on, reason=REASONS[len(asked)]
            )
        except Refusal:  # both work that night, or it would be too many hours
            continue
        if not asked:
            answer_swap(partner, row, now=setting.now, agrees=True)
        asked.append(row)


def _say(actors: dict[str, Actor], setting: Setting, lacking: Any) -> None:
    """One who did not ask is corrected by the leader's own word, and told."""
    for row in lacking.select_related("employee__leader").order_by("-on", "employee__number")[3:]:
        leader = actors.get(row.employee.leader.number) if row.employee.leader else None
        missing = next(each for each in row.points if each["result"] == "lack")
        if leader is None or row.shift is None:
            continue
        correct(
            leader, now=setting.now, employee=row.employee, on=row.on, end=missing["end"], slot=missing["slot"],
            at=datetime.fromtimestamp(missing["due"], setting.zone), reason="门禁记录显示按时离开",
        )  # fmt: skip
        return


def _ask(actors: dict[str, Actor], setting: Setting) -> None:
    """Three who forgot to clock out ask for it; one asks for overtime, and gets it."""
    since = setting.today - timedelta(days=6)
    lacking = DayResult.objects.filter(status="lack", on__range=(since, setting.today - timedelta(days=1)))
    zone: ZoneInfo = setting.zone
    for row in lacking.select_related("employee").order_by("-on", "employee__number")[:3]:
        missing = next(each for each in row.points if each["result"] == "lack")
        actor = actors[row.employee.number]
        at = datetime.fromtimestamp(missing["due"], zone)
        if row.shift is None:  # free hours: nobody is due at the end of the day
            at = datetime.combine(row.on, datetime.min.time(), zone) + timedelta(hours=17, minutes=40)
        ask_correction(
            actor, now=setting.now, on=row.on, end=missing["end"], at=at, slot=missing["slot"],
            reason="下班时手机没电，忘记打卡",
        )  # fmt: skip
    _say(actors, setting, lacking)
    day = setting.today - timedelta(days=1)
    start = datetime.combine(day, datetime.min.time(), zone) + timedelta(hours=18)
    asked = ask_time(
        actors["ZX048"], now=setting.now, kind="overtime", starts_at=start, ends_at=start + timedelta(hours=2),
        reason="月末结账",
    )  # fmt: skip
    approve(actors["ZX047"], asked, now=setting.now, answer="同意")
