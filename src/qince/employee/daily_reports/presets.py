"""Templates to begin with; everything in them can be changed afterwards."""

from dataclasses import dataclass
from datetime import time
from typing import Any

from django.utils.translation import gettext_lazy as _

from qince.employee.daily_reports.owing.rules import Cycle, Rule
from qince.engines.forms.schema import Definition, read
from qince.kit.errors import Text

PERSONAL = {"is_personal": True, "category": "work", "purpose": "basic"}
FACT = {"is_personal": False}


@dataclass(frozen=True, slots=True)
class Preset:
    code: str
    name: Text
    rule: Rule
    fields: tuple[dict[str, Any], ...]
    autofill: dict[str, str]
    title: dict[str, str]

    @property
    def definition(self) -> Definition:
        return read({"title": self.title, "languages": ["zh-Hans", "en"], "fields": list(self.fields)})


def _field(key: str, kind: str, zh: str, en: str, *, privacy: Any = FACT, **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "name": key,
        "kind": kind,
        "label": {"zh-Hans": zh, "en": en},
        "privacy": privacy,
        **more,
    }


def _said(key: str, zh: str, en: str, *, is_needed: bool = False) -> dict[str, Any]:
    return _field(
        key, "text", zh, en, privacy=PERSONAL, required="true()" if is_needed else "", appearance="multiline"
    )  # fmt: skip


_STORES = {
    **_field("stores", "table", "拜访的门店", "Stores visited"),
    "fields": [
        _field("store", "customer", "门店", "Store"),
        _field("remark", "text", "情况说明", "Remark", privacy=PERSONAL),
    ],
}
PRESETS: dict[str, Preset] = {
    each.code: each
    for each in (
        Preset(
            "visits", _("Day in the field, filled in from visits"), Rule(),
            (
                _field("visits", "integer", "拜访家数", "Visits"),
                _STORES,
                _field("forms", "integer", "提交表单", "Forms sent"),
                _said("summary", "今日总结", "Summary of the day", is_needed=True),
                _said("problems", "问题与求助", "Problems, help needed"),
                _said("tomorrow", "明日计划", "Plan for tomorrow"),
                _field("photos", "photo", "照片", "Photos", privacy={**PERSONAL, "category": "image"}, maximum=3),
            ),
            {"visits": "visits_made", "stores": "customers_visited", "forms": "forms_filled"},
            {"zh-Hans": "外勤日报", "en": "Field report"},
        ),
        Preset(
            "daily", _("Daily report"), Rule(),
            (
                _said("done", "今日完成", "Done today", is_needed=True),
                _field("approvals", "integer", "处理审批", "Requests decided"),
                _said("problems", "问题与求助", "Problems, help needed"),
                _said("tomorrow", "明日计划", "Plan for tomorrow"),
            ),
            {"approvals": "approvals_decided"},
            {"zh-Hans": "日报", "en": "Daily report"},
        ),
        Preset(
            "weekly", _("Weekly report"), Rule(cycle=Cycle.WEEKLY, due_at=time(12), due_after=1, late_hours=24),
            (
                _field("hours", "number", "工作时长（小时）", "Hours worked"),
                _said("done", "本周完成", "Done this week", is_needed=True),
                _said("problems", "问题与求助", "Problems, help needed"),
                _said("next", "下周计划", "Plan for next week", is_needed=True),
            ),
            {"hours": "hours_worked"},
            {"zh-Hans": "周报", "en": "Weekly report"},
        ),
        Preset(
            "monthly", _("Monthly report"), Rule(cycle=Cycle.MONTHLY, due_at=time(18), due_after=3, late_hours=48),
            (
                _field("hours", "number", "工作时长（小时）", "Hours worked"),
                _said("done", "本月完成", "Done this month", is_needed=True),
                _said("next", "下月计划", "Plan for next month", is_needed=True),
            ),
            {"hours": "hours_worked"},
            {"zh-Hans": "月报", "en": "Monthly report"},
        ),
    )
}  # fmt: skip
