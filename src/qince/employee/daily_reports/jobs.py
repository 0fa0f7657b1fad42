"""The round: who owes what by now, who is reminded, and who is told what is missing."""

from procrastinate.contrib.django import app

from qince.core.organizations.functions import open_for
from qince.employee.daily_reports import obliging, reminding
from qince.employee.daily_reports.actions.designing import window
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.tenancy import tenant


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="daily_reports.round", pass_context=False)
def go_round(timestamp: int) -> None:
    """Every ten minutes; a round that was missed is made up for by the next, and a second one changes nothing."""
    now = clock.now()
    for organization in open_for("employee"):
        actor = system_actor(organization.pk, "daily_reports.round")
        with tenant(organization), clock.in_zone(organization.time_zone):
            obliging.renew(*window(now), now=now)
            reminding.remind_before_due(actor, now=now)
            reminding.tell_missing(actor, now=now)
