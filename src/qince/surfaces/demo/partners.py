"""The demo's partners: a training company that is on and takes messages on this machine, a points mall that is not.

The agreement's named companies are samples (annex D-16); the demo's are invented.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from qince.core.people.models import Employee
from qince.core.privacy.actions import Decision, record_consent
from qince.engines.partners import actions, consents, door
from qince.engines.partners.models import Recipient
from qince.kit.actor import Actor
from qince.kit.ids import uuid7
from qince.surfaces.demo import people
from qince.surfaces.demo.company import Company

STATEMENTS = {
    "lawful": "隐私政策第4.1条及数据保护协议", "legitimate": "培训由公司安排并付费", "necessary": "证书须载明学员姓名",
    "specific": "仅用于登录课程和考试", "clear": "首次使用前逐项告知并征求同意",
}  # fmt: skip
LINKS = {
    "terms_url": "https://training.example/terms", "terms_version": "2026-01",
    "privacy_url": "https://training.example/privacy",
}  # fmt: skip
AGREED = ("ZX010", "ZX011", "ZX012")


def set_up(made: Company, now: datetime) -> None:
    """Enter both as the administrator would; a few reps agree to the first, and sign in to a course."""
    today = now.date()
    dates = {"contract_from": today - timedelta(days=60), "contract_until": today + timedelta(days=305)}
    reviewed = {"review_version": "API 2.1", "reviewed_on": today - timedelta(days=30), "review_passed": True}
    training = actions.create_recipient(
        made.admin, now=now, code="training", name="墨知培训科技（演示）", profile="training",
        purpose="参加公司安排的培训和考试", contract="DPA-2026-07", duty_reviewed_on=today - timedelta(days=30),
        endpoint=settings.PARTNER_SIMULATOR or "https://training.example/qince", **dates, **reviewed,
        **STATEMENTS, **LINKS,
    )  # fmt: skip
    actions.create_recipient(
        made.admin,
        now=now,
        code="points",
        name="悦分积分商城（演示）",
        profile="points",
        purpose="兑换积分商品",
    )
    actions.renew_secret(made.admin, training, now=now)
    training = actions.switch_on(made.admin, training, now=now, attested=True)
    everybody = people.actors("phone")
    for number in AGREED:
        _sign_in_to_a_course(everybody[number], training, now)


def _sign_in_to_a_course(actor: Actor, training: Recipient, now: datetime) -> Any:
    text = consents.text_of(training)
    decision = Decision(
        id=uuid7(),
        purpose=consents.code_of(training),
        act="granted",
        notice_hash=text.text_hash,
        occurred_at=now,
    )
    record_consent(actor, decision=decision, now=now)
    person = Employee.objects.get(pk=actor.person_id)
    return door.share(
        actor, subject=person, to=training.code, act="sign_in", why="登录课程：门店陈列标准", now=now
    )
