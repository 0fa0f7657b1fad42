"""Reads of requests; each starts from what the actor may see."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, When

from qince.core.people.models import Department, Membership
from qince.engines.approvals.models import Delegation, Flow, FlowVersion, Instance, Task
from qince.engines.approvals.rules import DESIGN, VIEW
from qince.kit.actor import Actor
from qince.kit.errors import NotFound

if TYPE_CHECKING:
    from django.db.models import QuerySet

State = Task.State


def _concerned(actor: Actor) -> Q:
    """Own requests, and those in which the actor has or had a part."""
    part = Task.objects.filter(instance=OuterRef("pk")).filter(
        Q(assignee=actor.employee_id) | Q(on_behalf_of=actor.employee_id)
    )
    return Q(applicant=actor.employee_id) | Q(Exists(part))


def instances_visible_to(actor: Actor) -> "QuerySet[Instance]":
    """Every request within the actor's reach, the own ones, and those the actor was asked about."""
    scope = actor.scope(VIEW)
    rows = Instance.objects.select_related("applicant", "version__flow")
    if scope.everyone:
        return rows.exclude(applicant__in=scope.excluded) if scope.excluded else rows
    return rows.filter(Q(applicant__in=scope.employee_ids) | _concerned(actor))


def get_instance(actor: Actor, key: UUID) -> Instance:
    found = instances_visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def tasks_of(actor: Actor) -> Any:
    """The actor's own tasks, whatever became of them."""
    rows = Task.objects.filter(assignee=actor.employee_id)
    return rows.select_related("step", "instance__applicant", "on_behalf_of")


def to_decide(actor: Actor) -> Any:
    return tasks_of(actor).filter(state=State.PENDING)


def open_count(actor: Actor) -> int:
    if actor.employee_id is None:
        return 0
    return int(Task.objects.filter(assignee=actor.employee_id, state=State.PENDING).count())


def own_instances(actor: Actor) -> "QuerySet[Instance]":
    return Instance.objects.filter(applicant=actor.employee_id).select_related("applicant")


def own_delegations(actor: Actor) -> "QuerySet[Delegation]":
    return Delegation.objects.filter(employee=actor.employee_id).select_related("delegate", "employee")


def flows_visible_to(actor: Actor) -> "QuerySet[Flow]":
    return Flow.objects.all() if actor.may(DESIGN) else Flow.objects.none()


def get_flow(actor: Actor, key: UUID) -> Flow:
    found: Flow | None = flows_visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def flow_for(subject: str, above: set[str]) -> Flow | None:
    """The flow in force for somebody whose departments, with those above, are `above`."""
    rows = Flow.objects.filter(subject=subject, is_active=True).order_by("sequence", "name")
    return next((row for row in rows if not row.department_ids or above & set(row.department_ids)), None)


def latest(flow: Flow) -> FlowVersion | None:
    found: FlowVersion | None = FlowVersion.objects.filter(flow=flow).order_by("-number").first()
    return found


def own_departments(employee_id: UUID) -> "QuerySet[Department]":
    """Those the employee is in now, the main one first, to choose the one that a request is for."""
    keys = current_departments(employee_id)
    rank = Case(*(When(pk=key, then=place) for place, key in enumerate(keys)), default=0)
    return Department.objects.filter(pk__in=keys).order_by(rank)  # type: ignore[no-any-return]


def current_departments(employee_id: UUID) -> list[UUID]:
    """Those the employee is in now, the main one first."""
    rows = Membership.objects.filter(employee=employee_id, ends_on__isnull=True)
    return list(rows.order_by("-is_main", "starts_on").values_list("department", flat=True))
