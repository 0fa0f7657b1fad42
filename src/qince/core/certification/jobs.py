"""Certificates run out; looked at every hour, for days change in each organization's own time."""

from procrastinate.contrib.django import app

from qince.core.certification.actions import expire
from qince.core.certification.models import CertifiedCode
from qince.kit import clock
from qince.kit.actor import system_actor


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="certification.expire")
def expire_all(timestamp: int) -> None:
    now = clock.now()
    for key in CertifiedCode.objects.filter(valid_to__isnull=False).values_list("organization_id", flat=True):
        expire(system_actor(key, "certification.expire"), now=now)
