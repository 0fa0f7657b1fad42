"""Messages go out by themselves; overdue reviews are reported."""

from uuid import UUID

from procrastinate.contrib.django import app

from qince.core.organizations.models import Organization
from qince.engines.partners import delivery, reviews
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.tenancy import tenant


@app.task(name="partners.deliver")
def deliver(organization: str, outgoing: str) -> None:
    """One message, as soon as the act that queued it is committed."""
    delivery.deliver(UUID(organization), UUID(outgoing), now=clock.now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="partners.deliver_due", pass_context=False)
def deliver_due(timestamp: int) -> None:
    """What is to be tried again, in every organization."""
    for organization in Organization.objects.values_list("pk", flat=True):
        with tenant(organization):
            keys = delivery.due(clock.now())
        for key in keys:
            delivery.deliver(organization, key, now=clock.now())


@app.periodic(cron="10 6 * * *")
@app.task(queueing_lock="partners.report_overdue", pass_context=False)
def report_overdue(timestamp: int) -> None:
    """Each morning: reviews that are overdue, agreements about to run out."""
    for organization in Organization.objects.filter(state=Organization.State.ACTIVE).values_list(
        "pk", flat=True
    ):
        reviews.report(system_actor(organization, "partners.report_overdue"), now=clock.now())
