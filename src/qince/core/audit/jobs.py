"""Sealing runs by itself, every minute."""

from procrastinate.contrib.django import app

from qince.core.audit.actions import seal
from qince.core.organizations.models import Organization


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="audit.seal", pass_context=False)
def seal_all(timestamp: int) -> None:
    """Chain what every organization wrote since the last run."""
    for organization in Organization.objects.values_list("pk", flat=True):
        while seal(organization) == 5000:
            pass
