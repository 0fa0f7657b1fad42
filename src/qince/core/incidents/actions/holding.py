"""The open incident, its people and its steps, locked for one act; and what it still owes."""

from django.utils.translation import gettext as _

from qince.core.incidents.models import Affected, Incident, PlanStep
from qince.kit.errors import Conflict, NotFound, Refusal


def require_parts(incident: Incident) -> None:
    """Refuse while a part is empty, naming it (C5.6-01 to C5.6-03)."""
    if missing := incident.missing_parts:
        names = ", ".join(str(title) for title in missing.values())
        fields = {name: _("Required.") for name in missing}
        raise Refusal("parts_missing", _("Left empty: %(parts)s") % {"parts": names}, fields=dict(fields))


def held(incident: Incident) -> Incident:
    """The open incident, locked against a second act on it."""
    found: Incident | None = Incident.objects.select_for_update().filter(pk=incident.pk).first()
    if found is None:
        raise NotFound
    if not found.is_open:
        raise Conflict("closed", _("This incident is closed."))
    return found


def held_affected(affected: Affected) -> Affected:
    found: Affected | None = (
        Affected.objects.select_for_update(of=("self",))
        .select_related("incident")
        .filter(pk=affected.pk)
        .first()
    )
    if found is None:
        raise NotFound
    held(found.incident)
    return found


def held_step(step: PlanStep) -> PlanStep:
    found: PlanStep | None = PlanStep.objects.select_related("incident").filter(pk=step.pk).first()
    if found is None:
        raise NotFound
    held(found.incident)
    return found
