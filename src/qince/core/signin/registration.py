"""A new organization, opened by its administrator or legal representative. Persons cannot register alone."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from qince.core.access.models import Grant, Role
from qince.core.access.queries import actor_for
from qince.core.access.registry import ADMINISTRATOR, BUILT_IN_ROLES
from qince.core.accounts.models import Account
from qince.core.organizations.models import Organization
from qince.core.people.models import Affiliation, Employee
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant

TERMS_VERSION = "2026-11"


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What the opener states. `mobile` (E.164) has been proven by a code before."""

    name: str
    kind: str
    opened_by: str
    administrator: str
    mobile: str
    terms_accepted: bool


def register_organization(application: Application, *, locale: str, now: datetime) -> Employee:
    """Create the organization, its built-in roles and its first administrator, on record as the opener."""
    _check(application)
    with transaction.atomic():
        organization = Organization.objects.create(
            name=application.name.strip(),
            kind=application.kind,
            opened_by=application.opened_by,
            terms_accepted_at=now,
            terms_version=TERMS_VERSION,
        )
        account, _created = Account.objects.get_or_create(mobile=application.mobile)
        with tenant(organization):
            employee = _first_administrator(organization, account, application.administrator.strip())
            _open(actor_for(employee, client="console", locale=locale), organization=organization)
    return employee


def _check(application: Application) -> None:
    required = {
        "name": application.name,
        "administrator": application.administrator,
        "opened_by": application.opened_by,
    }
    if missing := {field: _("Required.") for field, value in required.items() if not value.strip()}:
        raise Refusal("details_missing", _("Some details are missing."), fields=dict(missing))
    if not application.terms_accepted:
        raise Refusal(
            "terms_required",
            _("The organization has to accept the data-processing terms."),
            field="terms_accepted",
        )


def _first_administrator(organization: Organization, account: Account, name: str) -> Employee:
    roles = Role.objects.bulk_create(Role(key=key, name=str(label)) for key, label in BUILT_IN_ROLES.items())
    employee: Employee = Employee.objects.create(
        account=account, name=name, mobile=account.mobile, status=Employee.Status.ACTIVE
    )
    Affiliation.objects.create(account=account, organization=organization, employee_id=employee.pk)
    administrator = next(role for role in roles if role.key == ADMINISTRATOR)
    Grant.objects.create(employee=employee, role=administrator, reach=Grant.Reach.ORGANIZATION)
    return employee


@action("organizations.register", permission=None)
def _open(actor: Actor, *, organization: Organization) -> None:
    """Put on record who opened the organization, in which capacity, and which terms were accepted."""
    note(
        organization,
        kind=organization.kind,
        opened_by=organization.opened_by,
        terms=organization.terms_version,
    )
