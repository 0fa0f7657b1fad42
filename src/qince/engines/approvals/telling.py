"""Letters about requests. They say who asks for what kind of thing, never what stands in the request."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qince.core.letters import registry as letters
from qince.core.letters.actions import Addressee, recall, send
from qince.core.letters.people import person
from qince.engines.approvals.flow.schema import Approve
from qince.engines.approvals.models import Instance, Step, Task
from qince.engines.approvals.naming import read_step
from qince.engines.approvals.registry import name_of

if TYPE_CHECKING:
    from qince.engines.approvals.running import Run

# What letters keep, and how each reader is told it.
WORDS = {"applicant": person, "subject": name_of, "step": read_step}

TASK = letters.kind(
    "approvals.task",
    words=WORDS,
    title=_("%(applicant)s asks for your approval: %(subject)s"),
    body=_("Request %(number)s waits for you in the step “%(step)s”."),
    short=_("A request waits for your approval."),
    is_mandatory=True,
)
CHOOSING = letters.kind(
    "approvals.choosing",
    words=WORDS,
    title=_("Say who decides on your request: %(subject)s"),
    body=_("Request %(number)s has reached the step “%(step)s”, in which you choose who decides."),
    is_mandatory=True,
)
REMINDER = letters.kind(
    "approvals.reminder",
    words=WORDS,
    title=_("Please decide on request %(number)s"),
    body=_("%(applicant)s asked for %(subject)s. The term for the step “%(step)s” has passed."),
    short=_("A request waits for your approval."),
    is_mandatory=True,
)
COPIED = letters.kind(
    "approvals.copied",
    words=WORDS,
    title=_("For your information: %(subject)s of %(applicant)s"),
    body=_("Request %(number)s."),
)
ENDED = {
    Instance.Status.APPROVED: letters.kind(
        "approvals.approved",
        words=WORDS,
        title=_("Approved: %(subject)s"),
        body=_("Your request %(number)s was approved."),
        is_mandatory=True,
    ),
    Instance.Status.REJECTED: letters.kind(
        "approvals.rejected",
        words=WORDS,
        title=_("Rejected: %(subject)s"),
        body=_("Your request %(number)s was rejected. The reason stands in the request."),
        is_mandatory=True,
    ),
    Instance.Status.LAPSED: letters.kind(
        "approvals.lapsed",
        words=WORDS,
        title=_("Lapsed: %(subject)s"),
        body=_("Nobody decided on your request %(number)s while it could still be carried out."),
        is_mandatory=True,
    ),
}
RETURNED = letters.kind(
    "approvals.returned",
    words=WORDS,
    title=_("Returned to you: %(subject)s"),
    body=_("Change request %(number)s and hand it in again, or withdraw it."),
    is_mandatory=True,
)


letters.group("approvals", _("Approvals"))
YOUR_TURN = letters.reason("approvals.your_turn", _("You decide in the step “%(step)s”."), words=WORDS)
YOUR_REQUEST = letters.reason("approvals.your_request", _("You handed this request in."))
YOU_ARE_TOLD = letters.reason("approvals.you_are_told", _("The flow names you among those who are told."))


def tasks(run: "Run", found: Iterable[Task]) -> None:
    """To those whose turn it is."""
    _to_deciders(run, TASK, found)


def choosing(run: "Run", task: Task) -> None:
    """To the applicant, who says who decides."""
    because = letters.Because(YOUR_REQUEST, {})
    _send(
        run, CHOOSING, [task.assignee_id], because=because, dedupe=_about(task.step_id), step=task.step.name
    )


def remind(run: "Run", found: Iterable[Task]) -> None:
    _to_deciders(run, REMINDER, found, urgent=True)


def copied(run: "Run", found: Sequence[Task]) -> None:
    _send(run, COPIED, [task.assignee_id for task in found], because=letters.Because(YOU_ARE_TOLD, {}))


def ended(run: "Run") -> None:
    kind = ENDED.get(run.instance.status)  # type: ignore[call-overload]
    if kind:
        _send(run, kind, [run.instance.applicant_id], because=letters.Because(YOUR_REQUEST, {}))


def returned(run: "Run") -> None:
    _send(run, RETURNED, [run.instance.applicant_id], because=letters.Because(YOUR_REQUEST, {}))


def no_longer(run: "Run", left: Any) -> None:
    """Tasks that others closed, or that their owner has decided: their letters have lost their reason."""
    for step, assignee in left.values_list("step", "assignee"):
        recall(run.actor, dedupe=_about(step), employee_ids=[assignee], now=run.now)


def _about(step_id: Any) -> str:
    return f"approvals:{step_id}"


def _to_deciders(run: "Run", kind: str, found: Iterable[Task], *, urgent: bool = False) -> None:
    by_step: dict[Step, list[Any]] = {}
    for task in found:
        by_step.setdefault(task.step, []).append(task.assignee_id)
    for step, people in by_step.items():
        because, stop = letters.Because(YOUR_TURN, {"step": step.name}), run.stop(step.node)
        presses = urgent or (isinstance(stop, Approve) and stop.urgent)
        _send(run, kind, people, because=because, dedupe=_about(step.pk), urgent=presses, step=step.name)


def _send(
    run: "Run", kind: str, people: Sequence[Any], *, because: letters.Because, dedupe: str = "", urgent: bool = False,
    **values: str,
) -> None:  # fmt: skip
    to = [Addressee(employee_id=each) for each in dict.fromkeys(people) if each]
    if not to:
        return
    instance = run.instance
    said = {"number": instance.number, "subject": instance.subject, "applicant": str(instance.applicant_id)}
    send(
        run.actor,
        to=to,
        kind=kind,
        values={**said, **values},
        link=reverse("approvals:requests_detail", args=[instance.pk]),
        now=run.now,
        because=because,
        dedupe=dedupe,
        urgent=urgent,
    )
