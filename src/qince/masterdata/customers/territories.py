"""Territories: who has which customers, for the map on which they are shared out."""

from dataclasses import dataclass
from itertools import cycle
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from qince.core.people.models import Employee
from qince.kit.actor import Actor
from qince.masterdata.customers import queries
from qince.masterdata.customers.models import Customer
from qince.masterdata.customers.rules import ASSIGN

# Neighbours in the list differ; grey is left for what nobody has.
TONES = ("blue", "orange", "green", "purple", "red", "teal", "yellow", "pink", "indigo")


@dataclass(frozen=True, slots=True)
class Share:
    """One rep's part: the number of customers, and the colour on the map."""

    employee: Employee
    count: int
    tone: str

    @property
    def key(self) -> str:
        return str(self.employee.pk)


def shares(actor: Actor) -> list[Share]:
    """Those who have customers, in the order of their numbers, so that a rep's colour stays the same."""
    loads = queries.loads(_open(actor))
    reps = Employee.objects.filter(pk__in=loads).order_by("number", "name_key")
    return [Share(rep, loads[rep.pk], tone) for rep, tone in zip(reps, cycle(TONES), strict=False)]


def places(actor: Actor) -> list[dict[str, Any]]:
    """One short record per customer, those without coordinates too: they are assigned from the list."""
    rows = queries.with_people(_open(actor)).order_by("district", "code")
    return [_place(customer) for customer in rows]


def _open(actor: Actor) -> Any:
    return queries.customers_within(actor, ASSIGN).filter(status=Customer.Status.OPEN)


def _place(customer: Customer) -> dict[str, Any]:
    held = customer.current  # type: ignore[attr-defined]
    return {
        "id": str(customer.pk),
        "code": customer.code,
        "label": customer.name,
        "lat": customer.lat,
        "lng": customer.lng,
        "rep": str(held[0].employee_id) if held else "",
        "district": customer.district,
        "channel": customer.channel,
        "tier": customer.tier,
        "url": reverse("customers:customer_detail", args=[customer.pk]),
    }


def words() -> dict[str, str]:
    """What the page's script says."""
    return {
        "unassigned": _("Unassigned"),
        "chosen": _("{n} chosen"),
        "shown": _("{n} customers"),
        "more": _("{n} more; narrow the list to see them."),
        "none": _("No customer matches."),
        "rep": _("Rep"),
        "tier": _("Tier"),
        "channel": _("Channel"),
        "no_place": _("No place"),
        "choose_rep": _("Choose a rep first."),
    }
