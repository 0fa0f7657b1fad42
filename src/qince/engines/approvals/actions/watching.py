"""What happens without anybody's click: deadlines, requests whose time is over, and effects that failed."""

from datetime import datetime, timedelta
from uuid import UUID

from qince.engines.approvals import effects, standing_in, telling
from qince.engines.approvals.actions.common import tell
from qince.engines.approvals.actions.deciding import replace
from qince.engines.approvals.flow.schema import Copy, Timeout
from qince.engines.approvals.models import OPEN, Instance, Step, Task
from qince.engines.approvals.rules import DESIGN
from qince.engines.approvals.running import Run
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal

State = Task.State


@action("approvals.close_overdue")
def close_overdue(actor: Actor, *, step_id: UUID, now: datetime) -> str:
    """Do what the flow says of a step whose term has passed; what was done, or "" when it is over meanwhile."""
    step = Step.objects.get(pk=step_id)
    run = Run.locked(actor, step.instance_id, now)
    step = Step.objects.select_related("instance").get(pk=step_id)
    stop = run.stop(step.node)
    timeout = None if isinstance(stop, Copy) else stop.timeout
    if step.state != Step.State.OPEN or timeout is None or step.due_at is None or step.due_at > now:
        return ""
    _BY[timeout.then](run, step, timeout)
    note(run.instance, step=step.name, overdue=timeout.then)
    tell(run)
    return timeout.then


def _remind(run: Run, step: Step, timeout: Timeout) -> None:
    waiting = list(Task.objects.filter(step=step, state=State.PENDING).select_related("step"))
    telling.remind(run, waiting)
    step.due_at = None
    step.save(update_fields=["due_at"])


def _approve(run: Run, step: Step, timeout: Timeout) -> None:
    """What could not be carried out any more is not approved by silence either: a person has to look at it."""
    try:
        effects.require(run.instance, now=run.now)
    except Refusal:
        _remind(run, step, timeout)
        return
    _overdue(run, step)
    run.pass_on(step)


def _refuse(run: Run, step: Step, timeout: Timeout) -> None:
    _overdue(run, step)
    run.refuse(step)


def _overdue(run: Run, step: Step) -> None:
    left = Task.objects.filter(step=step, state__in=OPEN)
    telling.no_longer(run, left)
    left.update(state=State.OVERDUE, decided_at=run.now)


def _hand_up(run: Run, step: Step, timeout: Timeout) -> None:
    """To the leader of whoever did not decide; at the top, to the administrators, and there it stays."""
    moved = False
    for task in Task.objects.filter(step=step, state=State.PENDING).select_related("step"):
        heir = standing_in.above(run, task.assignee_id, standing_in.asked(step))  # type: ignore[arg-type]
        if heir:
            replace(run, task, heir, State.OVERDUE)
            moved = True
    if not moved:
        _remind(run, step, timeout)
        return
    step.due_at = run.now + timedelta(hours=timeout.hours)
    step.save(update_fields=["due_at"])


_BY = {"remind": _remind, "approve": _approve, "refuse": _refuse, "hand_up": _hand_up}


@action("approvals.lapse")
def lapse(actor: Actor, *, instance_id: UUID, now: datetime) -> bool:
    """End what nobody decided while it could be carried out, as its feature finds; whether it was under way still."""
    run = Run.locked(actor, instance_id, now)
    before = run.instance.status
    if not run.instance.is_under_way:
        return False
    run.end(Instance.Status.LAPSED)
    note(run.instance, status=(before, Instance.Status.LAPSED))
    tell(run)
    return True


@action("approvals.retry_effect", permission=DESIGN)
def retry_effect(actor: Actor, *, instance_id: UUID, now: datetime) -> bool:
    """Try again what an approval was to lead to; whether it is done now."""
    run = Run.locked(actor, instance_id, now)
    if run.instance.status != Instance.Status.APPROVED:
        return False
    done = effects.carry_out(actor, run.instance, now=now)
    note(run.instance, effect=run.instance.effect_state)
    tell(run)
    return done
