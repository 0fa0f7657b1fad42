"""A person decides what a machine decided before: on a refused decision, and on an appeal (C6.5-06, C6.5-07)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from qince.core.rights import registry
from qince.core.rights.actions.handling import held
from qince.core.rights.kinds import Kind
from qince.core.rights.models import Case, Review
from qince.core.rights.rules import HANDLE
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal


@action("rights.review_decision", permission=HANDLE)
def review_decision(actor: Actor, case: Case, *, now: datetime, state: str, text: str) -> Review:
    """Confirm or change the machine's decision; on appeal not by who decided before."""
    found = held(actor, case)
    if found.kind not in (Kind.OBJECT, Kind.APPEAL) or found.decision_id is None:
        raise Refusal("wrong_kind", _("This case is not about a machine's decision."))
    if state not in (Review.State.UPHELD, Review.State.CHANGED):
        raise Refusal("invalid_state", _("Confirm the decision or change it."), field="state")
    if not text.strip():
        raise Refusal("text_required", _("Say what you found."), field="text")
    earlier = Review.objects.filter(decision=found.decision, target_id=found.decision_id).exclude(case=found)
    if earlier.filter(reviewer=actor.employee_id).exists():
        raise Refusal("same_reviewer", _("You decided on this before: an appeal needs another reviewer."))
    review, _made = Review.objects.update_or_create(
        case=found,
        defaults={
            "decision": found.decision,
            "target_id": found.decision_id,
            "employee_id": found.subject_id,
            "state": state,
            "text": text.strip(),
            "reviewer_id": actor.employee_id,
            "decided_at": now,
        },
    )
    if state == Review.State.CHANGED:
        registry.undo(actor, found.decision, found.decision_id, text.strip(), now)
    found.is_carried_out = True
    found.save()
    note(found, review=state)
    return review  # type: ignore[no-any-return]
