"""What several acts need."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.people.models import Employee
from qince.engines.approvals.directory import ABLE
from qince.engines.approvals.events import RequestChanged
from qince.engines.approvals.models import CHOOSE, Instance, Task
from qince.engines.approvals.running import Run
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.events import publish

State, Status = Task.State, Instance.Status
LONGEST = 1000  # characters of a comment


def task_of(actor: Actor, task_id: UUID, now: datetime, *, is_choice: bool = False) -> tuple[Run, Task]:
    """The actor's own task, to be decided, its request locked. A task that is decided already is a `Conflict`.

    `is_choice`: not a decision but the applicant's choice of who decides.
    """
    rows = Task.objects.select_related("step", "instance")
    found = rows.filter(pk=task_id, assignee=actor.person_id).first()
    if found is None:
        raise NotFound
    run = Run.locked(actor, found.instance_id, now)
    found = rows.get(pk=task_id)  # again, now that nobody else can decide
    found.instance = run.instance
    if found.state != State.PENDING:
        raise already_decided(found)
    if (found.step.kind == CHOOSE) is not is_choice:
        raise Refusal("to_choose" if found.step.kind == CHOOSE else "nothing_to_choose", _OTHER[is_choice])
    return run, found


_OTHER = {
    False: _("Here it is to be said who decides. Choose them."),
    True: _("In this step nobody is to be chosen."),
}


def already_decided(task: Task) -> Conflict:
    return Conflict(
        "already_decided",
        _("This step is closed: %(state)s. Nothing was changed.") % {"state": task.get_state_display()},
        state=task.state,
    )


def own_instance(actor: Actor, instance_id: UUID, now: datetime, *states: str) -> Run:
    """The actor's own request, locked, in one of these states."""
    run = Run.locked(actor, instance_id, now)
    if run.instance.applicant_id != actor.person_id:
        raise NotFound
    if run.instance.status not in states:
        raise Conflict(
            "wrong_state",
            _("The request is in the state “%(state)s”.") % {"state": run.instance.get_status_display()},
            state=run.instance.status,
        )
    return run


def able(person_id: UUID, field: str) -> Employee:
    """Somebody who can be asked: present and not suspended."""
    found: Employee | None = Employee.objects.filter(pk=person_id, status__in=ABLE).first()
    if found is None:
        raise Refusal("not_there", _("Choose somebody who works here now."), field=field)
    return found


def comment_of(text: str, *, is_needed: bool = False) -> str:
    text = text.strip()
    if is_needed and not text:
        raise Refusal("no_comment", _("Say why: the applicant reads it."), field="comment")
    if len(text) > LONGEST:
        raise Refusal(
            "comment_too_long", _("Use at most %(most)d characters.") % {"most": LONGEST}, field="comment"
        )
    return text


def tell(run: Run) -> None:
    """Whose lists the act touched: everybody with a part in the request."""
    people = Task.objects.filter(instance=run.instance).values_list("assignee", "on_behalf_of")
    told = {key for pair in people for key in pair if key} | {run.instance.applicant_id}
    publish(RequestChanged(run.instance.pk, run.instance.subject, run.instance.status, tuple(sorted(told))))
