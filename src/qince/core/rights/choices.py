"""Whose data a request may be about."""

from typing import Any

from qince.core.people.choices import of_people
from qince.core.people.models import Employee
from qince.core.rights.rules import HANDLE
from qince.kit.actor import Actor


def _subjects(actor: Actor) -> Any:
    """People of the address book; those who left, who never signed in or whose data is restricted have rights too."""
    return Employee.objects.all() if actor.may(HANDLE) else Employee.objects.none()


SUBJECTS = of_people("rights_subjects", _subjects)
