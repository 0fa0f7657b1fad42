"""Deadlines, and effects that failed."""

from datetime import timedelta
from uuid import UUID

from procrastinate.contrib.django import app

from qince.core.organizations.models import Organization
from qince.engines.approvals.actions.watching import close_overdue, retry_effect
from qince.engines.approvals.effects import MOST_ATTEMPTS
from qince.engines.approvals.models import Instance, Step
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.tenancy import tenant


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="approvals.watch_deadlines", pass_context=False)
def watch_deadlines(timestamp: int) -> None:
    """Every five minutes; each step in a transaction of its own."""
    for organization in _active():
        with tenant(organization):
            due = list(
                Step.objects.filter(state=Step.State.OPEN, due_at__lte=clock.now()).values_list(
                    "pk", flat=True
                )
            )
        for step in due:
            actor = system_actor(organization, "approvals.watch_deadlines")
            close_overdue(actor, step_id=step, now=clock.now())


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="approvals.retry_effects", pass_context=False)
def retry_effects(timestamp: int) -> None:
    """Every ten minutes, less often the more often it failed, until it has failed twenty times."""
    now = clock.now()
    for organization in _active():
        with tenant(organization):
            failed = Instance.objects.filter(
                effect_state=Instance.EffectState.FAILED, effect_attempts__lt=MOST_ATTEMPTS
            )
            rows = failed.values_list("pk", "ended_at", "effect_attempts")
            keys = [key for key, ended, attempts in rows if now - ended >= timedelta(minutes=attempts**2)]
        for key in keys:
            retry_effect(system_actor(organization, "approvals.retry_effects"), instance_id=key, now=now)


def _active() -> list[UUID]:
    return list(Organization.objects.filter(state=Organization.State.ACTIVE).values_list("pk", flat=True))
