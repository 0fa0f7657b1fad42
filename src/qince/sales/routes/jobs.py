"""Planning runs by itself, every hour: each organization's date changes in its own time zone."""

from procrastinate.contrib.django import app

from qince.core.organizations.functions import open_for
from qince.kit import clock
from qince.kit.tenancy import tenant
from qince.sales.routes.actions import plan_ahead


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="routes.plan_ahead")
def plan_all(timestamp: int) -> None:
    for organization in open_for("sales"):
        with tenant(organization):
            plan_ahead(clock.local_date(clock.now(), organization.time_zone))
