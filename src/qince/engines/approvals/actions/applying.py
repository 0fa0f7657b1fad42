"""Handing requests in, changing them when they come back, taking them back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.core.people.queries import department_ids_above
from qince.engines.approvals import effects, queries, telling
from qince.engines.approvals import facts as fact_rules
from qince.engines.approvals.actions.choosing import require_fit
from qince.engines.approvals.actions.common import comment_of, own_instance, tell
from qince.engines.approvals.directory import OrganizationDirectory
from qince.engines.approvals.flow.approvers import Case
from qince.engines.approvals.flow.preview import Planned, preview
from qince.engines.approvals.flow.route import all_stops
from qince.engines.approvals.flow.schema import SIMPLE, Choice, as_stored
from qince.engines.approvals.flow.schema import Flow as Drawn
from qince.engines.approvals.models import CHOOSE, FlowVersion, Instance, Remark, Task
from qince.engines.approvals.registry import Subject, find
from qince.engines.approvals.running import Run
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.clock import local_date
from qince.kit.errors import Conflict, Forbidden, NotFound, Refusal
from qince.kit.numbering import next_number
from qince.kit.tenancy import current_organization_id

Status = Instance.Status
NUMBERS = 0x4150  # namespace of the advisory lock that numbers requests one after the other
Chosen = Mapping[str, Sequence[UUID]]


@dataclass(frozen=True, slots=True)
class Application:
    """What is asked for: of which kind, about which row of the feature, in words, and what conditions may ask."""

    subject: str
    target_id: UUID
    title: str
    facts: Mapping[str, Any]
    department_id: UUID | None = None


@action("approvals.submit", permission=None)
def submit(actor: Actor, *, what: Application, chosen: Chosen | None = None, now: datetime) -> Instance:
    """Hand in a request of the actor's own. Its first steps are open, or it is decided, when this returns.

    `chosen`: by step, where the flow lets the applicant say who decides; who says nothing is asked when the step is
    reached. `Conflict` "under_way" when this row is on its way already.
    """
    declared = _declared(actor, what.subject)
    person = Employee.objects.get(pk=actor.person_id)
    department = _department(person.pk, what.department_id)
    instance = Instance(
        number=_next_number(now),
        subject=what.subject,
        target_id=what.target_id,
        version=version_for(what.subject, person.pk, now),
        applicant=person,
        department_id=department,
        title=what.title,
        facts=fact_rules.gathered(declared, what.facts, person.pk),
        submitted_at=now,
    )
    instance.chosen = _choices(instance, chosen or {})
    _insert(instance)
    return _start(actor, instance, now)


@action("approvals.resubmit", permission=None)
def resubmit(
    actor: Actor, *, instance_id: UUID, title: str, facts: Mapping[str, Any], chosen: Chosen | None = None,
    department_id: UUID | None = None, now: datetime,
) -> Instance:  # fmt: skip
    """Hand a returned request in again, changed: another round from the start, by the version it began with.

    Without a `department_id` it stays the one it was handed in for.
    """
    run = own_instance(actor, instance_id, now, Status.RETURNED)
    instance = run.instance
    declared = _declared(actor, instance.subject)
    instance.title = title
    if department_id is not None:
        instance.department_id = _department(actor.person_id, department_id)
    instance.facts = fact_rules.gathered(declared, facts, actor.person_id)
    instance.chosen = {**instance.chosen, **_choices(instance, {**_uuids(instance.chosen), **(chosen or {})})}
    instance.status, instance.round = Status.RUNNING, instance.round + 1
    instance.save()
    return _start(actor, instance, now)


def _start(actor: Actor, instance: Instance, now: datetime) -> Instance:
    run = Run.locked(actor, instance.pk, now)
    run.start()
    note(run.instance, subject=run.instance.subject, round=run.instance.round)
    tell(run)
    return run.instance


@action("approvals.withdraw", permission=None)
def withdraw(actor: Actor, *, instance_id: UUID, comment: str = "", now: datetime) -> Instance:
    """Take one's own request back before it is decided."""
    run = own_instance(actor, instance_id, now, Status.RUNNING, Status.RETURNED)
    _say(run, comment)
    before = run.instance.status
    run.end(Status.WITHDRAWN)
    note(run.instance, status=(before, Status.WITHDRAWN))
    tell(run)
    return run.instance


@action("approvals.revoke", permission=None)
def revoke(actor: Actor, *, instance_id: UUID, comment: str, now: datetime) -> Instance:
    """Ask for an approved request to be undone: a request of its own, whose approval undoes what the first one did."""
    run = own_instance(actor, instance_id, now, Status.APPROVED)
    original = run.instance
    is_undoing = original.revokes_id is not None  # what it undid is asked for anew, not undone once more
    if is_undoing or original.declared is None or original.declared.on_revoked is None:
        raise Refusal("not_revocable", _("What this request led to cannot be undone this way."))
    if original.revocations.filter(status=Status.RUNNING).exists():
        raise _under_way()
    if original.effect_state != Instance.EffectState.DONE:
        raise Conflict(
            "not_carried_out", _("This has not been carried out yet; it is tried again by itself.")
        )
    effects.require(original, now=now)
    again = Instance(
        number=_next_number(now),
        subject=original.subject,
        target_id=original.target_id,
        version=version_for(original.subject, actor.person_id, now),
        applicant=original.applicant,
        department_id=original.department_id,
        title=original.title,
        facts=original.facts,
        chosen=original.chosen,
        submitted_at=now,
        revokes=original,
    )
    _insert(again)
    opened = Run.locked(actor, again.pk, now)
    _say(opened, comment_of(comment, is_needed=True))
    return _start(actor, again, now)


@action("approvals.urge", permission=None)
def urge(actor: Actor, *, instance_id: UUID, now: datetime) -> int:
    """Remind whoever one's request waits for; how many. Once an hour at most."""
    run = own_instance(actor, instance_id, now, Status.RUNNING)
    waiting = list(
        Task.objects.filter(instance=run.instance, state=Task.State.PENDING)
        .exclude(step__kind=CHOOSE)
        .select_related("step")
    )
    recent = [each.reminded_at for each in waiting if each.reminded_at]
    if recent and (now - max(recent)).total_seconds() < 3600:
        raise Refusal("reminded_already", _("They were reminded within the last hour."))
    for task in waiting:
        task.reminded_at = now
        task.save(update_fields=["reminded_at"])
    telling.remind(run, waiting)
    note(run.instance, reminded=len(waiting))
    return len(waiting)


@action("approvals.remark", permission=None)
def remark(actor: Actor, *, instance_id: UUID, text: str, now: datetime) -> Remark:
    """Say something beside the decisions; whoever sees the request reads it."""
    found = queries.get_instance(actor, instance_id)
    said = comment_of(text, is_needed=True)
    made: Remark = Remark.objects.create(instance=found, employee_id=actor.person_id, text=said, at=now)
    note(found, remark=len(said))
    return made


def planned(actor: Actor, *, what: Application, chosen: Chosen | None = None, now: datetime) -> list[Planned]:
    """What submitting would lead to now, or handing in again what came back; the run asks the same resolver."""
    declared = _declared(actor, what.subject)
    drawn, department = _going(actor, what)
    gathered = fact_rules.gathered(declared, what.facts, actor.person_id)
    case = Case(actor.person_id, department, gathered, chosen or {})
    return preview(drawn, case, OrganizationDirectory())


def _going(actor: Actor, what: Application) -> tuple[Drawn, UUID | None]:
    """The flow it would go by, and for which department. A request that came back keeps its version."""
    returned = Instance.objects.filter(
        subject=what.subject, target_id=what.target_id, applicant=actor.person_id, status=Status.RETURNED
    )
    found: Instance | None = returned.select_related("version").first()
    if found is None:
        version = _in_force(what.subject, actor.person_id)
        return (version.drawn if version else SIMPLE), _department(actor.person_id, what.department_id)
    wanted = what.department_id
    return found.version.drawn, _department(actor.person_id, wanted) if wanted else found.department_id


def version_for(subject: str, applicant_id: UUID, now: datetime) -> FlowVersion:
    """The version in force for the applicant; the simple one, kept with the first request, where none is drawn."""
    if (found := _in_force(subject, applicant_id)) is not None:
        return found
    simple, _made = FlowVersion.objects.get_or_create(
        flow=None, number=1, defaults={"body": as_stored(SIMPLE), "published_at": now}
    )
    return simple  # type: ignore[no-any-return]


def _in_force(subject: str, applicant_id: UUID) -> FlowVersion | None:
    flow = queries.flow_for(subject, department_ids_above(applicant_id))
    return queries.latest(flow) if flow is not None else None


def _declared(actor: Actor, code: str) -> Subject:
    declared = find(code)
    if declared is None:
        raise NotFound
    if not actor.may(declared.apply):
        raise Forbidden
    return declared


def _department(employee_id: UUID, wanted: UUID | None) -> UUID | None:
    """The department applied for: the one chosen, else the main one."""
    current = queries.current_departments(employee_id)
    if wanted is not None and wanted not in current:
        raise Refusal("not_your_department", _("Choose a department you are in."), field="department")
    return wanted or (current[0] if current else None)


def _choices(instance: Instance, chosen: Chosen) -> dict[str, list[str]]:
    """The applicant's choices, as far as they are made, for the steps of the flow that ask for them."""
    stops = {
        stop.id: stop for stop in all_stops(instance.version.drawn) if isinstance(stop.approvers, Choice)
    }
    return {
        node: [str(each) for each in require_fit(stops[node].approvers, people, f"chosen.{node}")]
        for node, people in chosen.items()
        if node in stops and people
    }


def _uuids(chosen: Mapping[str, Sequence[str]]) -> dict[str, list[UUID]]:
    return {node: [UUID(each) for each in ids] for node, ids in chosen.items()}


def _insert(instance: Instance) -> None:
    try:
        with transaction.atomic():
            instance.save()
    except IntegrityError as error:
        if "approval_once_under_way" not in str(error):
            raise
        raise _under_way() from error


def _under_way() -> Conflict:
    return Conflict("under_way", _("This request is on its way already."))


def _say(run: Run, comment: str) -> None:
    text = comment_of(comment)
    if text:
        Remark.objects.create(instance=run.instance, employee_id=run.actor.person_id, text=text, at=run.now)


def _next_number(now: datetime) -> str:
    """`202611270001`: counted per organization and day."""
    zone = Organization.objects.values_list("time_zone", flat=True).get(pk=current_organization_id())
    begin = f"{local_date(now, zone):%Y%m%d}"
    return next_number(Instance.objects.all(), begin, digits=4, namespace=NUMBERS)
