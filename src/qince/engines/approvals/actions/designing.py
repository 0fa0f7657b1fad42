"""Drawing flows. A draft may be unfinished; what is published has no problem left."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.utils.translation import gettext_lazy as _

from qince.core.access.models import Role
from qince.engines.approvals import facts, queries
from qince.engines.approvals.flow.checking import Problem, problems
from qince.engines.approvals.flow.schema import SIMPLE, as_stored, from_stored
from qince.engines.approvals.flow.schema import Flow as Drawn
from qince.engines.approvals.models import Flow, FlowVersion
from qince.engines.approvals.registry import find
from qince.engines.approvals.rules import DESIGN
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.validation import check


@action("approvals.create_flow", permission=DESIGN)
def create_flow(
    actor: Actor, *, subject: str, name: str, departments: Sequence[Any] = (), now: datetime
) -> Flow:
    """Begin a flow with the simple one as its draft; it takes effect when it is published."""
    if find(subject) is None:
        raise Refusal("unknown_kind", _("This kind of request does not exist."), field="subject")
    made = Flow(
        subject=subject,
        name=name.strip(),
        department_ids=[str(each.pk) for each in departments],
        sequence=Flow.objects.filter(subject=subject).count(),
        draft=_first_draft(),
    )
    check(made)
    made.save()
    note(made, subject=subject)
    return made


def _first_draft() -> dict[str, Any]:
    body = as_stored(SIMPLE)
    body["steps"][0]["name"] = str(_("Direct leader"))
    return body


@action("approvals.edit_flow", permission=DESIGN)
def edit_flow(
    actor: Actor, flow: Flow, *, name: str, departments: Sequence[Any], is_active: bool,
    sequence: int | None = None, now: datetime,
) -> Flow:  # fmt: skip
    """Rename a flow, say for whom it is and before which others, take it in or out of use."""
    found = queries.get_flow(actor, flow.pk)
    if is_active and queries.latest(found) is None:
        raise Refusal("not_published", _("Publish the flow first."), field="is_active")
    before = (found.name, list(found.department_ids), found.is_active, found.sequence)
    found.name, found.is_active = name.strip(), is_active
    found.sequence = found.sequence if sequence is None else sequence
    found.department_ids = [str(each.pk) for each in departments]
    check(found)
    found.save()
    changed = zip(
        ("name", "departments", "is_active", "sequence"),
        before,
        (found.name, found.department_ids, is_active, found.sequence),
        strict=False,
    )
    note(found, **{key: (old, new) for key, old, new in changed if old != new})
    return found


@action("approvals.save_draft", permission=DESIGN)
def save_draft(actor: Actor, *, flow_id: UUID, body: Any, now: datetime) -> list[Problem]:
    """Keep what the designer sends; what is still wrong with it. A body that is no flow at all is refused."""
    found = queries.get_flow(actor, flow_id)
    drawn = parsed(body)
    found.draft, found.is_changed = as_stored(drawn), True
    found.save(update_fields=["draft", "is_changed", "updated_at"])
    note(found, draft=True)
    return problems_of(found, drawn)


@action("approvals.publish_flow", permission=DESIGN)
def publish_flow(actor: Actor, *, flow_id: UUID, now: datetime) -> FlowVersion:
    """Make the draft the next version, in force for requests from now on; running ones keep theirs."""
    found: Flow = Flow.objects.select_for_update().get(pk=queries.get_flow(actor, flow_id).pk)
    left = problems_of(found, from_stored(found.draft))
    if left:
        raise Refusal(
            "flow_has_problems",
            _("The flow cannot be published yet: %(problem)s") % {"problem": left[0].message},
            problems=[{"node": each.node, "code": each.code, "message": each.message} for each in left],
        )
    last = queries.latest(found)
    version = FlowVersion.objects.create(
        flow=found, number=(last.number if last else 0) + 1, body=found.draft, published_at=now
    )
    found.is_active, found.is_changed = True, False
    found.save(update_fields=["is_active", "is_changed", "updated_at"])
    note(found, version=version.number)
    return version  # type: ignore[no-any-return]


def parsed(body: Any) -> Drawn:
    try:
        return msgspec.convert(body, Drawn)
    except msgspec.ValidationError as error:
        raise Refusal("not_a_flow", _("The flow cannot be read: %(why)s") % {"why": str(error)}) from error


def problems_of(flow: Flow, drawn: Drawn) -> list[Problem]:
    roles = [key or str(pk) for key, pk in Role.objects.values_list("key", "pk")]
    declared = find(flow.subject)
    return problems(drawn, facts.kinds(declared) if declared else {}, roles)
