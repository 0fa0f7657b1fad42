"""The nightly round: grants on their day, carrying and lapsing, leave counted by the calendar as it is now."""

from datetime import timedelta

from procrastinate.contrib.django import app

from qince.core.organizations.models import Organization
from qince.employee.leave import books
from qince.employee.leave.actions import booking, recounting
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.tenancy import tenant

AHEAD = timedelta(days=800)


@app.periodic(cron="10 * * * *")
@app.task(queueing_lock="leave.round", pass_context=False)
def go_round(timestamp: int) -> None:
    """Every hour: each organization has its own midnight. What is done already changes nothing."""
    now = clock.now()
    rows = Organization.objects.filter(state=Organization.State.ACTIVE)
    for organization in rows.values_list("pk", flat=True):
        actor = system_actor(organization, "leave.round")
        with tenant(organization):
            today = books.today_of(now)
            booking.bring_up(actor, now=now)
            recounting.recount(actor, first=today, last=today + AHEAD, now=now)
