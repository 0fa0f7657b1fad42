"""Deciding: yes, no, back, to another, with others. Always upon one's own task."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.engines.approvals import effects, telling
from qince.engines.approvals.actions.common import able, comment_of, task_of, tell
from qince.engines.approvals.flow.schema import Approve
from qince.engines.approvals.models import Instance, Step, Task
from qince.engines.approvals.running import Run
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal

State = Task.State
Where = Literal["before", "after", "beside"]
MOST_ADDED = 10


@action("approvals.approve", permission=None)
def approve(actor: Actor, *, task_id: UUID, comment: str = "", now: datetime) -> Instance:
    """Agree, or say that what was to be done is done. `Conflict` "already_decided" when another was first."""
    run, task = task_of(actor, task_id, now)
    effects.require(run.instance, now=now)
    _decide(run, task, State.APPROVED, comment_of(comment))
    return run.instance


@action("approvals.reject", permission=None)
def reject(actor: Actor, *, task_id: UUID, comment: str, now: datetime) -> Instance:
    """Refuse, with the reason."""
    run, task = task_of(actor, task_id, now)
    if task.step.kind != "approve":
        raise Refusal("cannot_refuse", _("This step is for doing something. Pass it on if it is not yours."))
    _decide(run, task, State.REJECTED, comment_of(comment, is_needed=True))
    return run.instance


def _decide(run: Run, task: Task, state: str, comment: str) -> None:
    _write(run, task, state, comment)
    before = run.instance.status
    run.decided(task)
    note(run.instance, step=task.step.name, decision=state, status=(before, run.instance.status))
    tell(run)


def _write(run: Run, task: Task, state: str, comment: str) -> None:
    task.state, task.comment = state, comment or None
    task.acted_by_id, task.decided_at = run.actor.employee_id, run.now
    task.save()
    telling.no_longer(run, Task.objects.filter(pk=task.pk))


@action("approvals.return", permission=None)
def send_back(actor: Actor, *, task_id: UUID, to: str = "", comment: str, now: datetime) -> Instance:
    """Return the request: to the applicant (`to` empty), or to a step it has passed, from which it is decided again."""
    run, task = task_of(actor, task_id, now)
    _require(run, task, "return")
    if to and to not in {step.node for step in returnable(run, task)}:
        raise Refusal("no_way_back", _("The request cannot be returned to that step."), field="to")
    if not to and not run.instance.is_changeable:
        raise Refusal(
            "nothing_to_change",
            _("There is nothing in this request that its applicant could change."),
            field="to",
        )
    _write(run, task, State.RETURNED, comment_of(comment, is_needed=True))
    note(run.instance, step=task.step.name, returned_to=to or "applicant")
    run.close(task.step, Step.State.RETURNED)
    run.instance.round += 1
    if to:
        run.instance.save(update_fields=["round"])
        run.cancel(run.route.lane_of(to))
        run.reach([run.stop(to)])
    else:
        run.cancel()
        run.instance.status, run.instance.round = Instance.Status.RETURNED, run.instance.round - 1
        run.instance.save(update_fields=["status", "round"])
        effects.returned(run.instance, now=now)
        telling.returned(run)
    tell(run)
    return run.instance


def returnable(run: Run, task: Task) -> list[Step]:
    """The steps passed before this one to which it may be returned, each node once, first to last."""
    passed = Step.objects.filter(
        instance=run.instance, state=Step.State.PASSED, kind__in=["approve", "handle"]
    )
    nodes: dict[str, Step] = {}
    for step in passed.filter(sequence__lt=task.step.sequence).order_by("sequence"):
        if run.route.knows(step.node) and run.route.may_return(task.step.node, step.node):
            nodes.setdefault(step.node, step)
    return list(nodes.values())


@action("approvals.transfer", permission=None)
def transfer(actor: Actor, *, task_id: UUID, to: UUID, comment: str = "", now: datetime) -> Instance:
    """Let somebody else decide in one's place, for good."""
    run, task = task_of(actor, task_id, now)
    _require(run, task, "transfer")
    person = able(to, "to")
    _require_new(run, task, person.pk)
    replace(run, task, person.pk, State.TRANSFERRED, comment_of(comment))
    note(run.instance, step=task.step.name, transferred_to=person.name)
    tell(run)
    return run.instance


def replace(run: Run, task: Task, person_id: UUID, state: str, comment: str = "") -> Task:
    """Close the task in this state; `person_id` gets it as it was."""
    heir = Task.objects.create(
        step=task.step, instance=run.instance, assignee_id=person_id, position=task.position,
        added_to=task.added_to, waits_for=task.waits_for, state=task.state, created_at=run.now,
    )  # fmt: skip
    task.followers.exclude(pk=heir.pk).update(waits_for=heir)
    task.added.exclude(pk=heir.pk).update(added_to=heir)
    _write(run, task, state, comment)
    if heir.state == State.PENDING:
        telling.tasks(run, [heir])
    return heir  # type: ignore[no-any-return]


@action("approvals.add", permission=None)
def add_signers(
    actor: Actor, *, task_id: UUID, people: Sequence[UUID], where: Where, comment: str = "", now: datetime
) -> Instance:
    """Ask others too: before oneself decides, after it, or beside it. The step needs all of them."""
    run, task = task_of(actor, task_id, now)
    _require(run, task, "add")
    if where not in ("before", "after", "beside"):
        raise Refusal("where", _("Choose when they are asked: before, after or beside you."), field="where")
    wanted = list(dict.fromkeys(people))
    if not 1 <= len(wanted) <= MOST_ADDED:
        raise Refusal("how_many", _("Choose 1 to 10 people."), field="people")
    for person in wanted:
        _require_new(run, task, able(person, "people").pk, "people")
    added = _added(run, task, wanted, where)
    if where == "before":
        task.state, task.waits_for = State.WAITING, added[-1]
    task.comment = comment_of(comment) or task.comment
    task.save()
    telling.tasks(run, [each for each in added if each.state == State.PENDING])
    note(run.instance, step=task.step.name, added=len(added), where=where)
    tell(run)
    return run.instance


def _added(run: Run, task: Task, people: Sequence[UUID], where: Where) -> list[Task]:
    """Beside: all at once. Before and after: one after the other."""
    made: list[Task] = []
    for person in people:
        first = task if where == "after" else None
        waits_for = None if where == "beside" else (made[-1] if made else first)
        state = State.WAITING if waits_for else State.PENDING
        made.append(
            Task.objects.create(
                step=task.step,
                instance=run.instance,
                assignee_id=person,
                position=task.position,
                added_to=task,
                waits_for=waits_for,
                state=state,
                created_at=run.now,
            )
        )
    return made


def _require(run: Run, task: Task, what: str) -> None:
    stop = run.stop(task.step.node)
    if isinstance(stop, Approve) and what not in stop.allows:
        raise Refusal("not_allowed_here", _("The flow does not allow this in this step."))
    if not isinstance(stop, Approve) and what != "transfer":
        raise Refusal("not_allowed_here", _("The flow does not allow this in this step."))


def _require_new(run: Run, task: Task, person_id: UUID, field: str = "to") -> None:
    if person_id == run.instance.applicant_id:
        raise Refusal("is_applicant", _("Nobody decides on the own request."), field=field)
    held = Task.objects.filter(step=task.step, assignee=person_id, state__in=[State.PENDING, State.WAITING])
    if held.exists():
        raise Refusal("asked_already", _("This person is asked in this step already."), field=field)
