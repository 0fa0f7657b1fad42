"""Departments and work places to choose from in forms of attendance."""

from typing import Any

from django.db.models import Q

from qince.core.people.choices import of_departments
from qince.core.people.models import Department
from qince.employee.attendance.models import WorkPlace
from qince.employee.attendance.rules import EDIT_RULES
from qince.kit.actor import Actor
from qince.kit.choosing import Collection, offer


def _departments(actor: Actor) -> Any:
    """Whoever sets groups says which departments belong to them, whether or not they open the address book."""
    return Department.objects.all() if actor.may(EDIT_RULES) else Department.objects.none()


def _places(actor: Actor) -> Any:
    return WorkPlace.objects.filter(is_active=True) if actor.may(EDIT_RULES) else WorkPlace.objects.none()


GROUP_DEPARTMENTS = of_departments("group_departments", _departments)
WORK_PLACES = offer(
    Collection(
        "work_places",
        _places,
        lambda actor, text: Q(name__icontains=text) | Q(address__icontains=text),
        lambda actor, text: Q(name=text),
        order=("name", "pk"),
        hints=lambda actor, rows: {row.pk: row.address for row in rows},
    )
)
