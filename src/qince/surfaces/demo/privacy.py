"""The demo's privacy officer and the requests in her queue: each made by the act that people use."""

from datetime import datetime, timedelta
from typing import Any

from qince.core.access.actions import grant_role
from qince.core.access.models import Grant, Role
from qince.core.access.registry import PRIVACY_OFFICER
from qince.core.letters.actions import Addressee, send
from qince.core.letters.registry import FREE
from qince.core.lifecycle.terms import note_term
from qince.core.people.models import Employee
from qince.core.processing import archives
from qince.core.processing.instructing import instruct
from qince.core.processing.models import Archive
from qince.core.rights.actions.opening import enter, open_own
from qince.core.rights.grounds import Deletion
from qince.core.rights.kinds import Asked, Kind
from qince.kit import clock
from qince.kit.actor import Actor, system_actor
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant
from qince.surfaces.demo.company import Company

OFFICER = "ZX051"
# Employee number, days ago, kind, and what was asked.
REQUESTS: list[tuple[str, int, Kind, dict[str, Any]]] = [
    ("ZX012", 13, Kind.COPY, {"details": "请给我一份我的全部个人信息副本。"}),
    ("ZX021", 6, Kind.CORRECT, {"details": "入职日期应为三月一日，请更正。"}),
    ("ZX030", 2, Kind.QUERY, {"details": "想了解保存了我哪些位置信息。"}),
    ("ZX033", 1, Kind.DELETE, {"details": "请删除我旧手机的记录。", "ground": Deletion.PURPOSE}),
]


def appoint_officer(company: Company, now: datetime) -> None:
    role = Role.objects.get(key=PRIVACY_OFFICER)
    officer = Employee.objects.get(number=OFFICER)
    grant_role(company.admin, officer, now=now, role=role, reach=Grant.Reach.ORGANIZATION)


def agree_on_term(company: Company, now: datetime) -> None:
    """Paid for a year, as the operator would note it."""
    operator = system_actor(company.organization.pk, "demo")
    today = now.date()
    note_term(
        operator,
        edition="paid",
        starts_on=today,
        ends_on=today + timedelta(days=365),
        noted_by="演示",
        now=now,
    )


def ask(everybody: dict[str, Actor], *, now: datetime) -> int:
    """A few people ask about their data; a customer's contact has called."""
    for number, days, kind, fields in REQUESTS:
        at = now - timedelta(days=days)
        with clock.at(at):
            open_own(everybody[number], id=uuid7(), kind=kind, now=at, **fields)
    with clock.at(now):
        enter(
            everybody[OFFICER], kind=Kind.OUTSIDE, channel="hotline", now=now, contact_name="马老板",
            contact_mobile="13900001234", asked=Asked.QUERY, details="来电询问为何存有他的手机号码。",
        )  # fmt: skip
    return len(REQUESTS) + 1


def instruct_operator(company: Company, *, now: datetime) -> None:
    instruct(company.admin, text="请于每季度末核对我公司的备份能够恢复，并书面告知结果。", now=now)


def export_everything(company: Company, *, now: datetime) -> int:
    """The organization's archive as its administrator asked for it; how many records are in it."""
    with tenant(company.organization):
        asked = archives.request_export(company.admin, reason="年度审计，核对系统中保存的全部数据。", now=now)
    archives.make(company.organization.pk, asked.pk, now=now)
    with tenant(company.organization):
        return int(Archive.objects.get(pk=asked.pk).rows)


def write_letter(company: Company, *, now: datetime) -> None:
    """One message to everybody, so that the bell has something to ring for."""
    to = [Addressee(employee_id=key) for key in Employee.objects.present().values_list("pk", flat=True)]
    values = {
        "title": "隐私专员上线",
        "body": "彭诗涵担任隐私专员。有关个人信息的问题，可在“我的 → 隐私”中提出。",
    }
    send(company.admin, to=to, kind=FREE, values=values, now=now)
