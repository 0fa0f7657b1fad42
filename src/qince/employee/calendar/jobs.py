"""Reminders, each minute."""

from procrastinate.contrib.django import app

from qince.core.organizations.functions import open_for
from qince.employee.calendar.actions.reminding import remind_due
from qince.employee.calendar.models import Reminder
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.tenancy import tenant


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="calendar.remind")
def remind(timestamp: int) -> None:
    now = clock.now()
    for organization in open_for("employee"):
        with tenant(organization), clock.in_zone(organization.time_zone):
            if Reminder.objects.filter(due_at__lte=now).exists():
                remind_due(system_actor(organization.pk, "calendar.remind"), now=now)
