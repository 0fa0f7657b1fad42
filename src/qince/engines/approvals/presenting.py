"""A request as its page and the phone show it: what is asked, the way so far, what is still to come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.people.models import Employee
from qince.engines.approvals.actions.applying import Application, planned
from qince.engines.approvals.actions.deciding import returnable
from qince.engines.approvals.flow.preview import Planned, preview
from qince.engines.approvals.flow.route import all_stops
from qince.engines.approvals.flow.schema import Approve, Choice, Copy, Stop
from qince.engines.approvals.models import CHOOSE, DecisionPlace, Instance, Remark, Step, Task
from qince.engines.approvals.naming import read_step, step_name
from qince.engines.approvals.registry import Subject
from qince.engines.approvals.rules import VIEW
from qince.engines.approvals.running import Run
from qince.engines.approvals.words import HOW, MODES, TASK_TONES, decision_words
from qince.kit.actor import Actor
from qince.kit.errors import Text


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part in a step. `for_name`: in whose place."""

    task_id: UUID
    name: str
    for_name: str
    state: str
    words: Text
    comment: str
    at: datetime | None
    is_mine: bool
    place: str = ""

    @property
    def tone(self) -> str:
        return TASK_TONES.get(self.state, "grey")


@dataclass(frozen=True, slots=True)
class Passage:
    """A step of the way; one that is still to come has people but no parts."""

    name: Text
    kind: str
    state: str
    mode: Text
    why: Text
    parts: list[Part] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    round: int = 1


def summary(instance: Instance) -> list[tuple[Text, Any]]:
    """What the deciders must know, in the feature's own words."""
    return list(instance.declared.summary(instance)) if instance.declared else []


def passages(actor: Actor, instance: Instance) -> list[Passage]:
    """The steps reached so far, first to last, with everybody's part. Three queries."""
    tasks: dict[Any, list[Task]] = {}
    rows = Task.objects.filter(instance=instance).select_related(
        "assignee", "on_behalf_of", "acted_by", "step"
    )
    for task in rows.order_by("position", "created_at", "pk"):
        task.instance = instance
        tasks.setdefault(task.step_id, []).append(task)
    steps = Step.objects.filter(instance=instance).order_by("sequence")
    places = places_of(actor, instance)
    return [
        Passage(
            name=step_name(step),
            kind=step.kind,
            state=step.state,
            mode=MODES.get(step.mode, "") if len(tasks.get(step.pk, [])) > 1 else "",
            why=HOW.get(step.how, ""),
            parts=[_part(actor, task, places.get(task.pk, "")) for task in tasks.get(step.pk, [])],
            round=step.round,
        )
        for step in steps
    ]


def places_of(actor: Actor, instance: Instance) -> dict[UUID, str]:
    """Where decisions were made, by task, as far as the actor may know: their own, and of those they oversee."""
    scope = actor.scope(VIEW)
    rows = DecisionPlace.objects.filter(task__instance=instance).order_by("at")
    return {
        row.task_id: _place(row)
        for row in rows
        if row.employee_id == actor.employee_id or scope.covers(row.employee_id)
    }


def _place(row: DecisionPlace) -> str:
    if row.lat is None or row.lng is None:
        return ""  # the key of whoever decided is gone
    return f"{row.lat:.5f}, {row.lng:.5f} ±{row.accuracy_m:.0f} m"


def _part(actor: Actor, task: Task, place: str) -> Part:
    return Part(
        task_id=task.pk,
        name=str(task.acted_by or task.assignee),
        for_name=str(task.on_behalf_of) if task.on_behalf_of else "",
        state=task.state,
        words=decision_words(task),
        comment=task.comment or "",
        at=task.decided_at,
        is_mine=task.assignee_id == actor.employee_id,
        place=place,
    )


def still_to_come(actor: Actor, instance: Instance, now: datetime) -> list[Passage]:
    """What follows if everybody agrees; nothing for a request that is over or was returned."""
    if instance.status != Instance.Status.RUNNING:
        return []
    run = Run(actor, instance, now)
    reached = set(Step.objects.filter(instance=instance, round=instance.round).values_list("node", flat=True))
    way = [each for each in preview(run.drawn, run.case, run.directory) if each.stop.id not in reached]
    return _coming(way)


def ahead(actor: Actor, what: Application, now: datetime) -> list[Passage]:
    """The way a request would take if it were handed in now, by the resolver of the run. Nothing is written."""
    return _coming(planned(actor, what=what, now=now))


def _coming(way: Sequence[Planned]) -> list[Passage]:
    names = names_of(key for each in way for key in each.found.people)
    return [
        Passage(
            name=read_step(each.stop.name),
            kind=kind_of(each.stop),
            state="coming",
            mode=MODES.get("" if isinstance(each.stop, Copy) else each.stop.mode, ""),
            why=HOW.get(each.found.how, ""),
            people=[names[key] for key in each.found.people if key in names],
        )
        for each in way
    ]


def kind_of(stop: Stop) -> str:
    return str(stop.__struct_config__.tag)


def names_of(keys: Iterable[UUID]) -> dict[UUID, str]:
    rows = Employee.objects.filter(pk__in=set(keys))
    return {row.pk: str(row) for row in rows}


def my_task(actor: Actor, instance: Instance) -> Task | None:
    """The actor's open part, if it is their turn."""
    rows = Task.objects.filter(instance=instance, assignee=actor.employee_id, state=Task.State.PENDING)
    found: Task | None = rows.select_related("step").order_by("created_at").first()
    if found is not None:
        found.instance = instance
    return found


def allowed(actor: Actor, task: Task, now: datetime) -> set[str]:
    """The acts that the flow leaves to whoever holds the task. Returned is only what has somewhere to go back to."""
    if task.step.kind == CHOOSE:
        return {"choose"}
    stop = stop_of(task)
    extra = set(stop.allows) if isinstance(stop, Approve) else {"transfer"}
    if "return" in extra and not ways_back(actor, task, now):
        extra.remove("return")
    return {"approve", "reject", *extra}


def stop_of(task: Task) -> Stop:
    return next(each for each in all_stops(task.instance.version.drawn) if each.id == task.step.node)


def offered(task: Task) -> tuple[int, list[UUID]]:
    """Whom the applicant may choose: at most how many, and among whom; an empty list is anybody."""
    rule = stop_of(task).approvers
    return (rule.at_most, list(rule.among)) if isinstance(rule, Choice) else (0, [])


_OWN = {
    Instance.Status.RUNNING: ("urge", "withdraw", "remark"),
    Instance.Status.RETURNED: ("withdraw", "remark"),
    Instance.Status.APPROVED: ("revoke",),
}


def own_acts(actor: Actor, instance: Instance) -> list[str]:
    """What the actor may do with the request itself; others than the applicant may only remark."""
    if instance.applicant_id != actor.employee_id:
        return ["remark"]
    names = _OWN.get(instance.status, ())  # type: ignore[call-overload]
    may_revoke = instance.declared is not None and instance.declared.on_revoked is not None
    return [name for name in names if name != "revoke" or (may_revoke and instance.revokes_id is None)]


def edit_page(actor: Actor, instance: Instance) -> str:
    """Where the applicant changes a returned request on the console; empty where it is not theirs to change."""
    declared = _changed_by(actor, instance)
    return declared.edit_page(instance) if declared and declared.edit_page else ""


def phone_page(actor: Actor, instance: Instance) -> str:
    """The same on the phone."""
    declared = _changed_by(actor, instance)
    return declared.phone_page(instance) if declared and declared.phone_page else ""


def _changed_by(actor: Actor, instance: Instance) -> Subject | None:
    is_own = instance.status == Instance.Status.RETURNED and instance.applicant_id == actor.employee_id
    return instance.declared if is_own and instance.is_changeable else None


def ways_back(actor: Actor, task: Task, now: datetime) -> list[tuple[str, Text]]:
    """To whom it may be returned: its applicant (an empty mark), if they can change it, and steps passed before."""
    applicant = [("", _("The applicant, to change it"))] if task.instance.is_changeable else []
    steps = returnable(Run(actor, task.instance, now), task)
    return [*applicant, *((step.node, step_name(step)) for step in steps)]


def remarks(instance: Instance) -> list[Remark]:
    rows = list(Remark.objects.filter(instance=instance).select_related("employee").order_by("at"))
    for row in rows:
        row.instance = instance
    return rows
