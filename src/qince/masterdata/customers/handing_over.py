"""Somebody left: their customers go to whoever takes over."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from qince.core.people.models import Employee
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.masterdata.customers.actions import end_all, today_of
from qince.masterdata.customers.models import Assignment
from qince.masterdata.customers.queries import CURRENT
from qince.masterdata.customers.rules import ASSIGN


@action("customers.hand_over", permission=ASSIGN)
def hand_over(actor: Actor, *, employee_id: UUID, successor_id: UUID | None, now: datetime) -> int:
    """Give the leaver's customers to the successor from today on; without one nobody follows. How many they were.

    A colleague who looks after one of them, too, keeps it beside the successor.
    """
    rows = Assignment.objects.filter(CURRENT, employee=employee_id)
    held = list(rows.select_for_update(of=("self",)).select_related("customer", "employee"))
    today = today_of(actor, now)
    end_all(held, on=today)
    heir = Employee.objects.present().filter(pk=successor_id).first() if successor_id else None
    if heir is not None:
        Assignment.objects.bulk_create(
            Assignment(customer_id=key, employee=heir, starts_on=today) for key in _new_to(heir, held)
        )
    for row in held:
        told = {"assigned_to": heir.name} if heir else {}
        note(row.customer, unassigned_from=row.employee.name, **told)
    return len(held)


def _new_to(heir: Employee, held: Sequence[Assignment]) -> list[UUID]:
    """Those of the customers that the heir does not look after already."""
    wanted = [row.customer_id for row in held]
    has = Assignment.objects.filter(CURRENT, employee=heir, customer__in=wanted)
    kept = set(has.values_list("customer_id", flat=True))
    return [key for key in wanted if key not in kept]
