"""Whom a flow may name."""

from typing import Any

from qince.core.people.choices import of_departments, of_people
from qince.core.people.colleagues import ABLE
from qince.core.people.models import Department, Employee
from qince.engines.approvals.rules import DESIGN
from qince.kit.actor import Actor


def _deciders(actor: Actor) -> Any:
    """Everybody who works here: a flow is the organization's, whoever draws it. Nobody whose data is restricted."""
    if not actor.may(DESIGN):
        return Employee.objects.none()
    return Employee.objects.filter(status__in=ABLE, restricted_at__isnull=True)


DECIDERS = of_people("flow_people", _deciders)


def _departments(actor: Actor) -> Any:
    """Whoever draws flows says for which departments, whether or not they open the address book."""
    return Department.objects.all() if actor.may(DESIGN) else Department.objects.none()


FLOW_DEPARTMENTS = of_departments("flow_departments", _departments)
