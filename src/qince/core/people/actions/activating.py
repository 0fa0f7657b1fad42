"""Invited, suspended, resumed."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from qince.core.accounts import sms
from qince.core.people.accounts import set_active, sign_out_everywhere
from qince.core.people.actions.common import (
    Status,
    change_status,
    require_another,
    require_status,
    within_reach,
)
from qince.core.people.events import (
    EmployeeSuspended,
)
from qince.core.people.models import Employee
from qince.core.people.rules import EDIT
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.events import publish


@action("people.invite_employee", permission=EDIT)
def invite_employee(actor: Actor, employee: Employee, *, now: datetime) -> Employee:
    """Send a message that says where to sign in. Nobody can register alone: this is the way in (C2.1.1-01)."""
    employee = within_reach(actor, employee)
    require_status(employee, Status.INVITED)
    params = {"organization": employee.organization.name, "address": settings.PUBLIC_URL}
    sms.send(employee.mobile, sms.Template.INVITATION, params)
    note(employee, invited=True)
    return employee


@action("people.suspend_employee", permission=EDIT)
def suspend_employee(actor: Actor, employee: Employee, *, now: datetime) -> Employee:
    """Close the door for a while: every device is signed out, nothing is deleted."""
    employee = within_reach(actor, employee)
    require_status(employee, Status.INVITED, Status.ACTIVE)
    require_another(actor, employee)
    change_status(employee, Status.SUSPENDED)
    set_active(employee, is_active=False)
    sign_out_everywhere(employee, now=now)
    publish(EmployeeSuspended(employee.pk))
    return employee


@action("people.resume_employee", permission=EDIT)
def resume_employee(actor: Actor, employee: Employee, *, now: datetime) -> Employee:
    """Open the door again."""
    employee = within_reach(actor, employee)
    require_status(employee, Status.SUSPENDED)
    if employee.lacks:
        message = _("Enter the name and the mobile number first: the account cannot be used without them.")
        raise Refusal("lacks_necessary", message, field=employee.lacks[0])
    change_status(employee, Status.ACTIVE)
    set_active(employee, is_active=True)
    return employee
