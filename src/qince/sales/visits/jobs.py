"""Forgotten visits are closed by themselves, every hour."""

from procrastinate.contrib.django import app

from qince.core.organizations.functions import open_for
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.sales.visits.actions import close_forgotten


@app.periodic(cron="15 * * * *")
@app.task(queueing_lock="visits.close_forgotten")
def close_all(timestamp: int) -> None:
    for organization in open_for("sales"):
        today = clock.local_date(clock.now(), organization.time_zone)
        close_forgotten(system_actor(organization.pk, "visits.close_forgotten"), today=today)
