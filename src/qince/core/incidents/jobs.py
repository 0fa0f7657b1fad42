"""The clocks are looked at every ten minutes, drills once a day."""

from procrastinate.contrib.django import app

from qince.core.incidents.watching import remind_of_drill, watch
from qince.core.organizations.models import Organization
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.tenancy import tenant


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="incidents.watch", pass_context=False)
def watch_all(timestamp: int) -> None:
    for organization in Organization.objects.filter(state=Organization.State.ACTIVE):
        with tenant(organization), clock.in_zone(organization.time_zone):
            watch(system_actor(organization.pk, "incidents.watch"), now=clock.now())


@app.periodic(cron="40 1 * * *")
@app.task(queueing_lock="incidents.remind_of_drill", pass_context=False)
def remind_all(timestamp: int) -> None:
    for organization in Organization.objects.filter(state=Organization.State.ACTIVE):
        remind_of_drill(system_actor(organization.pk, "incidents.remind_of_drill"), now=clock.now())
