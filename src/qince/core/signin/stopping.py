"""Stopping in the middle of activation or registration: what the person brought goes, the administrator's import stays
and shows that they stopped (C1.2-02).

Whoever has agreed to the notice is a member: for them only the unfinished device goes; leaving is another way.
"""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.access.queries import actor_for
from qince.core.accounts import codes
from qince.core.accounts.codes import Purpose
from qince.core.accounts.models import Account, Device
from qince.core.people.models import Affiliation, Employee
from qince.core.privacy.gate import BASIC, Standing
from qince.core.signin.actions import employee_id
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.kit.resource import timeline
from qince.kit.tenancy import tenant

Status = Employee.Status
timeline.name_acts({"people.stop_activation": _("Stopped activating")})


def stop(
    account: Account, *, client: str, locale: str, app_device_id: UUID | None = None, now: datetime
) -> None:
    """Forget what an activation that was not finished left: codes, devices, the first sign-in."""
    codes.forget(account.mobile, Purpose.SIGN_IN)
    if app_device_id is not None:
        Device.objects.filter(
            account=account, app_device_id=app_device_id, confirmed_at__isnull=True
        ).delete()
    for affiliation in Affiliation.objects.filter(account=account, is_active=True).select_related(
        "organization"
    ):
        with tenant(affiliation.organization):
            person = Employee.objects.filter(pk=affiliation.employee_id).first()
            if person is not None and is_pending(person):
                stop_activation(actor_for(person, client=client, locale=locale), now=now)
    if not Device.objects.filter(account=account).exists():
        Account.objects.filter(pk=account.pk).update(last_login=None)


def is_pending(person: Employee) -> bool:
    """Entered by the administrator, perhaps signed in for a moment, and never agreed to anything."""
    return person.status in (Status.INVITED, Status.ACTIVE) and not Standing(person.pk).allows(BASIC)


@action("people.stop_activation", permission=None)
def stop_activation(actor: Actor, *, now: datetime) -> Employee:
    """Back to the administrator's own entry, with the mark that the person stopped."""
    found: Employee | None = (
        Employee.objects.select_for_update(of=("self",)).filter(pk=employee_id(actor)).first()
    )
    if found is None or not is_pending(found):
        raise NotFound
    Device.objects.filter(organization=actor.organization_id, employee_id=found.pk).delete()
    before, found.status, found.activation_stopped_at = found.status, Status.INVITED, now
    found.save(update_fields=["status", "activation_stopped_at", "updated_at"])
    note(found, status=(before, found.status))
    return found
