"""What check-ins of one push need to know, read in one statement: phones ask this all day long."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from qince.kit.tenancy import current_organization_id
from qince.masterdata.customers.models import Customer
from qince.sales.visits.models import VisitTemplate

_KNOWN = """
    SELECT
      (SELECT coalesce(json_agg(json_build_array(c.id, c.name, c.lat, c.lng, c.radius_m)), '[]')
         FROM customers_customer c
        WHERE c.organization_id = %(org)s AND c.id = ANY (%(customers)s)
          AND EXISTS (SELECT FROM customers_assignment a
                       WHERE a.organization_id = %(org)s AND a.customer_id = c.id AND a.employee_id = %(employee)s
                         AND (a.ends_on IS NULL OR a.ends_on >= %(since)s))),
      (SELECT coalesce(json_agg(json_build_array(t.id, t.version, t.steps)), '[]')
         FROM visits_visittemplate t
        WHERE t.organization_id = %(org)s AND t.id = ANY (%(templates)s) AND t.is_active),
      (SELECT coalesce(json_agg(json_build_array(p.id, p.customer_id, p."on")), '[]')
         FROM routes_plannedvisit p
        WHERE p.organization_id = %(org)s AND p.employee_id = %(employee)s AND p."on" >= %(since)s
          AND p.customer_id = ANY (%(customers)s)),
      EXISTS (SELECT FROM visits_visit v
               WHERE v.organization_id = %(org)s AND v.employee_id = %(employee)s AND v.state = 'open')
"""


@dataclass(frozen=True, slots=True)
class Plan:
    id: UUID
    customer_id: UUID
    on: date


@dataclass(frozen=True, slots=True)
class Known:
    """Customers the person serves (or served on `since` or later), templates in use, plans, open visits.

    Customers carry id, name, place and radius only.
    """

    customers: dict[UUID, Customer]
    templates: dict[UUID, VisitTemplate]
    plans: list[Plan]
    has_open_visit: bool


def known(
    employee_id: UUID, *, customers: Collection[UUID], templates: Collection[UUID], since: date
) -> Known:
    with connection.cursor() as cursor:
        cursor.execute(
            _KNOWN,
            {
                "org": current_organization_id(),
                "employee": employee_id,
                "customers": list(customers),
                "templates": list(templates),
                "since": since,
            },
        )
        found_customers, found_templates, plans, is_open = cursor.fetchone()
    return Known(
        {UUID(key): _customer(UUID(key), *rest) for key, *rest in found_customers},
        {
            UUID(key): VisitTemplate(id=UUID(key), version=version, steps=steps)
            for key, version, steps in found_templates
        },
        [Plan(UUID(key), UUID(customer), date.fromisoformat(on)) for key, customer, on in plans],
        is_open,
    )


def _template(key: UUID, version: int, steps: list[dict[str, Any]]) -> VisitTemplate:
    return VisitTemplate(id=key, version=version, steps=steps)


def _customer(key: UUID, name: str, lat: float | None, lng: float | None, radius_m: int) -> Customer:
    return Customer(id=key, name=name, lat=lat, lng=lng, radius_m=radius_m)
