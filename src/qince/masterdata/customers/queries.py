"""Reads of customers; each starts from what the actor may see."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.masterdata.customers.models import Assignment, Customer
from qince.masterdata.customers.rules import VIEW


def customers_visible_to(actor: Actor) -> Any:
    """Everyone's, or those assigned now to somebody within the actor's scope."""
    scope = actor.scope(VIEW)
    if scope.everyone:
        return Customer.objects.all()
    assigned = Assignment.objects.filter(
        customer=OuterRef("pk"), ends_on__isnull=True, employee__in=scope.employee_ids
    )
    return Customer.objects.filter(Exists(assigned))


def get_customer(actor: Actor, customer_id: UUID) -> Customer:
    found: Customer | None = customers_visible_to(actor).filter(pk=customer_id).first()
    if found is None:
        raise NotFound
    return found


def served_by(employee_id: UUID | None, *, since: date) -> Any:
    """Customers assigned to the employee now, or until `since` or later: what an offline phone may still hold."""
    held = Assignment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=since), employee=employee_id)
    return Customer.objects.filter(Exists(held.filter(customer=OuterRef("pk"))))
