"""Looked at several times an hour: children's data has a deadline in hours, and people turn 18."""

from procrastinate.contrib.django import app

from qince.core.guardians.finding import watch
from qince.core.guardians.models import Minor
from qince.core.guardians.policy import ask_after_release
from qince.core.organizations.models import Organization
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.tenancy import tenant


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="guardians.watch")
def watch_all(timestamp: int) -> None:
    now = clock.now()
    for key in Organization.objects.values_list("pk", flat=True):
        with tenant(key):
            if not Minor.objects.exclude(stage=Minor.Stage.GROWN).exists():
                continue
        watch(system_actor(key, "guardians.watch"), now=now)
        ask_after_release(system_actor(key, "guardians.policy"), now=now)
