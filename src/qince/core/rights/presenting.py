"""A case and a decision as the person concerned sees them; the same on the console and on the phone."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from qince.core.privacy.registers import registered
from qince.core.rights import diagnosing, queries, registry
from qince.core.rights.kinds import Kind
from qince.core.rights.models import Case
from qince.kit.errors import NotFound


def case_view(case: Case, today: date) -> dict[str, Any]:
    """What the person may know now: while silence is ordered, the case reads as being worked on (C6.7-13)."""
    silent = case.is_silent(today)
    is_open = case.is_open or silent
    return {
        "id": case.pk,
        "number": case.number,
        "kind": case.kind,
        "title": case.get_kind_display(),
        "state": Case.State.WORKING.value if silent else case.state,
        "state_words": str(Case.State.WORKING.label if silent else case.get_state_display()),
        "details": case.details,
        "received_at": case.received_at,
        "due_on": case.due_on,
        "is_open": is_open,
        "is_overdue": is_open and case.due_on < today,
        "answer": "" if silent else case.answer,
        "answered_at": None if silent else case.answered_at,
        "fee": "" if case.fee is None else str(case.fee),
        "fee_reason": case.fee_reason,
        "fee_accepted": case.fee_accepted_at is not None,
        "first_case": str(case.first_case or ""),
        "has_diagnostics": is_open and diagnosing.is_given(case),
        "may_complain": not is_open or case.due_on < today,
        "is_appeal": case.kind in (Kind.EXPLAIN, Kind.OBJECT),
        "how_to_complain": str(how_to_complain()),
    }


def how_to_complain() -> str:
    return _(
        "Not satisfied? Complain here: somebody else takes it. The contacts in the notice and the courts are open too."
    )


def explanation(employee_id: UUID, code: str, target_id: UUID) -> dict[str, Any]:
    """A machine decision in plain words: rule, inputs, result, what is left out and why, and what can be done."""
    replay, declared = registry.replay(code, employee_id, target_id), registered.decisions.get(code)
    if replay is None or declared is None:
        raise NotFound
    review = queries.reviews_of(code, [target_id]).get(target_id)
    return {
        "code": code,
        "target": target_id,
        "title": declared.title,
        "logic": declared.logic,
        "consequence": declared.consequence,
        "protected": declared.protected,
        "at": replay.made.at,
        "about": replay.made.about,
        "inputs": replay.inputs,
        "version": replay.version,
        "result": replay.made.result,
        "agrees": replay.agrees,
        "review": review,
    }
