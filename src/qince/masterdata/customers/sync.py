"""The customers a phone holds: those assigned to its person."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from qince.engines.sync.registry import collection
from qince.kit.actor import Actor
from qince.masterdata.customers.actions import CONTACT
from qince.masterdata.customers.models import Assignment, Customer

FIELDS = ("id", "code", "name", "kind", "channel", "tier", "address", "lat", "lng", "radius_m")


def _versions(actor: Actor, now: datetime) -> dict[str, Any]:
    mine = Assignment.objects.filter(
        employee=actor.employee_id, ends_on__isnull=True, customer__status="open"
    )
    return {str(key): version for key, version in mine.values_list("customer_id", "customer__version")}


def _load(actor: Actor, keys: list[str], now: datetime) -> Iterable[dict[str, Any]]:
    for row in Customer.objects.filter(pk__in=keys).values(*FIELDS, *CONTACT):
        if not actor.sees_field("customers.customer.contact_phone"):
            row["contact_phone"] = ""
        yield row


collection("customers", versions=_versions, load=_load)
