"""The demo's check-ins in the field: with a photo and a note; older ones decided, today's waiting."""

import random
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from qince.core.people.models import Employee
from qince.employee.attendance.models import Punch
from qince.employee.attendance.request_actions import confirm_press, refuse_press
from qince.kit.actor import Actor
from qince.surfaces.demo.days import Setting
from qince.surfaces.demo.phone import Fix, Phone, sha256

IN_FIELD = ("城区组", "郊区组")
# What, where it is when the phone tells nothing, how many days ago, at which hour, and the leader's word.
ACTS: tuple[tuple[str, str, int, float, str], ...] = (
    ("在万达广场做新品试饮，布置现场", "建邺万达广场一号门", 2, 13.2, "+已看到现场照片"),
    ("去印刷厂取海报和价签", "江宁印刷厂", 2, 15.6, "-当天计划里没有这项，请补外出申请"),
    ("陪经销商看新仓库", "雨花台区龙西路物流园", 1, 10.4, "+"),
    ("社区地推，现场派样", "奥体新城社区东门", 0, 8.6, ""),
    ("拜访新开便利店，谈进场", "河西大街 198 号", 0, 9.1, ""),
    ("送样品到客户仓库", "栖霞区马群物流园", 0, 9.4, ""),
)


def press(actors: dict[str, Actor], setting: Setting, first: date) -> int:
    """Each by another rep, from the first day of their rules on; how many. Called inside the tenant."""
    rows = Employee.objects.filter(memberships__department__name__in=IN_FIELD, leader__isnull=False)
    reps = [each for each in rows.select_related("leader").order_by("number") if each.number in actors]
    made = 0
    known = [act for act in ACTS if setting.today - timedelta(days=act[2]) >= first]
    for rep, act in zip(reps, known, strict=False):
        made += _one(actors, setting, rep, *act)
    return made


def _one(
    actors: dict[str, Actor],
    setting: Setting,
    rep: Any,
    what: str,
    where: str,
    ago: int,
    hour: float,
    word: str,
) -> int:
    day = setting.today - timedelta(days=ago)
    at = min(setting.at(day, hour), setting.now - timedelta(minutes=5))
    rng = random.Random(f"field {rep.number}")
    phone = Phone(actors[rep.number], rng, started=at - timedelta(hours=1))
    place = setting.places[ago % len(setting.places)]
    is_manual = rng.random() < 0.3
    fix = Fix(text=where) if is_manual else Fix(place.lat + 0.011, place.lng - 0.013, rng.uniform(6, 24))
    proof = phone.evidence(at, fix)
    picture = setting.shelves.photo(rng)
    phone.pictures.append(picture)
    key = phone.new_id(at)
    payload = {
        "punch_id": str(key), "kind": "in" if hour < 12 else "out", "note": what, "is_field": True, "evidence": proof,
        "photos": [{"sha256": sha256(picture), "size": len(picture), "taken_at": proof["device_time"]}],
    }  # fmt: skip
    phone.add("attendance.punch", payload, at)
    phone.send(at + timedelta(minutes=2))
    _decide(actors, rep, key, word, at=min(at + timedelta(hours=3), setting.now))
    return 1


def _decide(actors: dict[str, Actor], rep: Any, key: UUID, word: str, *, at: Any) -> None:
    leader = actors.get(rep.leader.number)
    if not word or leader is None:
        return
    punch = Punch.objects.get(pk=key)
    if word.startswith("+"):
        confirm_press(leader, punch, now=at, answer=word[1:])
    else:
        refuse_press(leader, punch, now=at, answer=word[1:])
