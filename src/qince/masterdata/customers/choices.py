"""Customers, suppliers and reps to choose from in forms."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from qince.core.people.choices import of_people
from qince.kit.actor import Actor
from qince.kit.choosing import Collection, offer
from qince.masterdata.customers import queries
from qince.masterdata.customers.models import Customer
from qince.masterdata.customers.rules import EDIT


def of_customers(name: str, rows: Callable[[Actor], Any]) -> Collection:
    """A collection of customers, found by name or code and told apart by code and district."""
    return offer(Collection(name, rows, _find, _named, order=("code", "pk"), hints=_hints))


def _find(actor: Actor, text: str) -> Q:
    return Q(name__icontains=text) | Q(code__icontains=text)


def _named(actor: Actor, text: str) -> Q:
    return Q(code__iexact=text) | Q(name=text)


def _hints(actor: Actor, rows: Sequence[Customer]) -> Mapping[UUID, str]:
    return {row.pk: " · ".join(filter(None, (row.code, row.district))) for row in rows}


CUSTOMERS = of_customers("customers", queries.customers_visible_to)


def _suppliers(actor: Actor) -> Any:
    return queries.distributors_visible_to(actor) if actor.may(EDIT) else Customer.objects.none()


SUPPLIERS = of_customers("suppliers", _suppliers)
ASSIGNEES = of_people("customer_assignees", queries.assignees)
