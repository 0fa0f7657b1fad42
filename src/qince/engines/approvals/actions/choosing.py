"""The applicant says who decides, where the flow leaves it to them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.engines.approvals import telling
from qince.engines.approvals.actions.common import able, task_of, tell
from qince.engines.approvals.flow.schema import Choice
from qince.engines.approvals.models import Instance, Step, Task
from qince.engines.approvals.running import Run
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal


@action("approvals.choose", permission=None)
def choose(actor: Actor, *, task_id: UUID, people: Sequence[UUID], now: datetime) -> Instance:
    """Say who decides; they are asked at once."""
    run, task = task_of(actor, task_id, now, is_choice=True)
    stop = run.stop(task.step.node)
    wanted = require_fit(stop.approvers, people, "people")
    run.instance.chosen = {**run.instance.chosen, stop.id: [str(each) for each in wanted]}
    run.instance.save(update_fields=["chosen"])
    _close(run, task)
    run.reach([stop])
    note(run.instance, step=task.step.name, chosen=len(wanted))
    tell(run)
    return run.instance


def _close(run: Run, task: Task) -> None:
    task.state, task.acted_by_id, task.decided_at = Task.State.APPROVED, run.actor.employee_id, run.now
    task.save(update_fields=["state", "acted_by_id", "decided_at"])
    telling.no_longer(run, Task.objects.filter(pk=task.pk))
    run.close(task.step, Step.State.PASSED)


def require_fit(rule: object, people: Sequence[UUID], field: str) -> list[UUID]:
    """Those chosen, each once: able to decide, among those the flow offers, and no more than it allows."""
    wanted = list(dict.fromkeys(people))
    if not isinstance(rule, Choice):
        raise Refusal("nothing_to_choose", _("In this step nobody is to be chosen."), field=field)
    if not 1 <= len(wanted) <= rule.at_most:
        message = _("Choose at least one and at most %(most)d.") % {"most": rule.at_most}
        raise Refusal("how_many", message, field=field)
    for each in wanted:
        able(each, field)
        if rule.among and each not in rule.among:
            raise Refusal("not_offered", _("Choose among those the flow offers."), field=field)
    return wanted
