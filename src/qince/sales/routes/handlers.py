"""What happens elsewhere and changes routes; what routes lay over calendars."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from qince.core.people.events import EmployeeLeft
from qince.core.people.models import Employee
from qince.employee.calendar.overlays import Overlay, layer
from qince.employee.calendar.queries import day_bounds, home_zone
from qince.employee.leave.events import LeaveApproved, LeaveChanged
from qince.kit import clock
from qince.kit.actor import Actor, system_actor
from qince.kit.events import subscribe
from qince.kit.tenancy import current_organization_id
from qince.masterdata.customers.actions import today_of
from qince.masterdata.customers.events import AssignmentsEnded
from qince.sales.routes.actions import end_routes, plan_again
from qince.sales.routes.models import PlannedVisit, RouteStop
from qince.sales.routes.rules import VIEW


@subscribe(AssignmentsEnded)
def drop_stops(event: AssignmentsEnded) -> None:
    """A store taken from a rep leaves the routes and the open plans; what was done or missed stays.

    A leaver's route ends as it stood: whoever lays the successor's reads it.
    """
    present = Employee.objects.present().filter(pk=event.employee_id)
    RouteStop.objects.filter(route__employee__in=present, customer__in=event.customer_ids).delete()
    PlannedVisit.objects.filter(
        employee=event.employee_id,
        customer__in=event.customer_ids,
        on__gte=event.on,
        status=PlannedVisit.Status.PLANNED,
        visits__isnull=True,
    ).delete()


@subscribe(EmployeeLeft)
def end_leavers_routes(event: EmployeeLeft) -> None:
    employee = Employee.objects.get(pk=event.employee_id)
    if not (employee.routes.exists() or employee.planned_visits.exists()):
        return
    actor = system_actor(current_organization_id(), "routes.end")
    today = today_of(actor, clock.now())
    end_routes(actor, employee=employee, last_day=employee.left_on or today, today=today)


@subscribe(LeaveApproved)
def drop_visits(event: LeaveApproved) -> None:
    """Nobody is planned to visit on a day of approved leave; what was done stays."""
    PlannedVisit.objects.filter(
        employee=event.employee_id, on__in=event.days, status=PlannedVisit.Status.PLANNED, visits__isnull=True
    ).delete()


@subscribe(LeaveChanged)
def plan_visits_again(event: LeaveChanged) -> None:
    """Days that are leave no more are planned as the routes say; days that became leave are not."""
    plan_again(event.employee_id, today=timezone.localdate())


@layer("visits", _("Planned visits"), tone="indigo", order=30, is_busy=False)
def planned_visits(
    actor: Actor, employee_ids: Collection[UUID], first: date, last: date
) -> Iterable[Overlay]:
    """One entry a day: how many visits are planned."""
    scope, zone = actor.scope(VIEW), home_zone()
    ids = [each for each in employee_ids if scope.covers(each)]
    rows = PlannedVisit.objects.filter(employee__in=ids, on__range=(first, last)).exclude(
        status=PlannedVisit.Status.CANCELLED
    )
    for employee, on, count in rows.values_list("employee", "on").annotate(Count("pk")).order_by("on"):
        begin, end = day_bounds(on, on, zone)
        yield Overlay(
            employee, "visits", f"visits-{on:%Y%m%d}-{employee}",
            ngettext("%(count)d visit", "%(count)d visits", count) % {"count": count}, begin, end, all_day=True,
            url=f"{reverse('routes:plan_list')}?on={on}..{on}", tone="indigo",
        )  # fmt: skip
