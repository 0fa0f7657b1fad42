"""Check-out: a visit is completed; and what was forgotten is closed."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from qince.engines.sync.registry import Context, Item, Outcome
from qince.kit import bulk
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, Refusal
from qince.kit.events import publish
from qince.sales.routes.models import PlannedVisit
from qince.sales.visits import steps as visit_steps
from qince.sales.visits.actions.common import (
    CHECK_IN,
    check_event,
    each,
    own_visits,
    require_visit_place,
    visit_of,
)
from qince.sales.visits.events import VisitCompleted
from qince.sales.visits.models import CheckEvent, StepRecord, Visit
from qince.sales.visits.payloads import CheckOut
from qince.sales.visits.rules import SHORTEST


@action("visits.check_out", permission="visits.carry_out")
def check_out(actor: Actor, *, items: Sequence[Item[CheckOut]], context: Context) -> list[Outcome]:
    """Complete each visit. Required steps must be done, unless a reason says why the call was unproductive."""
    visits = own_visits(actor, items)
    done: dict[UUID, set[str]] = {}
    for visit_id, step_id in StepRecord.objects.filter(visit__in=visits).values_list("visit_id", "step_id"):
        done.setdefault(visit_id, set()).add(step_id)
    events: list[CheckEvent] = []

    def one(item: Item[CheckOut]) -> dict[str, Any]:
        visit = visit_of(visits, item.payload.visit_id)
        event = _completed(visit, done.get(visit.pk, set()), item, context)
        events.append(event)
        return {"verdict": event.verdict, "duration_s": visit.duration_s}

    outcomes = each(items, one)
    bulk.insert(events)
    _finish([visits[event.visit_id] for event in events])
    return outcomes


def _completed(visit: Visit, done: set[str], item: Item[CheckOut], context: Context) -> CheckEvent:
    payload = item.payload
    if visit.state == Visit.State.COMPLETED:
        raise Conflict("visit_completed", _("This visit has already been checked out."))
    if payload.unproductive_reason not in ("", *Visit.Unproductive.values):
        raise Refusal("invalid_payload", _("This reason is unknown."), field="unproductive_reason")
    missing = visit_steps.missing_steps(visit.steps, done)
    if missing and not payload.unproductive_reason:
        raise Refusal(
            "steps_missing",
            _("Still to do: %(titles)s. Or say why the visit was not productive.")
            % {"titles": ", ".join(missing)},
            steps=missing,
        )
    require_visit_place(payload.evidence, context, CHECK_IN)
    event = check_event(CheckEvent.Kind.OUT, visit.customer, item, context)
    event.visit = visit
    event.at = max(event.at, visit.checked_in_at)
    visit.state, visit.checked_out_at = Visit.State.COMPLETED, event.at
    visit.summary, visit.unproductive_reason = payload.summary.strip(), payload.unproductive_reason
    if event.at - visit.checked_in_at < SHORTEST:
        visit.flags.append("short")
    visit.version += 1
    return event


def _finish(visits: list[Visit]) -> None:
    bulk.update(visits, ("state", "checked_out_at", "summary", "unproductive_reason", "flags", "version"))
    plans = [visit.planned_visit_id for visit in visits if visit.planned_visit_id]
    if plans:
        PlannedVisit.objects.filter(pk__in=plans).update(status=PlannedVisit.Status.DONE)
    for visit in visits:
        note(visit, state=visit.state, duration_s=visit.duration_s)
        publish(VisitCompleted(visit.pk, visit.employee_id, visit.on))


@action("visits.close_forgotten")
def close_forgotten(actor: Actor, *, today: date) -> int:
    """Close visits of earlier days that were never checked out. When they ended is unknown and stays empty."""
    forgotten = list(Visit.objects.filter(state=Visit.State.OPEN, on__lt=today).select_for_update())
    for visit in forgotten:
        visit.state, visit.version = Visit.State.AUTO_CLOSED, visit.version + 1
        visit.flags.append("estimated")
        note(visit, state=visit.state)
    bulk.update(forgotten, ("state", "flags", "version"))
    return len(forgotten)
