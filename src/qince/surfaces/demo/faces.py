"""The demo's faces at clocking in: assessed, signed, shown by three people of one department; their faces are drawn."""

import random
from datetime import timedelta
from typing import Any

from qince.core.people.models import Department
from qince.core.policy.actions import sign_assessment, write_assessment
from qince.employee.attendance.definitions import GroupTerms
from qince.employee.attendance.faces.challenging import answer, ask
from qince.employee.attendance.faces.enrolling import enrol
from qince.employee.attendance.faces.switching import switch
from qince.employee.attendance.models import Shift
from qince.employee.attendance.privacy import FACE
from qince.employee.attendance.rule_actions import add_member, create_group
from qince.engines.recognition.faces import matcher
from qince.kit.actor import Actor
from qince.surfaces.demo.company import Company
from qince.surfaces.demo.days import Setting
from qince.surfaces.demo.people import allow_camera, grant, notice_shown
from qince.surfaces.demo.phone import Fix, Phone, sha256
from qince.surfaces.demo.portraits import LOOKS, Look, portrait
from qince.surfaces.demo.privacy import OFFICER

DEPARTMENT, SHIFT = "财务人事部", "行政班"
ASSESSED = {
    "necessity": "财务室和档案室须确认到岗的是本人；照片与现场码同样有效，人脸只供愿意使用的人选择。",
    "effects": "人脸属于敏感个人信息；误认会使打卡等待主管确认，不会被机器拒绝。",
    "measures": "单独同意、逐人密钥加密、只与本人照片比对、转头检测、撤回即删；拒绝者用现场码或照片，效力相同。",
}
TURNS = {"left": 35.0, "right": -35.0}
SIGNAL, NO_SIGNAL = True, False


def set_up(made: Company, actors: dict[str, Actor], setting: Setting) -> int:
    """Three have shown their face; two press with it, the second without signal. How many have."""
    now, officer = setting.now, actors[OFFICER]
    found = write_assessment(made.admin, now=now, subject=FACE, risk="high", **ASSESSED)
    sign_assessment(officer, found, now=now)
    switch(made.admin, is_on=True, now=now)
    people = _expect_photos(made, actors, setting)
    shown = notice_shown()
    for actor, look in zip(people, LOOKS, strict=False):
        grant(actor, FACE, at=now, shown=shown)
        allow_camera(actor, "face", at=now, shown=shown)
        enrol(actor, pictures=[portrait(look, turn=turn) for turn in (0, 12, -12)], now=now)
    for actor, look, has_signal in zip(people, LOOKS, (SIGNAL, NO_SIGNAL), strict=False):
        _press(actor, look, setting, has_signal=has_signal)
    return len(people)


def _expect_photos(made: Company, actors: dict[str, Actor], setting: Setting) -> list[Actor]:
    """From today on the department has rules of its own: a photo, the face, or the code of the place."""
    office = str(Shift.objects.get(name=SHIFT).pk)
    terms = GroupTerms(week=(office,) * 5 + (None, None), photo="required")
    group = create_group(
        made.admin,
        now=setting.now,
        name="财务考勤组",
        kind="fixed",
        terms=terms,
        effective_from=setting.today,
    )
    department = Department.objects.get(name=DEPARTMENT)
    add_member(made.admin, now=setting.now, group=group, department=department, starts_on=setting.today)
    numbers = department.memberships.order_by("employee__number").values_list("employee__number", flat=True)
    return [actors[number] for number in numbers if number in actors and number != OFFICER][
        1 : len(LOOKS) + 1
    ]


def _press(actor: Actor, look: Look, setting: Setting, *, has_signal: bool) -> None:
    at = setting.now - timedelta(minutes=4)
    place = setting.places[0]
    phone = Phone(actor, random.Random(f"face {actor.person_id}"), started=at - timedelta(hours=1))
    picture = portrait(look, light=0.94)
    proof = phone.evidence(at, Fix(place.lat, place.lng, 12.0))
    face: dict[str, Any] = {"sha256": sha256(picture), "size": len(picture), "taken_at": proof["device_time"]}
    if has_signal and matcher() is not None:
        asked = ask(actor, now=at)
        turned = [portrait(look, turn=TURNS[act], light=0.94) for act in asked.acts]
        answer(actor, challenge_id=asked.pk, pictures=[picture, *turned], now=at + timedelta(seconds=20))
        face["challenge"] = str(asked.pk)
    payload = {
        "punch_id": str(phone.new_id(at)), "kind": "in" if at.astimezone(setting.zone).hour < 12 else "out",
        "evidence": proof, "face": face,
    }  # fmt: skip
    phone.pictures.append(picture)
    phone.add("attendance.punch", payload, at)
    phone.send(at + timedelta(minutes=1))
