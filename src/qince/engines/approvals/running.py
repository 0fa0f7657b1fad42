"""The machine: opens the stops that a request reaches, counts decisions, and ends it. Used inside acts only.

A `Run` belongs to one act: the request's row is locked, so of two people who decide at once the second finds what the
first did. Nothing here asks who may; the acts do.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from qince.engines.approvals import effects, standing_in, telling
from qince.engines.approvals.directory import OrganizationDirectory
from qince.engines.approvals.flow.approvers import Case, Found, How, find
from qince.engines.approvals.flow.preview import is_in_turn, merged_of
from qince.engines.approvals.flow.route import Route, all_stops
from qince.engines.approvals.flow.schema import Approve, Copy, Stop
from qince.engines.approvals.flow.tally import Outcome, Part, Said, outcome
from qince.engines.approvals.models import CHOOSE, Instance, Step, Task
from qince.kit.actor import Actor
from qince.kit.errors import NotFound

State = Task.State
_SAID = {
    State.WAITING: Said.OPEN,
    State.PENDING: Said.OPEN,
    State.APPROVED: Said.YES,
    State.REJECTED: Said.NO,
}
# Parts that somebody else has now: passed on, or handed up when their term was over.
_PASSED_ON = [State.TRANSFERRED, State.OVERDUE]


class Run:
    def __init__(self, actor: Actor, instance: Instance, now: datetime) -> None:
        self.actor, self.instance, self.now = actor, instance, now
        self.drawn = instance.version.drawn
        self.route = Route(self.drawn, instance.facts or {})
        self.directory = OrganizationDirectory()

    @classmethod
    def locked(cls, actor: Actor, instance_id: UUID, now: datetime) -> "Run":
        """The request, locked until the act ends."""
        rows = Instance.objects.select_related("version__flow", "applicant")
        found = rows.select_for_update(of=("self",)).filter(pk=instance_id).first()
        if found is None:
            raise NotFound
        return cls(actor, found, now)

    @property
    def case(self) -> Case:
        chosen = {node: [UUID(each) for each in ids] for node, ids in self.instance.chosen.items()}
        found = self.instance
        return Case(found.applicant_id, found.department_id, found.facts or {}, chosen)  # type: ignore[arg-type]

    # --- Going on ---

    def start(self) -> None:
        """From the beginning, with the facts as they are now."""
        self._copies("submission")
        self.reach(self.route.first())

    def reach(self, stops: Iterable[Stop]) -> None:
        """Open stops, and what follows those that are over at once; the end is reached when nothing is open."""
        waiting = list(stops)
        while waiting:
            stop, *waiting = waiting
            step = self._open(stop)
            if step.state != Step.State.OPEN:
                under_way = self.open_nodes() | {each.id for each in waiting}
                following = self.route.after(stop.id, under_way)
                waiting += [each for each in following if each.id not in under_way]
        if not self.open_nodes():
            self.end(Instance.Status.APPROVED)

    def pass_on(self, step: Step) -> None:
        """The step is over: what comes next?"""
        self.close(step, Step.State.PASSED)
        self.reach(self.route.after(step.node, self.open_nodes()))

    def open_nodes(self) -> set[str]:
        return set(self.open_steps().values_list("node", flat=True))

    def open_steps(self) -> Any:
        return Step.objects.filter(instance=self.instance, state=Step.State.OPEN)

    def stop(self, node_id: str) -> Stop:
        return next(each for each in all_stops(self.drawn) if each.id == node_id)

    # --- A step ---

    def _open(self, stop: Stop) -> Step:
        found = find(stop, self.case, self.directory)
        merged = merged_of(self.drawn, stop, found, self._approved())
        step = self._step(stop, found)
        if isinstance(stop, Copy):
            self._copy(step, found.people)
            return step
        if found.how == How.CHOOSING:
            self._ask_applicant(step)
            return step
        self._tasks(stop, step, found.people, merged)
        if self.tally(step) is Outcome.PASSED:
            self.close(step, Step.State.PASSED)
        return step

    def _ask_applicant(self, step: Step) -> None:
        """They choose who decides; until then the step is theirs."""
        task = self._task(step, 0, self.instance.applicant_id, None, is_merged=False)  # type: ignore[arg-type]
        task.save(force_insert=True)
        telling.choosing(self, task)

    def _step(self, stop: Stop, found: Found) -> Step:
        """The stop as it was reached. A term runs from when there is somebody to decide."""
        is_copy, is_choice = isinstance(stop, Copy), found.how == How.CHOOSING
        timeout = None if isinstance(stop, Copy) or is_choice else stop.timeout
        return Step.objects.create(  # type: ignore[no-any-return]
            instance=self.instance,
            node=stop.id,
            name=stop.name,
            kind=CHOOSE if is_choice else stop.__struct_config__.tag,
            mode="" if isinstance(stop, Copy) or is_choice else "in_turn" if is_in_turn(stop) else stop.mode,
            round=self.instance.round,
            sequence=Step.objects.filter(instance=self.instance).count() + 1,
            state=Step.State.PASSED if is_copy else Step.State.OPEN,
            how=found.how,
            opened_at=self.now,
            closed_at=self.now if is_copy else None,
            due_at=self.now + timedelta(hours=timeout.hours) if timeout else None,
        )

    def _approved(self) -> list[frozenset[UUID]]:
        """Who agreed at each stop passed in this round, in order."""
        steps: dict[UUID, set[UUID]] = {}
        rows = Task.objects.filter(
            instance=self.instance,
            step__round=self.instance.round,
            step__kind="approve",
            step__state=Step.State.PASSED,
            state=State.APPROVED,
        )
        for step, acted, behalf in rows.order_by("step__sequence").values_list(
            "step", "acted_by", "on_behalf_of"
        ):
            steps.setdefault(step, set()).update({acted, behalf} - {None})
        return [frozenset(people) for people in steps.values()]

    def _tasks(self, stop: Stop, step: Step, people: Sequence[UUID], merged: Sequence[UUID]) -> None:
        deputies = standing_in.deputies(self.instance, people, self.now)
        tasks = [
            self._task(step, position, person, deputies.get(person), person in merged)
            for position, person in enumerate(people)
        ]
        if is_in_turn(stop):
            for task in [each for each in tasks if each.state == State.PENDING][1:]:
                task.state = State.WAITING
        Task.objects.bulk_create(tasks)
        telling.tasks(self, [task for task in tasks if task.state == State.PENDING])

    def _task(self, step: Step, position: int, person: UUID, deputy: UUID | None, is_merged: bool) -> Task:
        return Task(
            step=step,
            instance=self.instance,
            assignee_id=person if is_merged else deputy or person,
            on_behalf_of_id=person if deputy and not is_merged else None,
            acted_by_id=person if is_merged else None,
            is_merged=is_merged,
            position=position,
            state=State.APPROVED if is_merged else State.PENDING,
            created_at=self.now,
            decided_at=self.now if is_merged else None,
        )

    def _copy(self, step: Step, people: Sequence[UUID]) -> None:
        tasks = [
            Task(
                step=step,
                instance=self.instance,
                assignee_id=person,
                position=position,
                state=State.COPIED,
                created_at=self.now,
            )
            for position, person in enumerate(people)
        ]
        Task.objects.bulk_create(tasks)
        telling.copied(self, tasks)

    def _copies(self, when: str) -> None:
        """Those who are told of the request as a whole."""
        if self.drawn.copies_at not in (when, "both"):
            return
        for copy in self.drawn.copies:
            found = find(copy, self.case, self.directory)
            if found.people:
                self._copy(self._step(copy, found), found.people)

    def tally(self, step: Step) -> Outcome:
        stop = self.stop(step.node)
        tasks = Task.objects.filter(step=step).exclude(state__in=_PASSED_ON)
        parts = [
            Part(_SAID.get(state, Said.CLOSED), added is not None)
            for state, added in tasks.values_list("state", "added_to")
        ]
        return outcome(step.mode, stop.share if isinstance(stop, Approve) else 100, parts)

    def decided(self, task: Task) -> None:
        """A decision was written: wake whoever waited for it, close what no longer matters, go on or end."""
        step = task.step
        if task.state == State.APPROVED:
            self._wake(task)
        found = self.tally(step)
        if found is Outcome.PASSED:
            self.pass_on(step)
        elif found is Outcome.REFUSED:
            self.refuse(step)
        elif found is Outcome.ENOUGH:
            self._close_own(step)

    def give_up(self, task: Task) -> None:
        """Close a part without a decision: whoever gets it decides in the step anyway. What waited for it goes on."""
        task.state, task.decided_at = State.TRANSFERRED, self.now
        task.save(update_fields=["state", "decided_at"])
        before = task.waits_for
        if before is not None and before.is_open:
            Task.objects.filter(waits_for=task, state=State.WAITING).update(waits_for=before)
        self._wake(task)
        self.decided(task)

    def _wake(self, task: Task) -> None:
        woken = list(Task.objects.filter(waits_for=task, state=State.WAITING))
        if task.step.mode == "in_turn" and task.added_to_id is None:
            woken += self._next_in_turn(task.step)
        self._ask(woken)

    def _ask(self, tasks: list[Task]) -> None:
        """Now it is their turn."""
        for each in tasks:
            each.state, each.created_at = State.PENDING, self.now
            each.save(update_fields=["state", "created_at"])
        telling.tasks(self, tasks)

    def _next_in_turn(self, step: Step) -> list[Task]:
        """The next of the step's own people, unless one of them is being asked already."""
        own = Task.objects.filter(step=step, added_to__isnull=True)
        if own.filter(state=State.PENDING).exists():
            return []
        return list(own.filter(state=State.WAITING, waits_for__isnull=True).order_by("position")[:1])

    def _close_own(self, step: Step) -> None:
        """The step's own people need not decide any more; nor those whom they asked first."""
        own = Task.objects.filter(step=step, added_to__isnull=True)
        left = list(own.filter(state__in=[State.PENDING, State.WAITING]).values_list("pk", "waits_for"))
        keys = [key for pair in left for key in pair if key]
        self._close_tasks(Task.objects.filter(pk__in=keys))
        waited = Task.objects.filter(step=step, state=State.WAITING, waits_for__state=State.DONE)
        self._ask(list(waited))  # those to be asked after somebody who need not decide any more
        if self.tally(step) is Outcome.PASSED:
            self.pass_on(step)

    def refuse(self, step: Step) -> None:
        self.close(step, Step.State.REFUSED)
        self.end(Instance.Status.REJECTED)

    # --- Closing ---

    def close(self, step: Step, state: str) -> None:
        self._close_tasks(Task.objects.filter(step=step))
        step.state, step.closed_at = state, self.now
        step.save(update_fields=["state", "closed_at"])

    def _close_tasks(self, tasks: Any) -> None:
        left = tasks.filter(state__in=[State.PENDING, State.WAITING])
        telling.no_longer(self, left)
        left.update(state=State.DONE, decided_at=self.now)

    def cancel(self, nodes: frozenset[str] | None = None) -> None:
        """Close every open step, or those of the listed nodes."""
        steps = self.open_steps() if nodes is None else self.open_steps().filter(node__in=nodes)
        for step in steps:
            self.close(step, Step.State.CANCELLED)

    def end(self, status: str) -> None:
        """The request is over; what it leads to happens now."""
        self.cancel()
        self.instance.status, self.instance.ended_at = status, self.now
        self.instance.save(update_fields=["status", "ended_at"])
        if status == Instance.Status.APPROVED:
            effects.carry_out(self.actor, self.instance, now=self.now)
            self._copies("approval")
        else:
            effects.closed(self.instance, now=self.now)
        telling.ended(self)
