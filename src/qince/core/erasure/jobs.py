"""Erasing runs by itself once begun, and goes on by itself where it was cut short."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from qince.core.erasure import copies, retaining, working
from qince.core.organizations.models import Organization
from qince.kit import clock


@app.task(retry=RetryStrategy(max_attempts=5, wait=30), pass_context=False)
def carry_out(organization_id: str, erasure_id: str) -> None:
    working.carry_out(UUID(organization_id), UUID(erasure_id), now=clock.now())


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="erasure.go_on", pass_context=False)
def go_on(timestamp: int) -> None:
    """Whatever a crash, or a hold that is over, has left unfinished. One pass of the trail for all of it."""
    for organization in Organization.objects.values_list("pk", flat=True):
        waiting = working.unfinished(organization)
        working.erase_words(organization, waiting)
        for key in waiting:
            working.carry_out(organization, key, now=clock.now())


@app.task(retry=RetryStrategy(max_attempts=3, wait=30), pass_context=False)
def make_copy(organization_id: str, copy_id: str) -> None:
    copies.make(UUID(organization_id), UUID(copy_id), now=clock.now())


@app.periodic(cron="11 * * * *")
@app.task(queueing_lock="erasure.copies", pass_context=False)
def remove_copies(timestamp: int) -> None:
    for organization in Organization.objects.values_list("pk", flat=True):
        copies.remove_expired(organization, now=clock.now())


@app.periodic(cron="40 3 * * *")
@app.task(queueing_lock="erasure.retention", pass_context=False)
def retain(timestamp: int) -> None:
    """In every organization, closed ones too: what is past its term goes."""
    for organization in Organization.objects.values_list("pk", flat=True):
        retaining.run(organization, now=clock.now())
