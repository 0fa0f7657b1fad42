"""Requests decided by a term that passed, as machine decisions: found and worked out again from the flow's version."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from qince.core.rights.registry import Made, Replay
from qince.engines.approvals.flow.route import all_stops
from qince.engines.approvals.flow.schema import Timeout
from qince.engines.approvals.models import Step, Task
from qince.kit.errors import Text

TERM, VERSION = "approvals-term", "term-1"
DECIDES = {"approve": Step.State.PASSED, "refuse": Step.State.REFUSED}


def find(employee_id: UUID, limit: int) -> list[Made]:
    rows = _decided_by_term(employee_id).order_by("-closed_at")[:limit]
    return [_made(step) for step in rows]


def replay(employee_id: UUID, target_id: UUID) -> Replay | None:
    """Whether the term of that step, as it was drawn, had passed with nobody having decided."""
    step = _decided_by_term(employee_id).filter(pk=target_id).first()
    if step is None:
        return None
    timeout = _term_of(step)
    due = step.opened_at + timedelta(hours=timeout.hours) if timeout else None
    has_passed = due is not None and due <= step.closed_at
    result = DECIDES.get(timeout.then, Step.State.OPEN) if timeout and has_passed else Step.State.OPEN
    inputs: list[tuple[Text, str]] = [
        (_("Flow"), f"{step.instance.version.flow} · {step.instance.version.number}"),
        (_("Step reached"), _moment(step.opened_at)),
        (_("Term"), _("%(n)s hours") % {"n": timeout.hours} if timeout else "—"),
        (_("Due"), _moment(due) if due else "—"),
    ]
    return Replay(_made(step), inputs, VERSION, str(result), step.state)


def _decided_by_term(employee_id: UUID) -> Any:
    """Steps of the person's requests that ended at the very moment in which all open parts of them fell overdue."""
    overdue = Task.objects.filter(
        step=OuterRef("pk"), state=Task.State.OVERDUE, decided_at=OuterRef("closed_at")
    )
    rows = Step.objects.filter(instance__applicant=employee_id, state__in=DECIDES.values())
    return rows.filter(Exists(overdue), closed_at__gt=F("opened_at")).select_related(
        "instance__version__flow"
    )


def _term_of(step: Step) -> Timeout | None:
    stops = {each.id: each for each in all_stops(step.instance.version.drawn)}
    return getattr(stops.get(step.node), "timeout", None)


def _made(step: Step) -> Made:
    assert step.closed_at
    about = f"{step.instance.subject_name} {step.instance.number} · {step.name}"
    return Made(TERM, step.pk, step.closed_at, about, str(step.get_state_display()))


def _moment(at: Any) -> str:
    return formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")
