"""Terms and the announced end are looked at every hour: days change in each organization's own time."""

from procrastinate.contrib.django import app

from qince.core.lifecycle import ceasing, ending, sweeping
from qince.core.lifecycle.terms import watch_term
from qince.core.organizations.models import Organization
from qince.kit import clock
from qince.kit.actor import system_actor


@app.periodic(cron="10 * * * *")
@app.task(queueing_lock="lifecycle.watch")
def watch_all(timestamp: int) -> None:
    now = clock.now()
    ceasing.cease_if_due(now=now)
    for key in Organization.objects.filter(state=Organization.State.ACTIVE).values_list("pk", flat=True):
        watch_term(system_actor(key, "lifecycle.watch_term"), now=now)
    for key in Organization.objects.values_list("pk", flat=True):
        ending.carry_out(system_actor(key, "lifecycle.carry_out"), now=now)


@app.periodic(cron="25 3 * * *")
@app.task(queueing_lock="lifecycle.sweep", pass_context=False)
def find_ended(timestamp: int) -> None:
    """Service ceased, term over, no longer used, account cancelled: found without a request (C6.2-05)."""
    sweeping.sweep(now=clock.now())
