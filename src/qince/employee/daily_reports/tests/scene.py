"""A small company that reports: Ann and Ben under a leader who has one, too; a daily template with facts."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.employee.daily_reports import obliging
from qince.employee.daily_reports.actions import designing, sending
from qince.employee.daily_reports.actions.designing import window
from qince.employee.daily_reports.models import Obligation
from qince.employee.daily_reports.owing.rules import Rule
from qince.employee.daily_reports.queries import state_at
from qince.employee.daily_reports.setting_up import Named, Setup
from qince.engines.forms.schema import read
from qince.kit import clock
from qince.kit.ids import uuid7

MONDAY = date(2026, 3, 9)
ONE = timedelta(days=1)
PERSONAL = {"is_personal": True, "category": "work", "purpose": "basic"}
FIELDS = {
    "title": {"zh-Hans": "日报", "en": "Daily report"},
    "languages": ["zh-Hans", "en"],
    "fields": [
        {
            "id": "forms", "name": "forms", "kind": "integer", "label": {"zh-Hans": "提交表单", "en": "Forms sent"},
            "privacy": {"is_personal": False},
        },
        {
            "id": "done", "name": "done", "kind": "text", "label": {"zh-Hans": "今日工作", "en": "Done today"},
            "required": "true()", "privacy": PERSONAL,
        },
        {
            "id": "mood", "name": "mood", "kind": "choice", "choices": "moods",
            "label": {"zh-Hans": "进展", "en": "Going"}, "privacy": PERSONAL,
        },
    ],
    "lists": {
        "moods": [{"value": "good", "label": {"zh-Hans": "顺利"}}, {"value": "hard", "label": {"zh-Hans": "困难"}}]
    },
}  # fmt: skip
RULE = Rule(due_at=time(18), late_hours=2, remind_minutes=60)


def shanghai(on=MONDAY, hour=17, minute=0, second=0):
    return datetime(on.year, on.month, on.day, hour, minute, second, tzinfo=UTC) - timedelta(hours=8)


def setup(rule=RULE, **more):
    more = {"reporters": Named(), "autofill": {"forms": "forms_filled"}, **more}
    return Setup(rule=rule, definition=read(FIELDS), **more)


def staff(name, **fields):
    found = people.employee(name, hired_on=date(2020, 5, 4), **fields)
    agree(found)
    return found


@pytest.fixture
def company(inside):
    top = staff("Top", roles=["manager"])
    boss = staff("Boss", roles=["manager"], leader=top)
    ann = staff("Ann", leader=boss, roles=["rep"])
    ben = staff("Ben", leader=boss, roles=["rep"])
    admin = people.actor(staff("Admin", roles=["administrator"]))
    found = SimpleNamespace(top=top, boss=boss, ann=ann, ben=ben, admin=admin)
    found.template = make(found, "日报", reporters=Named((ann.pk, ben.pk)))
    return found


def make(company, name, *, now=None, **more):
    at = now or shanghai(MONDAY - ONE * 7, 9)
    with clock.at(at):
        return designing.create_template(company.admin, now=at, name=name, setup=setup(**more))


def round_at(now):
    with clock.at(now):
        obliging.renew(*window(now), now=now)


def written(at, data=None, *, until=None, version=None):
    return sending.Written({"forms": 0, "done": "x", **(data or {})}, at, until or at, version)


def send(company, who, *, at=None, on=MONDAY, data=None, template=None, until=None, report_id=None, now=None):
    at = at or shanghai(on)
    with clock.at(now or at):
        return sending.send(
            people.actor(who, client="phone"), report_id=report_id or uuid7(), period_on=on, now=now or at,
            template_id=(template or company.template).pk, written=written(at, data, until=until),
        )  # fmt: skip


def states(template, on=MONDAY, *, now):
    rows = Obligation.objects.filter(template=template, period_on=on).annotate(state=state_at(now))
    return {row.employee.name: row.state for row in rows.select_related("employee")}
