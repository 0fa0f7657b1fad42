"""What an officer decides in a case: in place of a machine (C6.5-06, C6.5-07), and how far an interest reaches."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from qince.core.erasure.packing.scope import Scope
from qince.core.rights import interest, registry
from qince.core.rights.actions.handling import held
from qince.core.rights.kinds import Kind
from qince.core.rights.models import Case, Review
from qince.core.rights.rules import HANDLE
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal


@action("rights.limit_to_interest", permission=HANDLE)
def limit_to_interest(
    actor: Actor,
    case: Case,
    *,
    now: datetime,
    kinds: list[str],
    reason: str,
    sensitive: list[str] | None = None,
) -> Case:
    """Decide which kinds of data a relative's own lawful interest covers; the copy holds these alone (C6.6-02).

    `kinds`: labels of records. `sensitive`: purposes whose sensitive data in them is covered too; none unless named.
    """
    found = held(actor, case)
    if not interest.is_cut(found):
        raise Refusal("wrong_kind", _("This case is not about the interest of a relative."))
    if found.verified_at is None:
        raise Refusal("not_verified", _("Check the identity first: without it nothing leaves."))
    if not reason.strip():
        raise Refusal("reason_required", _("Say why the interest covers this."), field="reason")
    scope = Scope(frozenset(kinds), frozenset(sensitive or ()))
    if not scope.kinds:
        raise Refusal("scope_required", _("Choose at least one kind of records."), field="kinds")
    _require_offered("kinds", scope.kinds, interest.offered(found))
    _require_offered("sensitive", frozenset(sensitive or ()), interest.offered_sensitive(found))
    found.interest, found.interest_text = scope.kept, reason.strip()
    found.save()
    kinds, sensitive = interest.words(found)
    note(found, interest=kinds, sensitive=sensitive, reason=found.interest_text)
    return found


def _require_offered(field: str, chosen: frozenset[str], known: dict[str, str]) -> None:
    if unknown := sorted(chosen - set(known)):
        raise Refusal(
            "unknown_records", _("There are no such records of this person."), field=field, names=unknown
        )


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
