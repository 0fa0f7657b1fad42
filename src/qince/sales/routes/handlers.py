"""What happens elsewhere and changes routes."""

from qince.kit.events import subscribe
from qince.masterdata.customers.events import AssignmentsEnded
from qince.sales.routes.models import PlannedVisit, RouteStop


@subscribe(AssignmentsEnded)
def drop_stops(event: AssignmentsEnded) -> None:
    """A store taken from a rep leaves the routes and the open plans; what was done or missed stays."""
    RouteStop.objects.filter(route__employee=event.employee_id, customer__in=event.customer_ids).delete()
    PlannedVisit.objects.filter(
        employee=event.employee_id,
        customer__in=event.customer_ids,
        on__gte=event.on,
        status=PlannedVisit.Status.PLANNED,
        visits__isnull=True,
    ).delete()
