"""Whether a drawn flow makes sense: each problem names the node, says what is wrong and how to mend it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qince.engines.approvals.flow.conditions import number
from qince.engines.approvals.flow.route import all_nodes
from qince.engines.approvals.flow.schema import (
    Approve,
    Chain,
    Choice,
    Comparison,
    Condition,
    Contact,
    Copy,
    Flow,
    Handle,
    Head,
    Leader,
    Node,
    Parallel,
    People,
    Role,
)

DEEPEST, MOST = 10, 60  # levels of leaders; nodes of one flow


@dataclass(frozen=True, slots=True)
class Problem:
    node: str
    code: str
    message: str


def problems(flow: Flow, facts: Mapping[str, str], roles: Sequence[str]) -> list[Problem]:
    """All problems of `flow`; `facts` are the kinds of what conditions may ask, `roles` the keys that exist."""
    found = list(_shape(flow))
    for node in [*all_nodes(flow.steps), *flow.copies]:
        if isinstance(node, Condition):
            found += _condition(node, facts)
        elif isinstance(node, Parallel):
            found += _parallel(node)
        else:
            found += _stop(node, facts, roles)
    return found


def _shape(flow: Flow) -> Iterator[Problem]:
    nodes = [*all_nodes(flow.steps), *flow.copies]
    ids = Counter(node.id for node in nodes)
    for node in nodes:
        if ids[node.id] > 1 or not node.id or len(node.id) > 40:
            yield Problem(
                node.id, "node_id", _("Two steps have the same mark. Delete one and draw it again.")
            )
    if len(nodes) > MOST:
        yield Problem(
            "", "too_many_steps", _("A flow has at most %(most)d steps. Split it.") % {"most": MOST}
        )
    if not any(isinstance(node, Approve | Handle) for node in nodes):
        yield Problem("", "nobody_decides", _("Nobody decides. Add a step in which somebody approves."))


def _stop(node: Approve | Handle | Copy, facts: Mapping[str, str], roles: Sequence[str]) -> Iterator[Problem]:
    if not node.name.strip():
        yield Problem(node.id, "no_name", _("Give the step a name."))
    rule = node.approvers
    if isinstance(rule, People) and not rule.ids:
        yield Problem(node.id, "nobody", _("Choose at least one person."))
    if isinstance(rule, Role) and rule.role not in roles:
        yield Problem(node.id, "unknown_role", _("This role no longer exists. Choose another one."))
    if isinstance(rule, Leader) and not 1 <= rule.level <= DEEPEST:
        yield Problem(node.id, "level", _("Levels go from 1 to 10."))
    if isinstance(rule, Chain) and not 1 <= rule.levels <= DEEPEST:
        yield Problem(node.id, "level", _("Levels go from 1 to 10."))
    if isinstance(rule, Head) and not 0 <= rule.level <= DEEPEST:
        yield Problem(node.id, "level", _("Levels go from 0 to 10."))
    if isinstance(rule, Contact) and facts.get(rule.field) != "person":
        yield Problem(node.id, "no_contact", _("Choose a field of the form in which somebody is named."))
    if isinstance(rule, Choice) and not 1 <= rule.at_most <= 20:
        yield Problem(node.id, "at_most", _("The applicant may choose 1 to 20 people."))
    if isinstance(node, Approve) and node.mode == "vote" and not 1 <= node.share <= 100:
        yield Problem(node.id, "share", _("The share of votes goes from 1 to 100 percent."))
    if not isinstance(node, Copy) and node.timeout and not 1 <= node.timeout.hours <= 24 * 60:
        yield Problem(node.id, "timeout", _("The deadline goes from 1 hour to 60 days."))


def _condition(node: Condition, facts: Mapping[str, str]) -> Iterator[Problem]:
    if len(node.branches) < 2:
        yield Problem(
            node.id, "one_branch", _("A condition has at least two branches; the last is for all others.")
        )
        return
    for branch in node.branches[:-1]:
        if not branch.when or not all(branch.when):
            yield Problem(
                node.id, "no_test", _("Say when the branch “%(name)s” is taken.") % {"name": branch.name}
            )
        for group in branch.when:
            for test in group:
                yield from _test(node, test, facts)
    if node.branches[-1].when:
        yield Problem(
            node.id, "last_branch", _("The last branch takes all others and has no test of its own.")
        )


def _test(node: Node, test: Comparison, facts: Mapping[str, str]) -> Iterator[Problem]:
    kind = facts.get(test.fact)
    if kind is None:
        yield Problem(node.id, "unknown_fact", _("The form has no field “%(name)s”.") % {"name": test.fact})
        return
    values = test.value if isinstance(test.value, list) else [test.value]
    if any(value is None or value == "" for value in values) or not values:
        yield Problem(node.id, "no_value", _("Say what “%(name)s” is compared with.") % {"name": test.fact})
    elif kind == "number" and any(number(value) is None for value in values):
        yield Problem(node.id, "no_number", _("“%(name)s” is compared with a number.") % {"name": test.fact})
    if test.is_ == "between" and len(values) != 2:
        yield Problem(node.id, "no_range", _("Between needs two values."))


def _parallel(node: Parallel) -> Iterator[Problem]:
    if len(node.lanes) < 2:
        yield Problem(node.id, "one_lane", _("Side by side needs at least two lanes."))
    if any(not lane.steps for lane in node.lanes):
        yield Problem(node.id, "empty_lane", _("A lane without a step can be deleted."))
