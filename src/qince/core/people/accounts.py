"""Tying an employee to the account of their mobile. Accounts belong to no organization, affiliations join the
two.
"""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qince.core.accounts import devices
from qince.core.accounts.models import Account
from qince.core.people.models import Affiliation, Employee
from qince.kit.errors import Refusal
from qince.kit.identifiers import NotAMobile, mobile_e164
from qince.kit.tenancy import current_organization_id


def normal_mobile(text: str) -> str:
    """A mobile as E.164, or a `Refusal` at the field `mobile`."""
    try:
        return mobile_e164(text)
    except NotAMobile:
        raise Refusal("invalid_mobile", _("This is no mobile number."), field="mobile") from None


def affiliate(employee: Employee) -> None:
    """Give the employee the account of their mobile. A former colleague's affiliation passes on to them."""
    Account.objects.bulk_create([Account(mobile=employee.mobile)], ignore_conflicts=True)
    employee.account = Account.objects.get(mobile=employee.mobile)
    organization = current_organization_id()
    if not employee._state.adding:
        others = Affiliation.objects.filter(organization=organization, employee_id=employee.pk)
        others.exclude(account=employee.account).delete()
    Affiliation.objects.bulk_create(
        [Affiliation(account=employee.account, organization_id=organization, employee_id=employee.pk)],
        update_conflicts=True,
        unique_fields=["account", "organization"],
        update_fields=["employee_id", "is_active"],
    )


def set_active(employee: Employee, *, is_active: bool) -> None:
    """Whether sign-in offers the organization to the employee's account."""
    Affiliation.objects.filter(organization=employee.organization_id, employee_id=employee.pk).update(
        is_active=is_active
    )


def sign_out_everywhere(employee: Employee, *, now: datetime) -> int:
    """End every session and token the employee has in this organization."""
    return devices.unbind(Q(organization=employee.organization_id, employee_id=employee.pk), now=now)
