"""Tracks are short-lived: every night what is past its term goes."""

from procrastinate.contrib.django import app

from qince.core.organizations.models import Organization
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.sales.tracking.actions import purge


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="tracking.purge", pass_context=False)
def purge_all(timestamp: int) -> None:
    """In every organization, closed ones too."""
    for organization in Organization.objects.values_list("pk", flat=True):
        purge(system_actor(organization, "tracking.purge"), now=clock.now())
