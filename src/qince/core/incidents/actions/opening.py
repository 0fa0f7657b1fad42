"""An incident begins: the clock runs from discovery, and the parts that people will be told are written."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from qince.core.incidents import parts, plan
from qince.core.incidents.actions.holding import held
from qince.core.incidents.models import Incident, PlanStep
from qince.core.incidents.rules import HANDLE
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.validation import check


@action("incidents.open", permission=HANDLE)
def open_incident(
    actor: Actor,
    *,
    now: datetime,
    title: str,
    kind: str = Incident.Kind.GENERAL,
    discovered_at: datetime,
    happened_at: datetime | None = None,
    is_drill: bool = False,
) -> Incident:
    """Start the clock, which runs from discovery. One about children's data opens its own plan (C5.7-01)."""
    if discovered_at > now:
        raise Refusal(
            "in_the_future", _("It cannot have been discovered in the future."), field="discovered_at"
        )
    if happened_at is not None and happened_at > discovered_at:
        raise Refusal("after_discovery", _("It happened before it was discovered."), field="happened_at")
    incident = Incident(
        title=title.strip(),
        kind=kind,
        discovered_at=discovered_at,
        happened_at=happened_at,
        is_drill=is_drill,
        due_at=discovered_at + timedelta(hours=settings.INCIDENT_HOURS),
        opened_by_id=actor.employee_id,
    )
    check(incident)
    incident.save(force_insert=True)
    if incident.is_child:
        _lay_plan(incident, actor)
    note(incident, kind=incident.get_kind_display(), drill=is_drill)
    return incident


def _lay_plan(incident: Incident, actor: Actor) -> None:
    """Every step has an owner from the start, the opener, until somebody else takes it over."""
    for number, step in enumerate(plan.STEPS.values(), 1):
        due_at = plan.due(step, incident.discovered_at, incident.due_at)
        PlanStep.objects.create(
            incident=incident, sequence=number, code=step.code, owner_id=actor.employee_id, due_at=due_at
        )


@action("incidents.write_parts", permission=HANDLE)
def write_parts(actor: Actor, incident: Incident, *, now: datetime, **texts: str) -> Incident:
    """Write some of the parts that people will be told; what is missing shows until it is written."""
    incident = held(incident)
    changed = {
        name: (getattr(incident, name), text.strip())
        for name, text in texts.items()
        if name in parts.WRITTEN and text.strip() != getattr(incident, name)
    }
    for name, (_old, new) in changed.items():
        setattr(incident, name, new)
    incident.save(update_fields=list(changed))
    note(incident, parts_written=len(changed))
    return incident
