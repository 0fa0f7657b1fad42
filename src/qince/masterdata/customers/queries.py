"""Reads of customers; each starts from what the actor may see."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from qince.core.people.models import Employee
from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.kit.identifiers import mobile_local
from qince.masterdata.customers.models import Assignment, Customer, SupplyLink
from qince.masterdata.customers.rules import ASSIGN, VIEW

CURRENT = Q(ends_on__isnull=True)
# Whose name may stand beside a customer: not of whom only storage and security may make use (C6.2-12).
NAMED = Q(employee__restricted_at__isnull=True)


def customers_within(actor: Actor, permission: str) -> Any:
    """Everyone's, or those assigned now to somebody whom `permission` reaches."""
    scope = actor.scope(permission)
    if scope.everyone:
        return Customer.objects.all()
    assigned = Assignment.objects.filter(CURRENT, customer=OuterRef("pk"), employee__in=scope.employee_ids)
    return Customer.objects.filter(Exists(assigned))


def customers_visible_to(actor: Actor) -> Any:
    return customers_within(actor, VIEW)


def get_customer(actor: Actor, customer_id: UUID) -> Customer:
    found: Customer | None = customers_visible_to(actor).filter(pk=customer_id).first()
    if found is None:
        raise NotFound
    return found


def served_by(employee_id: UUID | None, *, since: date) -> Any:
    """Customers assigned to the employee now, or until `since` or later: what a phone may still hold."""
    held = Assignment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=since), employee=employee_id)
    return Customer.objects.filter(Exists(held.filter(customer=OuterRef("pk"))))


def with_people(rows: Any) -> Any:
    """`rows` with who looks after each now (`.current`) and who supplies it (`.supply`)."""
    current = Assignment.objects.filter(CURRENT, NAMED).select_related("employee").order_by("starts_on", "id")
    supply = SupplyLink.objects.filter(CURRENT).select_related("distributor").order_by("id")
    return rows.prefetch_related(
        Prefetch("assignments", queryset=current, to_attr="current"),
        Prefetch("supplied_by", queryset=supply, to_attr="supply"),
    )


def rep_names() -> ArraySubquery:
    """For lists: the names of those who look after each customer now."""
    current = Assignment.objects.filter(CURRENT, NAMED, customer=OuterRef("pk")).order_by("starts_on", "id")
    return ArraySubquery(current.values("employee__name"))


def supplier_names() -> ArraySubquery:
    """For lists: the names of those who supply each store now."""
    current = SupplyLink.objects.filter(CURRENT, store=OuterRef("pk")).order_by("id")
    return ArraySubquery(current.values("distributor__name"))


def supply_of(customer: Customer) -> Any:
    """Who supplies it now."""
    return customer.supplied_by.filter(CURRENT).select_related("distributor").order_by("id")


def assignment_history(customer: Customer) -> Any:
    """Who looked after it and when, the latest first."""
    return customer.assignments.filter(NAMED).select_related("employee").order_by("-starts_on", "-id")


def assignees(actor: Actor) -> Any:
    """Employees to whom the actor may assign customers: present, and within reach."""
    rows = Employee.objects.present().order_by("number", "name_key")
    return actor.scope(ASSIGN).filter(rows, "pk")


def distributors_visible_to(actor: Actor) -> Any:
    """Distributors that may be named as suppliers. They are few and serve many reps, so all are offered."""
    return Customer.objects.filter(kind=Customer.Kind.DISTRIBUTOR, status=Customer.Status.OPEN)


def known_values(field: str) -> list[str]:
    """Values of a free field in use, the commonest first: what forms and filters suggest."""
    rows = Customer.objects.exclude(**{field: ""}).values(field).annotate(n=Count("pk")).order_by("-n", field)
    return list(rows.values_list(field, flat=True)[:100])


def loads(customers: Any) -> Counter[UUID]:
    """Number of the given customers by the employee who looks after them now."""
    rows = Assignment.objects.filter(CURRENT, NAMED, customer__in=customers)
    return Counter(rows.values_list("employee_id", flat=True))


def customers_matching(actor: Actor, text: str) -> Iterable[Customer]:
    """For the palette: by name, code or address."""
    wanted = Q(name__icontains=text) | Q(code__istartswith=text) | Q(address__icontains=text)
    return customers_visible_to(actor).filter(wanted).order_by("name_key")[:5]


def phone_words(text: str) -> str:
    """A phone number as people here write it; what is no mobile stays as it was given."""
    return mobile_local(text) if text.startswith("+") else text
