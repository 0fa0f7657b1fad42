"""Placing and releasing holds: one record each, with a contract or file that says why (C5.4-09)."""

from datetime import date, datetime
from uuid import UUID

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from qince.core.access.second import require_second
from qince.core.erasure.models import Hold
from qince.core.erasure.rules import RETENTION
from qince.core.erasure.walk import parts
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.tenancy import TenantModel


def holdable() -> list[type[TenantModel]]:
    """Models whose records can be held: those that retention or erasure would take away."""
    found = {part.model for part in parts() if part.is_tenant}
    return sorted(found, key=lambda model: model._meta.label_lower)  # type: ignore[arg-type,return-value]


@action("erasure.place_hold", permission=RETENTION)
def place_hold(
    actor: Actor,
    *,
    model: str,
    row_id: UUID,
    reason: str,
    reference: str,
    until: date | None = None,
    now: datetime,
) -> Hold:
    """Keep this record from retention and erasure, until the day or until it is released."""
    if not reason.strip() or not reference.strip():
        raise Refusal("reason_required", _("Say why, and name the contract or file."), field="reason")
    if model not in {each._meta.label_lower for each in holdable()}:
        raise Refusal("unknown_model", _("Records of this kind are not held."), field="model")
    if not apps.get_model(model)._default_manager.filter(pk=row_id).exists():
        raise NotFound
    found = Hold(
        model=model,
        row_id=row_id,
        reason=reason.strip()[:200],
        reference=reference.strip()[:80],
        until=until,
        placed_by_id=actor.employee_id,
        placed_at=now,
    )
    found.save()
    note(found, model=model, reference=found.reference, until=until)
    return found


@action("erasure.release_hold", permission=RETENTION)
def release_hold(actor: Actor, hold: Hold, *, now: datetime) -> Hold:
    """The record may go; if it is overdue, with the next run. Never by who placed the hold: evidence goes with it."""
    found = Hold.objects.select_for_update(of=("self",)).filter(pk=hold.pk, released_at__isnull=True).first()
    if found is None:
        raise NotFound
    require_second(
        actor,
        first=found.placed_by_id,
        permission=RETENTION,
        said=_("You placed this hold: somebody else must release it."),
    )
    found.released_at = now
    found.save(update_fields=["released_at"])
    note(found, released=True)
    return found
