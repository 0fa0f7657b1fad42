"""A draft tried on the requests of the last quarter: which of them would have gone another way.

Both ways are worked out by the resolver of the run, upon the people as they are today: what differs is the flow.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from qince.engines.approvals.directory import OrganizationDirectory
from qince.engines.approvals.flow.approvers import Case
from qince.engines.approvals.flow.preview import Planned, preview
from qince.engines.approvals.flow.schema import Flow as Drawn
from qince.engines.approvals.models import Flow, Instance
from qince.engines.approvals.presenting import kind_of, names_of

QUARTER, MOST, SHOWN = timedelta(days=92), 1000, 50


@dataclass(frozen=True, slots=True)
class Turned:
    """A request that would go another way: the steps now and by the draft, each as name and people."""

    instance_id: UUID
    number: str
    applicant: str
    before: list[tuple[str, list[str]]]
    after: list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Simulation:
    total: int
    changed: int
    decisions_before: int  # how many people were asked in all, before and after
    decisions_after: int
    turned: list[Turned]


def simulate(flow: Flow, drawn: Drawn, *, now: datetime) -> Simulation:
    """The draft upon up to a thousand requests handed in within 92 days by people the flow is for."""
    rows = Instance.objects.filter(subject=flow.subject, revokes=None, submitted_at__gte=now - QUARTER)
    requests = list(rows.select_related("applicant", "version").order_by("-submitted_at")[:MOST])
    directory = OrganizationDirectory()
    meant = set(flow.department_ids)
    total = changed = asked_before = asked_after = 0
    turned: list[tuple[Instance, list[Planned], list[Planned]]] = []
    for each in requests:
        facts = each.facts
        if facts is None or (meant and not meant & set(facts.get("applicant_department", ()))):
            continue
        chosen = {node: [UUID(key) for key in keys] for node, keys in each.chosen.items()}
        case = Case(each.applicant_id, each.department_id, facts, chosen)  # type: ignore[arg-type]
        before = preview(each.version.drawn, case, directory)
        after = preview(drawn, case, directory)
        total += 1
        asked_before += _asked(before)
        asked_after += _asked(after)
        if _people(before) != _people(after):
            changed += 1
            turned.append((each, before, after))
    return Simulation(total, changed, asked_before, asked_after, _told(turned[:SHOWN]))


def _asked(way: Iterable[Planned]) -> int:
    return sum(len(each.waits_for) for each in way)


def _people(way: Iterable[Planned]) -> list[tuple[str, tuple[UUID, ...]]]:
    """What makes two ways the same: who is asked in which order, whatever the steps are called."""
    return [(kind_of(each.stop), each.waits_for) for each in way if each.waits_for]


def _told(turned: list[tuple[Instance, list[Planned], list[Planned]]]) -> list[Turned]:
    keys = {key for _each, *ways in turned for way in ways for step in way for key in step.found.people}
    names = names_of(keys)

    def words(way: list[Planned]) -> list[tuple[str, list[str]]]:
        return [(step.stop.name, [names.get(key, "?") for key in step.found.people]) for step in way]

    return [
        Turned(each.pk, each.number, str(each.applicant), words(before), words(after))
        for each, before, after in turned
    ]
