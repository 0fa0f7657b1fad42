"""Requests that wait for a decision, for the leaders to decide on: as a rep's request stands, many times over."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from qince.core.access.queries import actor_for
from qince.core.people.models import Employee
from qince.employee.attendance.models import TimeRequest
from qince.employee.attendance.request_actions import ask_time
from qince.engines.approvals.models import Instance, Step, Task
from qince.kit import clock

REQUESTS, BATCH = 12_000, 2000
LENGTH = timedelta(minutes=1)


def number(index: int) -> str:
    return f"B{index:06d}"


def plant(leaders: Sequence[Employee], led: Sequence[Sequence[Employee]]) -> list[list[UUID]]:
    """For each leader the ids of tasks that wait, about requests of those they lead."""
    now = clock.now()
    first = _first(led[0][0], now)
    tasks: list[list[UUID]] = [[] for _leader in leaders]
    for start in range(0, REQUESTS, BATCH):
        rows = [
            _copy(first, index, leaders[index % len(leaders)], _of(led, index), now)
            for index in range(start, min(start + BATCH, REQUESTS))
        ]
        for model, made in zip((TimeRequest, Instance, Step, Task), zip(*rows, strict=True), strict=True):
            model.objects.bulk_create(made)
        for index, row in enumerate(rows, start):
            tasks[index % len(leaders)].append(row[-1].pk)
    return tasks


def _of(led: Sequence[Sequence[Employee]], index: int) -> Employee:
    own = led[index % len(led)]
    return own[index // len(led) % len(own)]


def _first(rep: Employee, now: datetime) -> Task:
    """One that was asked for in earnest: what the others look like."""
    actor = actor_for(rep, client="phone", locale="zh-hans")
    ask_time(actor, now=now, kind="overtime", starts_at=now, ends_at=now + LENGTH, reason="盘点")
    found: Task = Task.objects.select_related("step", "instance__version").get(instance__applicant=rep)
    return found


def _copy(first: Task, index: int, leader: Employee, rep: Employee, now: datetime) -> tuple[Any, ...]:
    starts = now + 2 * LENGTH * (index + 1)
    time = TimeRequest(
        employee=rep, zone="Asia/Shanghai", reason="盘点", asked_at=now, kind="overtime", starts_at=starts,
        ends_at=starts + LENGTH,
    )  # fmt: skip
    instance = Instance(
        number=number(index), subject=first.instance.subject, target_id=time.pk, version=first.instance.version,
        applicant=rep, title=first.instance.title, facts=first.instance.facts, submitted_at=now,
    )  # fmt: skip
    kept = ("node", "name", "kind", "mode", "round", "sequence", "how")
    step = Step(instance=instance, opened_at=now, **{name: getattr(first.step, name) for name in kept})
    return time, instance, step, Task(step=step, instance=instance, assignee=leader, created_at=now)
