"""Who is asked at a stop. One resolver for preview, simulation and run; people are looked up in a `Directory`."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from qince.engines.approvals.flow.schema import (
    Approve,
    Approvers,
    Chain,
    Choice,
    Contact,
    Copy,
    Head,
    Leader,
    People,
    Role,
    Stop,
)


class Directory(Protocol):
    """What the organization looks like now. Every list holds present people only."""

    def present(self, ids: Collection[UUID]) -> set[UUID]: ...
    def leaders(self, employee: UUID) -> list[UUID | None]:
        """The reporting line upwards, the direct leader first; None where one has left or is suspended."""
        ...

    def heads(self, department: UUID) -> list[list[UUID]]:
        """Heads of the department, of the one above, and so on to the root."""
        ...

    def holders(self, role: str, near: UUID | None) -> list[UUID]:
        """Who holds the role; with `near`, in that department or one above it."""
        ...

    def administrators(self) -> list[UUID]: ...


@dataclass(frozen=True, slots=True)
class Case:
    """Who applies, for which department, with which facts; `chosen` are the applicant's choices by stop."""

    applicant: UUID
    department: UUID | None
    facts: Mapping[str, Any]
    chosen: Mapping[str, Sequence[UUID]] = field(default_factory=dict)


class How(StrEnum):
    """How the people were come by, for the history and for "why me?"."""

    RULE = "rule"
    OWN = "own"  # the applicant is the only one asked, and the flow has them skipped
    CLIMBED = "climbed"
    ADMINISTRATORS = "administrators"
    VACANT = "vacant"  # nobody, and the flow lets it pass
    CHOOSING = "choosing"  # nobody yet: the applicant is asked whom


@dataclass(frozen=True, slots=True)
class Found:
    people: tuple[UUID, ...]
    how: How = How.RULE


def find(stop: Stop, case: Case, directory: Directory) -> Found:
    """The people of a stop, in their order. Nobody only where the flow says that nobody is fine."""
    if is_to_choose(stop, case) and directory.present([case.applicant]):
        return Found((), How.CHOOSING)
    named = list(dict.fromkeys(_named(stop.approvers, stop.id, case, directory)))
    present = directory.present(named)
    people = [each for each in named if each in present]
    if isinstance(stop, Copy):
        return Found(tuple(people))
    if isinstance(stop, Approve) and case.applicant in people and stop.own != "decide":
        return _without_applicant(stop, people, case, directory)
    return Found(tuple(people)) if people else _vacant(stop.vacant, case, directory, _level(stop.approvers))


def _named(rule: Approvers, stop_id: str, case: Case, directory: Directory) -> list[UUID]:
    if isinstance(rule, People):
        return list(rule.ids)
    if isinstance(rule, Role):
        return directory.holders(rule.role, case.department if rule.near else None)
    if isinstance(rule, Leader):
        return _only(directory.leaders(case.applicant)[rule.level - 1 : rule.level])
    if isinstance(rule, Chain):
        return _only(directory.leaders(case.applicant)[: rule.levels])
    if isinstance(rule, Head):
        levels = directory.heads(case.department) if case.department else []
        return levels[rule.level] if rule.level < len(levels) else []
    if isinstance(rule, Contact):
        return _ids(case.facts.get(rule.field))
    allowed = set(rule.among)
    chosen = case.chosen.get(stop_id, ())
    return [each for each in chosen if not allowed or each in allowed][: rule.at_most]


def _only(leaders: Sequence[UUID | None]) -> list[UUID]:
    return [each for each in leaders if each is not None]


def _ids(value: Any) -> list[UUID]:
    values = value if isinstance(value, list | tuple) else [value]
    found = []
    for each in values:
        try:
            found.append(each if isinstance(each, UUID) else UUID(str(each)))
        except ValueError:
            continue
    return found


def _level(rule: Approvers) -> int:
    """From which level of the reporting line climbing starts."""
    return rule.level if isinstance(rule, Leader) else 0


def _without_applicant(stop: Approve, people: list[UUID], case: Case, directory: Directory) -> Found:
    others = [each for each in people if each != case.applicant]
    if others and stop.mode == "any":
        return Found(tuple(others))
    if stop.own == "skip":
        return Found(tuple(others), How.RULE if others else How.OWN)
    above = [each for each in _only(directory.leaders(case.applicant)) if each != case.applicant]
    if above:
        instead = [above[0] if each == case.applicant else each for each in people]
        return Found(tuple(dict.fromkeys(instead)), How.CLIMBED)
    return Found(tuple(others)) if others else _administrators(case, directory)


def _vacant(policy: str, case: Case, directory: Directory, level: int) -> Found:
    if policy == "pass":
        return Found((), How.VACANT)
    if policy == "climb":
        line = directory.leaders(case.applicant)
        above = _only(line[level:]) or _only(line)[-1:]
        above = [each for each in above if each != case.applicant]
        if above:
            return Found((above[0],), How.CLIMBED)
    return _administrators(case, directory)


def _administrators(case: Case, directory: Directory) -> Found:
    """The last resort. An organization's only administrator decides on the own request: there is nobody else."""
    found = directory.administrators()
    others = tuple(each for each in found if each != case.applicant)
    return Found(others or tuple(found), How.ADMINISTRATORS)


def is_to_choose(stop: Stop, case: Case) -> bool:
    """Whether the applicant says who decides here, and has not said so yet."""
    by_choice = isinstance(stop.approvers, Choice) and not isinstance(stop, Copy)
    return by_choice and not case.chosen.get(stop.id)
