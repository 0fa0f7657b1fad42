"""The way through a flow: which stops are reached first, and which once one of them is over.

Pure: the same flow, facts and stops still open always give the same answer.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qince.engines.approvals.flow.conditions import holds
from qince.engines.approvals.flow.schema import Branch, Condition, Flow, Node, Parallel, Stop

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands: its sequence, its index there, and the fork the sequence belongs to."""

    steps: Sequence[Node]
    index: int
    fork: Condition | Parallel | None


class Route:
    """One flow with facts filled in."""

    def __init__(self, flow: Flow, facts: Facts) -> None:
        self._flow, self._facts = flow, facts
        self._places: dict[str, Place] = {}
        self._map(flow.steps, None)

    def _map(self, steps: Sequence[Node], fork: Condition | Parallel | None) -> None:
        for index, node in enumerate(steps):
            self._places[node.id] = Place(steps, index, fork)
            for inner in inside(node):
                self._map(inner, node if isinstance(node, Condition | Parallel) else None)

    def first(self) -> list[Stop]:
        """The stops reached by submitting; none when the flow has none on this way."""
        return self._enter(self._flow.steps, 0)

    def after(self, node_id: str, still_open: Collection[str]) -> list[Stop]:
        """The stops reached when the stop `node_id` is over while `still_open` are not.

        Nothing is reached while another lane of a fork is under way; nothing at all with nothing open is the end.
        """
        place = self._places[node_id]
        reached = self._enter(place.steps, place.index + 1)
        if reached or place.fork is None:
            return reached
        if isinstance(place.fork, Parallel) and any(
            each.id in still_open and each.id != node_id for each in stops(place.fork)
        ):
            return []
        return self.after(place.fork.id, still_open)

    def knows(self, node_id: str) -> bool:
        return node_id in self._places

    def lane_of(self, node_id: str) -> frozenset[str] | None:
        """The stops of the innermost lane that the node stands in; None when it stands in no lane."""
        place = self._places[node_id]
        while place.fork is not None:
            if isinstance(place.fork, Parallel):
                lane = next(lane for lane in place.fork.lanes if lane.steps is place.steps)
                return frozenset(each.id for node in lane.steps for each in stops(node))
            place = self._places[place.fork.id]
        return None

    def may_return(self, from_id: str, to_id: str) -> bool:
        """Whether a return leads back without leaving another lane half done."""
        lane = self.lane_of(to_id)
        return from_id != to_id and (lane is None or from_id in lane)

    def _enter(self, steps: Sequence[Node], index: int) -> list[Stop]:
        """The first stops of a sequence from `index` on, never leaving it; none when there is no more."""
        for node in steps[index:]:
            if isinstance(node, Parallel):
                reached = [stop for lane in node.lanes for stop in self._enter(lane.steps, 0)]
            elif isinstance(node, Condition):
                reached = self._enter(self.branch(node).steps, 0)
            else:
                reached = [node]
            if reached:
                return reached
        return []

    def branch(self, fork: Condition) -> Branch:
        """The branch that the facts lead into; the last one takes what no other does."""
        return next((each for each in fork.branches[:-1] if holds(each.when, self._facts)), fork.branches[-1])


def inside(node: Node) -> list[Sequence[Node]]:
    """The sequences nested in a node."""
    if isinstance(node, Parallel):
        return [lane.steps for lane in node.lanes]
    if isinstance(node, Condition):
        return [branch.steps for branch in node.branches]
    return []


def stops(node: Node) -> Iterator[Stop]:
    """Every stop in a node, itself included."""
    if not isinstance(node, Condition | Parallel):
        yield node
    for steps in inside(node):
        for each in steps:
            yield from stops(each)


def all_stops(flow: Flow) -> Iterator[Stop]:
    """Every stop of a flow, on whatever way."""
    for node in flow.steps:
        yield from stops(node)


def all_nodes(steps: Sequence[Node]) -> Iterator[Node]:
    for node in steps:
        yield node
        for inner in inside(node):
            yield from all_nodes(inner)
