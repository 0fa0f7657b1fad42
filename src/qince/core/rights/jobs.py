"""The clocks look after themselves: hourly escalation, reminders, alarms, and the end of an ordered silence."""

from procrastinate.contrib.django import app

from qince.core.organizations.models import Organization
from qince.core.rights.actions.closing import end_silence
from qince.core.rights.actions.filing import seed_calendar
from qince.core.rights.actions.handling import escalate_silent
from qince.core.rights.actions.watching import remind
from qince.kit import clock
from qince.kit.actor import system_actor


@app.periodic(cron="40 * * * *")
@app.task(queueing_lock="rights.fill_calendars", pass_context=False)
def fill_calendars(timestamp: int) -> None:
    """Hourly: a new organization has its calendar soon, and every one the next year's once that is published."""
    now = clock.now()
    for organization in Organization.objects.all():
        actor = system_actor(organization.pk, "rights.fill_calendars")
        for year in (now.year, now.year + 1):
            seed_calendar(actor, year=year, now=now)


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="rights.watch_clocks", pass_context=False)
def watch_clocks(timestamp: int) -> None:
    """Hourly, so that a day's work is done soon after midnight in every time zone; doing it twice changes nothing."""
    for organization in Organization.objects.exclude(state=Organization.State.REGISTERED):
        actor = system_actor(organization.pk, "rights.watch_clocks")
        for work in (escalate_silent, remind, end_silence):
            work(actor, now=clock.now())
