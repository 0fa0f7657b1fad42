"""Reads of the logs."""

from typing import Any

from django.db.models import OuterRef, Subquery

from qince.core.people.models import Employee
from qince.core.watch.models import Access, Reading
from qince.core.watch.rules import VIEW_ACCESS, VIEW_READS
from qince.kit.actor import Actor


def access_visible_to(actor: Actor) -> Any:
    return actor.scope(VIEW_ACCESS).filter(Access.objects.all(), "employee_id")


def reads_visible_to(actor: Actor) -> Any:
    """Looks at people in the actor's reach."""
    return actor.scope(VIEW_READS).filter(Reading.objects.all(), "employee_id")


def name_of(column: str) -> Subquery:
    """The name of the employee whose id stands in `column`; nothing once the person is gone."""
    return Subquery(Employee.objects.filter(pk=OuterRef(column)).values("name")[:1])
