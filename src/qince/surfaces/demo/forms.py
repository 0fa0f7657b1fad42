"""The demo's forms: two of the example XLSForms, published, given to the field, and filled in for some days."""

import random
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from qince.core.people.models import Employee
from qince.engines.forms import actions
from qince.engines.forms.actions.submitting import AnswersRefused, Origin
from qince.engines.forms.models import Assignment, Form
from qince.engines.forms.schema import Definition, Kind, Privacy, lay_out
from qince.engines.forms.schema.types import ALWAYS_SENSITIVE, SILENT
from qince.engines.forms.xlsform.reading import read_xlsform
from qince.kit import clock
from qince.kit.actor import Actor
from qince.surfaces.demo.company import EXAMPLES, Company

REPS, DAYS, SEED = 12, 5, 20261127
PERSONAL = {"contact_name": "contact", "contact_mobile": "contact", "receiver": "identity"}
REASONS = {Kind.LOCATION: "核对门店位置", Kind.SIGNATURE: "确认收货"}


def set_up(made: Company, everybody: dict[str, Actor], *, now: datetime) -> int:
    """Publish two forms, give one out daily, and let some people fill it in; how many did."""
    audit = _publish(made.admin, "store_audit", now, decided_by=Form.Decider.REVIEWER)
    _publish(made.admin, "place_photo", now)
    numbers = [number for number, actor in everybody.items() if actor.may("forms.fill")][:REPS]
    people = list(Employee.objects.filter(number__in=numbers))
    task = actions.assign(
        made.admin, now=now, form=audit, name="每日门店稽核", period="day",
        starts_on=(now - timedelta(days=DAYS)).date(), due_at=time(20), employees=people,
    )  # fmt: skip
    chance = random.Random(SEED)
    return sum(
        _fill(
            everybody[number], audit, task, now - timedelta(days=days, minutes=chance.randint(5, 200)), chance
        )
        for days in range(DAYS, -1, -1)
        for number in numbers
        if chance.random() < 0.8
    )


def _publish(admin: Actor, name: str, now: datetime, **usage: Any) -> Form:
    brought = read_xlsform((EXAMPLES / "forms" / f"{name}.xlsx").read_bytes())
    assert brought.definition is not None, brought.findings
    form = actions.create_form(admin, now=now, definition=_classified(brought.definition), code=brought.code)
    actions.publish_form(admin, form, now=now, reason="首次发布")
    return actions.set_form(admin, form, now=now, is_open_to_all=True, **usage)


def _classified(definition: Definition) -> Definition:
    """What the publisher says of each field: about whom, and why."""
    for place in lay_out(definition).places.values():
        own = place.field
        if own.kind in SILENT or own.kind is Kind.TABLE:
            continue
        if own.kind in ALWAYS_SENSITIVE:
            purpose = "location" if own.kind is Kind.LOCATION else "form_sensitive"
            own.privacy = Privacy(
                is_personal=True,
                category="place",
                purpose=purpose,
                is_sensitive=True,
                reason=REASONS[own.kind],
            )
        elif own.name in PERSONAL or own.kind is Kind.PHOTO:
            is_named = own.name in PERSONAL
            own.privacy = Privacy(
                is_personal=True,
                category=PERSONAL.get(own.name, "image"),
                purpose="basic",
                is_of_others=is_named,
            )
        else:
            own.privacy = Privacy(is_personal=False)
    if any(place.field.name == "shelf" for place in lay_out(definition).places.values()):
        lay_out(definition).places["shelf"].field.required = ""  # the demo's people send no pictures here
    return definition


def _fill(actor: Actor, form: Form, task: Assignment, at: datetime, chance: random.Random) -> bool:
    facings = chance.randint(0, 24)
    problems = (
        ["none"]
        if chance.random() < 0.6
        else chance.sample(["empty", "price", "expired"], k=chance.randint(1, 2))
    )
    data: dict[str, Any] = {
        "store_code": f"MD{chance.randint(1, 1180):04d}",
        "shop_type": chance.choice(["convenience", "super", "grocery"]),
        "facings": facings,
        "all_facings": facings + chance.randint(5, 60),
        "problems": problems,
    }
    if problems != ["none"]:
        data["problem_text"] = "第二层缺货，已通知补货。"
    try:
        with clock.at(at):
            actions.submit(
                replace(actor, client="phone"), form=form, data=data, now=at,
                origin=Origin(source="phone", assignment=task),
            )  # fmt: skip
    except AnswersRefused as refusal:
        raise RuntimeError(refusal.details) from refusal
    return True
