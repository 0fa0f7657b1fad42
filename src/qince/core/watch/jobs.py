"""The watch's own rounds."""

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from qince.core.organizations.models import Organization
from qince.core.people.models import Affiliation
from qince.core.watch import keeping, staffing, tickets, training, travel
from qince.core.watch.alerts import raise_for
from qince.core.watch.deciding import FAILED_SIGN_INS, FAILED_TRIES
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.tenancy import tenant


@app.task(pass_context=False)
def look_at_failures(account_id: str) -> None:
    """Tell whoever the account belongs to, in each of its organizations, that somebody tries to get in."""
    now = clock.now()
    rows = Affiliation.objects.filter(account=UUID(account_id), is_active=True)
    for organization, employee in rows.values_list("organization_id", "employee_id"):
        raise_for(
            organization, employee, FAILED_SIGN_INS, key=f"{now:%Y-%m-%dT%H}", facts={"tries": FAILED_TRIES}, now=now
        )  # fmt: skip


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="watch.travel", pass_context=False)
def look_at_travel(timestamp: int) -> None:
    now = clock.now()
    for organization in Organization.objects.filter(state=Organization.State.ACTIVE).values_list(
        "pk", flat=True
    ):
        with tenant(organization):
            travel.look(organization, now=now)


@app.periodic(cron="40 2 * * *")
@app.task(queueing_lock="watch.cut_addresses", pass_context=False)
def cut_addresses(timestamp: int) -> None:
    """After the security window an address tells a neighbourhood, not a person (C2.2.3-08)."""
    now = clock.now()
    keeping.forget_strangers(now=now)
    keeping.cut_strangers(now=now)
    for organization in Organization.objects.values_list("pk", flat=True):
        keeping.cut(organization, now=now)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="watch.tickets", pass_context=False)
def close_tickets(timestamp: int) -> None:
    now = clock.now()
    for organization in Organization.objects.values_list("pk", flat=True):
        with tenant(organization):
            tickets.close_ended(organization, now=now)


@app.periodic(cron="15 3 * * *")
@app.task(queueing_lock="watch.staff", pass_context=False)
def end_accounts(timestamp: int) -> None:
    """The operator's staff whose last day is over have no account any more; people are reminded of trainings."""
    now = clock.now()
    staffing.end_accounts(today=timezone.localdate(now), now=now)
    for organization in Organization.objects.filter(state=Organization.State.ACTIVE):
        training.remind(
            system_actor(organization.pk, "watch.remind_training"),
            today=clock.local_date(now, organization.time_zone),
            now=now,
        )
