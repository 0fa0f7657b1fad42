"""What a confirmed cancellation comes to once the time to export is over: every account ends, everybody is erased.

What a law keeps stays for its term; business records keep an author nobody can read. Each step may be repeated: a run
cut short goes on with the next.
"""

from datetime import datetime
from uuid import UUID

from django.db import models

from qince.core.accounts.models import Device
from qince.core.erasure import subjects
from qince.core.erasure.actions import erase, plan_for
from qince.core.erasure.models import Erasure
from qince.core.lifecycle import queries
from qince.core.lifecycle.leaving import is_due
from qince.core.lifecycle.models import Cancellation
from qince.core.lifecycle.terms import _change, _locked
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.tenancy import tenant


def carry_out(actor: Actor, *, now: datetime) -> bool:
    """Do all of it for the actor's organization if it is due; whether it is done."""
    with tenant(actor.organization_id):
        found, organization = queries.leaving(), _locked(actor)
        if found is None or not is_due(found, queries.today(organization, now)):
            return False
    close(actor, now=now)
    for key in members(actor):
        end_member(actor, employee_id=key, now=now)
    finish(actor, now=now)
    return True


@action("lifecycle.close")
def close(actor: Actor, *, now: datetime) -> None:
    """Nobody gets in any more: the organization is closed and every device signed out."""
    organization = _locked(actor)
    if organization.state == Organization.State.CLOSED:
        return
    note(organization, state=(organization.state, Organization.State.CLOSED))
    _change(organization, Organization.State.CLOSED)
    Device.objects.filter(organization=organization, revoked_at__isnull=True).update(revoked_at=now)


def members(actor: Actor) -> list[UUID]:
    """Who has not been erased yet. Leaders come last: until then their people still need them."""
    with tenant(actor.organization_id):
        known = set(Erasure.objects.values_list("subject_digest", flat=True))
        rows = Employee.objects.exclude(status=Employee.Status.LEFT).order_by("-created_at")
        return [
            employee.pk
            for employee in rows.iterator(chunk_size=500)
            if subjects.of_employee(employee).digest not in known
        ]


@action("lifecycle.end_member")
def end_member(actor: Actor, *, employee_id: UUID, now: datetime) -> None:
    """One member's account ends, and the person is erased by the same act as anybody else."""
    employee = Employee.objects.get(pk=employee_id)
    erase(actor, plan_for(subjects.of_employee(employee)), now=now)


@action("lifecycle.finish")
def finish(actor: Actor, *, now: datetime) -> None:
    """Put on record what was done: how many people, under which entries of the erasure ledger."""
    found = queries.leaving()
    if found is None:
        return
    erased = Erasure.objects.filter(begun_at__gte=found.confirmed_at)
    entries = erased.aggregate(first=models.Min("ledger_entry"), last=models.Max("ledger_entry"))
    found.state, found.done_at = Cancellation.State.DONE, now
    found.proof = {"people": erased.count(), "ledger": [entries["first"], entries["last"]]}
    found.save(update_fields=["state", "done_at", "proof"])
    note(found, state=Cancellation.State.DONE, **found.proof)
