"""The steps of the plan, and the end: nothing owed may be left."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from qince.core.incidents.actions.holding import held, held_step
from qince.core.incidents.models import Affected, Incident, PlanStep
from qince.core.incidents.rules import HANDLE
from qince.core.people.models import Employee
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, Refusal


@action("incidents.assign_step", permission=HANDLE)
def assign_step(
    actor: Actor, step: PlanStep, *, now: datetime, owner: Employee, due_at: datetime
) -> PlanStep:
    step = held_step(step)
    step.owner, step.due_at = owner, due_at
    step.save(update_fields=["owner", "due_at"])
    note(step.incident, step=step.code, owner=owner.name)
    return step


@action("incidents.complete_step", permission=HANDLE)
def complete_step(actor: Actor, step: PlanStep, *, now: datetime, note_text: str = "") -> PlanStep:
    step = held_step(step)
    if step.done_at is not None:
        raise Conflict("done_already", _("This step is done already."))
    step.done_at, step.note = now, note_text.strip()[:300]
    step.save(update_fields=["done_at", "note"])
    note(step.incident, step=step.code)
    return step


@action("incidents.close", permission=HANDLE)
def close(actor: Actor, incident: Incident, *, now: datetime) -> Incident:
    """End it, once everything owed is done; each thing that is not is named."""
    incident = held(incident)
    owed = what_is_owed(incident)
    if owed:
        raise Refusal(
            "not_settled", _("Not yet done: %(what)s") % {"what": "; ".join(owed.values())}, owed=list(owed)
        )
    incident.state, incident.closed_at = Incident.State.CLOSED, now
    incident.save(update_fields=["state", "closed_at"])
    note(incident, state=(Incident.State.OPEN, Incident.State.CLOSED))
    return incident


def what_is_owed(incident: Incident) -> dict[str, str]:
    """What stands between the incident and its closure. A drill owes nobody a report or a remedy."""
    owed: dict[str, str] = {}
    if incident.missing_parts:
        owed["parts"] = _("parts left empty")
    if incident.told_at is None:
        owed["told"] = _("people not told")
    if not incident.is_drill:
        if not incident.is_settled_with_regulator:
            owed["report"] = _("not reported to the regulator")
        if _undecided(incident).exists():
            owed["remedies"] = _("remedies not decided")
    if incident.steps.filter(done_at__isnull=True).exists():
        owed["steps"] = _("steps of the plan not done")
    return owed


def _undecided(incident: Incident) -> Any:
    rows = incident.affected.filter(remedy=Affected.Remedy.OPEN)
    if incident.is_child:
        rows |= incident.affected.filter(guardian_remedy=Affected.Remedy.OPEN)
    return rows
