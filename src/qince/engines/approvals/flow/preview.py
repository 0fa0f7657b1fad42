"""What would happen: the stops in their order with their people, if everybody agreed."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from qince.engines.approvals.flow.approvers import Case, Directory, Found, How, find
from qince.engines.approvals.flow.route import Route
from qince.engines.approvals.flow.schema import Approve, Chain, Copy, Flow, Stop


@dataclass(frozen=True, slots=True)
class Planned:
    """`merged`: of the people, those who have approved already and are not asked again."""

    stop: Stop
    found: Found
    merged: tuple[UUID, ...] = ()

    @property
    def waits_for(self) -> tuple[UUID, ...]:
        if isinstance(self.stop, Copy):
            return ()
        return tuple(each for each in self.found.people if each not in self.merged)


def preview(flow: Flow, case: Case, directory: Directory) -> list[Planned]:
    """Every stop on the way, first to last; lanes of a fork one after the other."""
    route, way = Route(flow, case.facts), []
    waiting = route.first()
    asked: list[frozenset[UUID]] = []
    while waiting:
        stop, *waiting = waiting
        found = find(stop, case, directory)
        merged = merged_of(flow, stop, found, asked)
        way.append(Planned(stop, found, merged))
        if isinstance(stop, Approve):
            asked.append(frozenset(found.people))
        waiting += [
            each for each in route.after(stop.id, {each.id for each in waiting}) if each not in waiting
        ]
    return way


def merged_of(flow: Flow, stop: Stop, found: Found, approved: list[frozenset[UUID]]) -> tuple[UUID, ...]:
    """Who of the found need not be asked again; `approved`: who agreed at each earlier stop of this round."""
    if flow.merge == "never" or not isinstance(stop, Approve) or found.how == How.ADMINISTRATORS:
        return ()
    before: Collection[UUID] = (
        approved[-1] if flow.merge == "adjacent" and approved else frozenset().union(*approved)
    )
    return tuple(each for each in found.people if each in before)


def is_in_turn(stop: Stop) -> bool:
    """A chain of leaders goes upwards whatever its mode says."""
    return isinstance(stop.approvers, Chain) or (not isinstance(stop, Copy) and stop.mode == "in_turn")
