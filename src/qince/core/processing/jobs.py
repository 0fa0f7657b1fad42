"""An archive is made apart from any request, and removed when its days are over."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from qince.core.organizations.models import Organization
from qince.core.processing import archives
from qince.kit import clock


@app.task(retry=RetryStrategy(max_attempts=3, wait=30), pass_context=False)
def make_archive(organization_id: str, archive_id: str) -> None:
    archives.make(UUID(organization_id), UUID(archive_id), now=clock.now())


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="processing.archives", pass_context=False)
def remove_archives(timestamp: int) -> None:
    for key, state in Organization.objects.values_list("pk", "state"):
        archives.remove_expired(key, now=clock.now(), is_closed=state == Organization.State.CLOSED)
