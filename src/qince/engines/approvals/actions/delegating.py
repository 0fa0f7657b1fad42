"""Having another decide in one's place for a while."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.engines.approvals.actions.common import able
from qince.engines.approvals.models import Delegation
from qince.engines.approvals.registry import find
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal


@action("approvals.delegate", permission=None)
def delegate(
    actor: Actor,
    *,
    to: UUID,
    starts_at: datetime,
    ends_at: datetime,
    kinds: Sequence[str] = (),
    now: datetime,
) -> Delegation:
    """From `starts_at` until `ends_at`, `to` decides on requests that reach the actor; `kinds` empty: on all.

    Tasks that are open already stay: they can be passed on one by one.
    """
    person = able(to, "to")
    if person.pk == actor.person_id:
        raise Refusal("to_oneself", _("Choose somebody else."), field="to")
    if ends_at <= starts_at or ends_at <= now:
        raise Refusal("period", _("The end lies after the beginning, and not in the past."), field="ends_at")
    unknown = [code for code in kinds if find(code) is None]
    if unknown:
        raise Refusal("unknown_kind", _("This kind of request does not exist."), field="kinds")
    made = Delegation.objects.create(
        employee_id=actor.person_id,
        delegate=person,
        subjects=list(kinds),
        starts_at=starts_at,
        ends_at=ends_at,
    )
    note(made, delegate=person.name, starts=starts_at.isoformat(), ends=ends_at.isoformat())
    return made  # type: ignore[no-any-return]


@action("approvals.end_delegation", permission=None)
def end_delegation(actor: Actor, *, delegation_id: UUID, now: datetime) -> None:
    """End it now; one that has not begun is deleted."""
    found = Delegation.objects.filter(pk=delegation_id, employee=actor.person_id).first()
    if found is None:
        raise NotFound
    note(found, ended=now.isoformat())
    end(found, now)


def end(found: Delegation, now: datetime) -> None:
    if found.starts_at >= now:
        found.delete()
    elif found.ends_at > now:
        found.ends_at = now
        found.save(update_fields=["ends_at"])
