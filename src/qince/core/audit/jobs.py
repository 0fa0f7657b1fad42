"""Sealing runs by itself, every minute."""

from procrastinate.contrib.django import app

from qince.core.audit import heads
from qince.core.audit.actions import seal
from qince.core.organizations.models import Organization
from qince.kit import clock


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="audit.seal", pass_context=False)
def seal_all(timestamp: int) -> None:
    """Chain what every organization wrote since the last run."""
    for organization in Organization.objects.values_list("pk", flat=True):
        while seal(organization) == 5000:
            pass


@app.periodic(cron="50 * * * *")
@app.task(queueing_lock="audit.sign", pass_context=False)
def sign_all(timestamp: int) -> None:
    """Sign each organization's chain once a day of its own; hourly, for days begin at different times."""
    now = clock.now()
    for organization in Organization.objects.all():
        heads.sign(organization, now=now)
