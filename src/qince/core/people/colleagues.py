"""Whom one may name and look up: the address book as a colleague sees it, who need not be anybody's leader."""

from typing import Any

from django.db.models import Q

from qince.core.organizations.models import Organization
from qince.core.organizations.settings import AddressBookReach, Settings
from qince.core.people.models import Employee
from qince.core.people.queries import employees_visible_to, leaders_above
from qince.core.people.rules import MASK_EMAIL, MASK_MOBILE, MASK_NUMBER
from qince.kit.actor import Actor
from qince.kit.identifiers import masked_mobile, mobile_local
from qince.kit.tenancy import current_organization_id

ABLE = (Employee.Status.ACTIVE, Employee.Status.INVITED)


def settings_here() -> Settings:
    return Settings.of(Organization.objects.get(pk=current_organization_id()))


def colleagues(actor: Actor) -> Any:
    """People who work here now and are in the actor's sight, those who lead them, and those below the same leader; or
    everybody, where the organization's address book is open to all. Whoever is hidden or restricted stays so, and
    nobody who left is among them.
    """
    rows = Employee.objects.filter(status__in=ABLE, restricted_at__isnull=True).exclude(pk=actor.person_id)
    if settings_here().address_book_reach == AddressBookReach.EVERYBODY:
        return rows
    own = Employee.objects.filter(pk=actor.person_id).first()
    line = [each.pk for each in leaders_above(own)] if own else []
    near = Q(pk__in=employees_visible_to(actor).values("pk")) | Q(pk__in=line)
    if own and own.leader_id:
        near |= Q(leader=own.leader_id)
    return rows.filter(near)


def fields_shown(actor: Actor, employee: Employee) -> dict[str, str]:
    """What the actor's role lets them see of a colleague; a masked number may be recognized and not dialled."""
    off = settings_here().address_book_off
    clear = actor.sees_field(MASK_MOBILE)
    found = {
        "position": employee.position,
        "mobile": mobile_local(employee.mobile) if clear else masked_mobile(employee.mobile),
        "number": employee.number if actor.sees_field(MASK_NUMBER) else "",
        "email": employee.email if actor.sees_field(MASK_EMAIL) else "",
    }
    return {name: value for name, value in found.items() if value and name not in off}
