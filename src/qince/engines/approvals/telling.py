"""Letters about requests. They say who asks for what kind of thing, never what stands in the request."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qince.core.letters import registry as letters
from qince.core.letters.actions import Addressee, send
from qince.engines.approvals.models import Instance, Step, Task

if TYPE_CHECKING:
    from qince.engines.approvals.running import Run

TASK = letters.kind(
    "approvals.task",
    title=_("%(applicant)s asks for your approval: %(subject)s"),
    body=_("Request %(number)s waits for you in the step “%(step)s”."),
    short=_("A request waits for your approval."),
    is_mandatory=True,
)
REMINDER = letters.kind(
    "approvals.reminder",
    title=_("Please decide on request %(number)s"),
    body=_("%(applicant)s asked for %(subject)s. The term for the step “%(step)s” has passed."),
    short=_("A request waits for your approval."),
    is_mandatory=True,
)
COPIED = letters.kind(
    "approvals.copied",
    title=_("For your information: %(subject)s of %(applicant)s"),
    body=_("Request %(number)s."),
)
ENDED = {
    Instance.Status.APPROVED: letters.kind(
        "approvals.approved",
        title=_("Approved: %(subject)s"),
        body=_("Your request %(number)s was approved."),
        is_mandatory=True,
    ),
    Instance.Status.REJECTED: letters.kind(
        "approvals.rejected",
        title=_("Rejected: %(subject)s"),
        body=_("Your request %(number)s was rejected. The reason stands in the request."),
        is_mandatory=True,
    ),
}
RETURNED = letters.kind(
    "approvals.returned",
    title=_("Returned to you: %(subject)s"),
    body=_("Change request %(number)s and hand it in again, or withdraw it."),
    is_mandatory=True,
)


def tasks(run: "Run", found: Iterable[Task]) -> None:
    """To those whose turn it is."""
    for step, people in _by_step(found).items():
        _send(run, TASK, people, step=step.name or str(step_words(step)))


def remind(run: "Run", found: Sequence[Task]) -> None:
    for step, people in _by_step(found).items():
        _send(run, REMINDER, people, step=step.name or str(step_words(step)))


def copied(run: "Run", found: Sequence[Task]) -> None:
    _send(run, COPIED, [task.assignee_id for task in found])


def ended(run: "Run") -> None:
    kind = ENDED.get(run.instance.status)  # type: ignore[call-overload]
    if kind:
        _send(run, kind, [run.instance.applicant_id])


def returned(run: "Run") -> None:
    _send(run, RETURNED, [run.instance.applicant_id])


def no_longer(run: "Run", left: Any) -> None:
    """Tasks that others closed: their letters lose their reason."""


def step_words(step: Step) -> Any:
    """A step without a name is the simple flow's."""
    return _("Direct leader")


def _by_step(found: Iterable[Task]) -> dict[Step, list[Any]]:
    people: dict[Step, list[Any]] = {}
    for task in found:
        people.setdefault(task.step, []).append(task.assignee_id)
    return people


def _send(run: "Run", kind: str, people: Sequence[Any], **values: str) -> None:
    to = [Addressee(employee_id=each) for each in dict.fromkeys(people) if each]
    if not to:
        return
    instance = run.instance
    send(
        run.actor,
        to=to,
        kind=kind,
        values={
            "number": instance.number,
            "subject": instance.subject_name,
            "applicant": instance.applicant.name,
            **values,
        },
        link=reverse("approvals:instance", args=[instance.pk]),
        now=run.now,
    )
