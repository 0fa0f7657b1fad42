"""People and departments to choose from in forms. Other features make collections of their own with `of_people`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from qince.core.people.colleagues import colleagues
from qince.core.people.models import Department, Employee, Membership
from qince.core.people.queries import (
    department_depths,
    department_names,
    departments_visible_to,
    employees_visible_to,
)
from qince.core.people.rules import MASK_MOBILE, MASK_NUMBER
from qince.kit.actor import Actor
from qince.kit.choosing import Collection, offer
from qince.kit.identifiers import NotAMobile, mobile_e164
from qince.kit.spelling import sounding


def of_people(name: str, rows: Callable[[Actor], Any]) -> Collection:
    """A collection of employees, found by name, by its sound, and by number or mobile where the actor sees those."""
    return offer(Collection(name, rows, _find, _named, hints=_hints))


def _find(actor: Actor, text: str) -> Q:
    found = Q(name__icontains=text) | sounding("name_key", text)
    if actor.sees_field(MASK_NUMBER):
        found |= Q(number__icontains=text)
    return found | _by_mobile(actor, text)


def _named(actor: Actor, text: str) -> Q:
    found = Q(name=text)
    if actor.sees_field(MASK_NUMBER):
        found |= Q(number__iexact=text) & ~Q(number="")
    return found | _by_mobile(actor, text)


def _by_mobile(actor: Actor, text: str) -> Q:
    """A whole mobile number: parts of one would let somebody be found digit by digit."""
    if not actor.sees_field(MASK_MOBILE):
        return Q(pk__in=[])
    try:
        return Q(mobile=mobile_e164(text))
    except NotAMobile:
        return Q(pk__in=[])


def _hints(actor: Actor, rows: Sequence[Employee]) -> Mapping[UUID, str]:
    """The main department; and the number, where two of these people have the same name."""
    keys = [row.pk for row in rows]
    main = Membership.objects.filter(employee__in=keys, is_main=True, ends_on__isnull=True)
    departments = dict(main.values_list("employee_id", "department__name"))
    names = [row.name for row in rows]
    numbered = actor.sees_field(MASK_NUMBER)

    def hint(row: Employee) -> str:
        number = row.number if numbered and names.count(row.name) > 1 else ""
        return " · ".join(filter(None, (departments.get(row.pk, ""), number)))

    return {row.pk: hint(row) for row in rows}


def of_departments(name: str, rows: Callable[[Actor], Any]) -> Collection:
    """A collection of departments, found by name, by its sound and by code; those above tell them apart."""
    return offer(
        Collection(name, rows, _find_department, _named_department, hints=_above, tree=department_depths)
    )


def _find_department(actor: Actor, text: str) -> Q:
    return Q(name__icontains=text) | sounding("name_key", text) | Q(code__icontains=text)


def _named_department(actor: Actor, text: str) -> Q:
    return Q(name=text) | (Q(code__iexact=text) & ~Q(code=""))


def _above(actor: Actor, rows: Sequence[Department]) -> Mapping[UUID, str]:
    names = department_names()
    return {row.pk: names.get(row.pk, "").rpartition("/")[0] for row in rows}


DEPARTMENTS = of_departments("departments", departments_visible_to)
PEOPLE = of_people("people", lambda actor: employees_visible_to(actor).present())
PEOPLE_AND_FORMER = of_people("people_and_former", employees_visible_to)
ACTIVE_PEOPLE = of_people(
    "active_people", lambda actor: employees_visible_to(actor).filter(status=Employee.Status.ACTIVE)
)


def _colleagues(actor: Actor) -> Any:
    return colleagues(actor) if actor.employee_id else Employee.objects.none()


COLLEAGUES = of_people("colleagues", _colleagues)
