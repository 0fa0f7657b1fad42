"""Daily reports in the demo: the field's days filled in from their own visits, with every state there is."""

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from qince.core.access.queries import actor_for
from qince.core.people.models import Employee
from qince.core.privacy.gate import Standing
from qince.employee.daily_reports import filling, obliging
from qince.employee.daily_reports.actions import answering, designing, sending
from qince.employee.daily_reports.models import Obligation, Receipt, Report, Template
from qince.employee.daily_reports.presets import PRESETS
from qince.employee.daily_reports.setting_up import Named, Setup
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.ids import uuid7
from qince.sales.visits.models import Visit
from qince.surfaces.demo.company import Company

SEED, DAYS = 20261127, 28
SUMMARIES = (
    "按路线完成拜访，多数门店铺货正常，补了两处缺货。",
    "重点跑了便利店，冰柜陈列整齐，新品试饮反应不错。",
    "上午拜访顺利，下午两家店老板不在，已约明天再去。",
    "竞品在搞买赠，三家店要求跟进促销，已记录并反馈。",
    "整理了端架陈列，价签全部更新，库存基本够卖到周末。",
)
PROBLEMS = (
    "",
    "",
    "",
    "苏果中山路店冰柜不制冷，需报修。",
    "经销商送货晚了半天，店老板有意见。",
    "新品价签不够，请补发。",
)
PLANS = (
    "继续按路线拜访，补拜访今天没见到的老板。",
    "跟进缺货门店的补货。",
    "去新开的两家店谈进场。",
    "配合促销员做周末活动。",
)
REMARKS = ("陈列整齐", "缺货一种，已补单", "老板要求换冰柜位置", "价签已更新", "")
PRAISE = (
    "辛苦了，缺货的问题我来协调。",
    "陈列做得不错，拍照发群里给大家看看。",
    "明天重点跟进这家店。",
    "收到，冰柜报修我来安排。",
)
WEEK = {"done": "带队走访重点门店，处理缺货与陈列问题。", "next": "推进新品铺货，抽查路线执行。"}
ANSWERS = ("好的，收到。", "明白，明天就去。", "谢谢，已约好时间。")


@dataclass(frozen=True, slots=True)
class Diary:
    """What is the same for the whole history."""

    zone: ZoneInfo
    now: datetime
    chance: random.Random

    def at(self, on: date, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(on, time(hour, minute), self.zone)


def set_up(made: Company, everybody: dict[str, Actor], *, first: date, zone: str, now: datetime) -> int:
    """A daily template for the field and a weekly one for its leaders, and what was sent; how many reports."""
    diary = Diary(ZoneInfo(zone), now, random.Random(SEED))
    since = max(first, now.astimezone(diary.zone).date() - timedelta(days=DAYS))
    began = diary.at(since, 8)
    field = list(Visit.objects.values_list("employee", flat=True).order_by("employee").distinct())
    leaders = list(Employee.objects.filter(subordinates__in=field).order_by("pk").distinct())
    if not field or not leaders:
        return 0
    daily = _template(made, "visits", "外勤日报", Named(tuple(field)), began)
    weekly = _template(made, "weekly", "主管周报", Named(tuple(each.pk for each in leaders)), began)
    people = {actor.employee_id: actor for actor in everybody.values()}
    sent = _live(daily, since, people, diary) + _live(weekly, since, people, diary)
    _read(diary)
    return sent


def _template(made: Company, preset: str, name: str, reporters: Named, began: datetime) -> Template:
    chosen = PRESETS[preset]
    setup = Setup(chosen.rule, chosen.definition, dict(chosen.autofill), reporters=reporters)
    with clock.at(began):
        return designing.create_template(
            made.admin, now=began, name=name, setup=setup, sequence=10 * (Template.objects.count() + 1)
        )


def _live(template: Template, since: date, people: dict[Any, Actor], diary: Diary) -> int:
    today = diary.now.astimezone(diary.zone).date()
    obliging.renew(since, today, now=diary.now, template=template)
    rows = Obligation.objects.filter(template=template, reason="", report__isnull=True)
    found = list(rows.select_related("template", "by_version").order_by("period_on", "employee"))
    return sum(_write(row, people[row.employee_id], diary) for row in found if row.employee_id in people)


def _write(row: Obligation, actor: Actor, diary: Diary) -> bool:
    """Most in time, some late, a few never, one or two a day after it was missing."""
    at = _moment(row, diary.chance)
    if at is None or at > diary.now:
        return False
    begun = at - timedelta(minutes=diary.chance.randint(3, 15))
    period = sending.period_of(row.template, row.period_on)
    filled = filling.prefill(
        row.by_version, row.employee_id, period, until=begun, standing=Standing(row.employee_id)
    )
    data = _data(row, filled, diary.chance)
    with clock.at(at):
        try:
            made = sending.send(
                replace(actor, client="phone"), report_id=uuid7(), template_id=row.template_id,
                period_on=row.period_on, written=sending.Written(data, at, begun), now=at,
            )  # fmt: skip
        except Refusal:  # a consent withdrawn in the history, or leave: nothing was sent that day
            return False
    if diary.chance.random() < 0.07:
        _change(made, actor, data, begun, at + timedelta(minutes=20))
    return True


def _moment(row: Obligation, chance: random.Random) -> datetime | None:
    fate = chance.random()
    if fate < 0.06:
        return None
    if fate < 0.08:
        return row.late_until + timedelta(hours=chance.randint(2, 10))
    if fate < 0.18:
        return row.due_at + timedelta(minutes=chance.randint(5, 400))
    return row.due_at - timedelta(minutes=chance.randint(5, 130))


def _data(row: Obligation, filled: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    if row.template.name == "主管周报":
        return {**filled, "problems": chance.choice(PROBLEMS), **WEEK}
    data = {
        **filled, "summary": chance.choice(SUMMARIES), "problems": chance.choice(PROBLEMS),
        "tomorrow": chance.choice(PLANS),
    }  # fmt: skip
    if "stores" in data:
        data["stores"] = [{**each, "remark": chance.choice(REMARKS)} for each in data["stores"]]
    if chance.random() < 0.12:  # a human knows better than the records now and then
        data["visits"] = int(data.get("visits") or 0) + 1
    return data


def _change(made: Report, actor: Actor, data: dict[str, Any], begun: datetime, at: datetime) -> None:
    said = f"{data.get('summary', data.get('done', ''))}补充：已和店老板确认补货时间。"
    changed = {**data, ("summary" if "summary" in data else "done"): said}
    with clock.at(at):
        try:
            sending.revise(
                actor,
                report_id=made.pk,
                edition=made.edition,
                written=sending.Written(changed, at, begun),
                now=at,
            )
        except Refusal:
            return


def _read(diary: Diary) -> None:
    """Leaders read most of what came, and say something about some; the newest stays unread."""
    rows = Receipt.objects.select_related("employee", "report__employee").order_by("report__sent_at", "pk")
    actors: dict[Any, Actor] = {}
    for receipt in rows:
        at = receipt.report.sent_at + timedelta(hours=diary.chance.randint(1, 14))
        if at > diary.now or (at > diary.now - timedelta(hours=24) and diary.chance.random() < 0.4):
            continue
        actor = actors.get(receipt.employee_id)
        if actor is None:
            actor = actors[receipt.employee_id] = actor_for(
                receipt.employee, client="console", locale="zh-hans"
            )
        with clock.at(at):
            answering.mark_read(actor, report_id=receipt.report_id, now=at)
            if diary.chance.random() < 0.12:
                _talk(actor, receipt, at, diary)


def _talk(actor: Actor, receipt: Receipt, at: datetime, diary: Diary) -> None:
    report = receipt.report
    try:
        answering.comment(
            actor, comment_id=uuid7(), report_id=report.pk, text=diary.chance.choice(PRAISE), now=at,
            mentions=[report.employee_id] if diary.chance.random() < 0.3 else [],
        )  # fmt: skip
        later = at + timedelta(minutes=40)
        if diary.chance.random() < 0.5 and later < diary.now:
            writer = actor_for(report.employee, client="phone", locale="zh-hans")
            answering.comment(
                writer, comment_id=uuid7(), report_id=report.pk, text=diary.chance.choice(ANSWERS), now=later
            )
    except Refusal:  # who has not agreed says nothing
        return
