"""Reads of leave; each starts from what the actor may see."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from qince.core.people.models import Employee
from qince.core.people.queries import employee_ids_under
from qince.employee.leave.models import LIVE, Account, Cancellation, LeaveDay, LeaveRequest, LeaveType, Paper
from qince.employee.leave.rules import ADJUST, EDIT_TYPES, PAPERS, VIEW
from qince.kit.actor import Actor
from qince.kit.errors import NotFound


def types_visible_to(actor: Actor) -> Any:
    """Types are no secret: everybody asks by them."""
    return LeaveType.objects.all() if actor.may(VIEW) or actor.may(EDIT_TYPES) else LeaveType.objects.none()


def active_types() -> Any:
    return LeaveType.objects.filter(is_active=True).order_by("sequence", "name")


def accounts_visible_to(actor: Actor) -> Any:
    rows = Account.objects.exclude(employee__status=Employee.Status.LEFT)
    return actor.scope(VIEW).filter(rows.select_related("employee", "type"), "employee")


def get_account(actor: Actor, key: UUID) -> Account:
    found: Account | None = accounts_visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def adjustable_people(actor: Actor) -> Any:
    return actor.scope(ADJUST).filter(Employee.objects.present(), "pk")


def requests_visible_to(actor: Actor) -> Any:
    rows = LeaveRequest.objects.select_related("employee", "type", "version")
    return actor.scope(VIEW).filter(rows, "employee")


def get_request(actor: Actor, key: UUID) -> LeaveRequest:
    found: LeaveRequest | None = requests_visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def own_requests(actor: Actor) -> Any:
    return LeaveRequest.objects.filter(employee=actor.employee_id).select_related("type", "version")


def own_request(actor: Actor, key: UUID) -> LeaveRequest:
    found: LeaveRequest | None = own_requests(actor).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def returned_cancellation(row: LeaveRequest) -> Cancellation | None:
    """The calling off that came back to its applicant, of which a leave has one at most."""
    found: Cancellation | None = row.cancellations.filter(state=Cancellation.State.RETURNED).first()
    return found


def paper_of(actor: Actor, key: UUID) -> Paper:
    """A paper of one's own, or of somebody whose papers the actor handles."""
    found: Paper | None = Paper.objects.select_related("request").filter(pk=key).first()
    if found is not None:
        owner = found.request.employee_id
        if owner == actor.employee_id or actor.scope(PAPERS).covers(owner):
            return found
    raise NotFound


def taken_days(employee_id: UUID, first: date, last: date, *, but: UUID | None = None) -> list[LeaveDay]:
    """Days that live requests of the person take up already."""
    rows = LeaveDay.objects.filter(
        request__employee=employee_id, request__state__in=LIVE, on__range=(first, last)
    )
    return list(rows.exclude(request=but) if but else rows)


def away_days(employee_ids: Collection[UUID], first: date, last: date) -> Any:
    """Days of live requests of these people, for calendars. One query."""
    rows = LeaveDay.objects.filter(
        request__employee__in=employee_ids,
        request__state__in=("pending", "approved"),
        on__range=(first, last),
    )
    return rows.select_related("request__type").order_by("on")


def people_of(actor: Actor, department: UUID | None = None) -> Any:
    """Present people whose leave the actor sees."""
    rows = actor.scope(VIEW).filter(Employee.objects.present(), "pk")
    return rows.filter(pk__in=employee_ids_under([str(department)])) if department else rows


def whole_days(employee_ids: Collection[UUID], first: date, last: date) -> dict[UUID, set[date]]:
    """Days of approved leave on which nothing is left to work. One query."""
    found: dict[UUID, set[date]] = {}
    rows = LeaveDay.objects.filter(
        request__employee__in=employee_ids, request__state="approved", on__range=(first, last), part="full",
        qty__gt=0,
    )  # fmt: skip
    for employee, on in rows.values_list("request__employee", "on"):
        found.setdefault(employee, set()).add(on)
    return found
