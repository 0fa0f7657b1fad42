"""What has ended is found by itself, without anybody asking (C6.2-05): every day, in every organization.

Service ceased, term over, no longer used: a cancellation is proposed, which a human of the operator confirms (no way
goes by itself, agreement 6.4). Account cancelled: whoever is still there is erased.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from qince.core.lifecycle import ending, leaving, queries
from qince.core.lifecycle.models import Cancellation
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.kit.actor import Actor, system_actor
from qince.kit.errors import Conflict, Refusal
from qince.kit.tenancy import tenant

State = Organization.State


class Ground(StrEnum):
    CEASED = "ceased"
    EXPIRED = "expired"
    UNUSED = "unused"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Finding:
    """One organization whose people's data has no ground any more: why, and how many people."""

    organization_id: UUID
    ground: Ground
    people: int


Propose = Callable[..., Cancellation | None]
_PROPOSALS: dict[str, tuple[Ground, Propose]] = {
    State.CEASED: (Ground.CEASED, leaving.propose_ceased),
    State.EXPIRED: (Ground.EXPIRED, leaving.propose_expiry),
    State.ACTIVE: (Ground.UNUSED, leaving.propose_taking_back),
}


def sweep(*, now: datetime) -> list[Finding]:
    """Look at every organization once; what was found before and waits for its human is not found again."""
    found = []
    for key, state in Organization.objects.order_by("pk").values_list("pk", "state"):
        actor = system_actor(key, "lifecycle.sweep")
        if state == State.CLOSED:
            found += _left_behind(actor, now)
        elif state in _PROPOSALS:
            found += _proposed(actor, *_PROPOSALS[state], now)
        if _is_due(actor, now):
            found.append(Finding(key, Ground.CANCELLED, _people(actor)))
            ending.carry_out(actor, now=now)
    return found


def _proposed(actor: Actor, ground: Ground, propose: Propose, now: datetime) -> list[Finding]:
    with suppress(Refusal, Conflict):  # too early, in use, or under way already: nothing has ended
        if propose(actor, now=now) is not None:
            return [Finding(actor.organization_id, ground, _people(actor))]
    return []


def _is_due(actor: Actor, now: datetime) -> bool:
    with tenant(actor.organization_id):
        under_way = queries.leaving()
        if under_way is None:
            return False
        organization = Organization.objects.get(pk=actor.organization_id)
        return leaving.is_due(under_way, queries.today(organization, now))


def _left_behind(actor: Actor, now: datetime) -> list[Finding]:
    """People of a closed organization who were not erased: it was cut short, or they came in by a restore."""
    found = ending.members(actor)
    for key in found:
        ending.end_member(actor, employee_id=key, now=now)
    return [Finding(actor.organization_id, Ground.CANCELLED, len(found))] if found else []


def _people(actor: Actor) -> int:
    with tenant(actor.organization_id):
        return int(Employee.objects.exclude(status=Employee.Status.LEFT).count())
