"""Where somebody decided, if they add it: off unless the organization asks, and never a condition (C2.2.4-06)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.utils.translation import gettext_lazy as _

from qince.core.organizations.models import Organization
from qince.core.organizations.settings import LocationUse, Settings
from qince.core.privacy.gate import AT_THE_ACT, LOCATION, Standing
from qince.engines.approvals.models import DecisionPlace, Task
from qince.engines.evidence.envelope import Position
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal

FUNCTION = "approvals.place"


@action("approvals.note_place", permission=None)
def note_place(actor: Actor, *, task_id: UUID, position: Mapping[str, Any], now: datetime) -> DecisionPlace:
    """Keep the actor's position beside their own part. Refused when the organization, the person or the device does
    not let it be taken; the decision is then sent again without it.
    """
    task = Task.objects.select_related("instance").filter(pk=task_id, assignee=actor.person_id).first()
    if task is None:
        raise NotFound
    found = _read(position)
    _require(actor, now)
    point = found.point()
    made: DecisionPlace = DecisionPlace.objects.create(
        task=task,
        employee_id=actor.person_id,
        at=now,
        lat=point.lat,
        lng=point.lng,
        accuracy_m=found.accuracy_m,
    )
    note(task.instance, place="added")
    return made


def _read(position: Mapping[str, Any]) -> Position:
    try:
        return msgspec.convert(position, Position)
    except (msgspec.ValidationError, ValueError) as error:
        raise Refusal("invalid", _("This is no position."), field="position") from error


def _require(actor: Actor, now: datetime) -> None:
    chosen = Settings.of(Organization.objects.get(pk=actor.organization_id))
    if chosen.location_approvals != LocationUse.OPTIONAL:
        raise Refusal(
            "location_off",
            _("Your organization takes no positions beside decisions. Decide without."),
            field="position",
        )
    standing = Standing(actor.person_id)
    standing.require_device("location", lambda: now, device_id=actor.device_id)
    standing.require(
        LOCATION, AT_THE_ACT, function=FUNCTION,
        alternative=_("You do not share your location. Decide without it; the decision counts just the same."),
    )  # fmt: skip
