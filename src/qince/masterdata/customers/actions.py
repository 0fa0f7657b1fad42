"""Writes of customers: the record itself, who looks after it, and who supplies it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qince.core.erasure.restricting import require_usable
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.kit import clock
from qince.kit.action import action, note, several
from qince.kit.actor import Actor
from qince.kit.attestation import attest
from qince.kit.errors import NotFound, Refusal
from qince.kit.events import publish
from qince.masterdata.customers.events import AssignmentsEnded
from qince.masterdata.customers.models import Assignment, Customer, SupplyLink
from qince.masterdata.customers.places import GIVEN, place_columns
from qince.masterdata.customers.queries import CURRENT, customers_within
from qince.masterdata.customers.rules import ASSIGN, EDIT

DETAILS = (
    "code",
    "name",
    "kind",
    "channel",
    "tier",
    "status",
    "district",
    "address",
    "radius_m",
    "contact_name",
    "contact_phone",
)
CONTACT = ("contact_name", "contact_phone")
KNOWS = gettext_lazy(
    "The contact person knows that their name and telephone number are given to us, and has agreed to it."
)
MAX_RADIUS = 5000  # metres; a larger fence would prove nothing
MIN_RADIUS = 20


# --- The record -----------------------------------------------------------------------------------


@action("customers.create", permission=EDIT)
def create_customer(
    actor: Actor,
    *,
    now: datetime,
    employee: Employee | None = None,
    supplier: Customer | None = None,
    attested: bool = False,
    **fields: Any,
) -> Customer:
    """Add a customer, given to `employee`. Who sees not everybody's keeps it, unless another is named."""
    found = Customer(**_details(fields), **_place(fields))
    check(found)
    agreed = _agreed(found, CONTACT, attested=attested)
    found.save()
    note(found, code=found.code, kind=found.kind, **agreed)
    today = today_of(actor, now)
    everyone = actor.scope(EDIT).everyone
    keeper = employee or (None if everyone else Employee.objects.filter(pk__in=[actor.employee_id]).first())
    if keeper:
        assign([found], keeper, on=today)
    if supplier:
        _supply(found, supplier, on=today)
    return found


@action("customers.edit")
def edit_customer(
    actor: Actor, customer: Customer, *, now: datetime, attested: bool = False, **fields: Any
) -> Customer:
    """Change what is given. Every change moves `version`, so that phones fetch it."""
    found = _locked(actor, customer)
    supplier = fields.pop("supplier", found)
    changes: dict[str, Any] = apply(found, fields)
    if changes:
        check(found)
        changes |= _agreed(found, changes, attested=attested)
        found.version = F("version") + 1
        found.save()
        found.refresh_from_db(fields=["version"])
    note(found, **changes)
    if supplier is not found:
        _supply(found, supplier, on=today_of(actor, now))
    return found


def _agreed(customer: Customer, given: Iterable[str], *, attested: bool) -> dict[str, str]:
    """A contact person who is named, or whose number is, has to know and agree; taking one out needs nothing."""
    named = any(getattr(customer, name) for name in CONTACT if name in given)
    if not named:
        return {}
    require_usable(name=customer.contact_name, mobile=customer.contact_phone)
    return attest(KNOWS, attested=attested)


def apply(customer: Customer, fields: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set what `fields` says on the object, the place converted, and return what is different: (old, new)."""
    wanted = _details(fields)
    if any(name in fields for name in GIVEN):
        wanted |= _place({name: getattr(customer, name) for name in GIVEN} | fields)
    changes = {
        name: (getattr(customer, name), value)
        for name, value in wanted.items()
        if getattr(customer, name) != value
    }
    for name, (_old, new) in changes.items():
        setattr(customer, name, new)
    return changes


def _details(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.strip() if isinstance(value, str) else value
        for name, value in fields.items()
        if name in DETAILS and value is not None
    }


def _place(fields: dict[str, Any]) -> dict[str, Any]:
    lat, lng, datum = (fields.get(name) for name in GIVEN)
    return place_columns(lat, lng, datum or "WGS84")


def check(customer: Customer) -> None:
    """Refuse a record that breaks the model's rules, uniqueness included, each fault at its field."""
    check_fields(customer)
    try:
        customer.validate_constraints()
    except ValidationError as error:  # the only constraint that a form can break is the code's
        raise Refusal("code_taken", error.messages[0], field="code") from error


def check_fields(customer: Customer) -> None:
    """Refuse values that the fields cannot hold. No query."""
    if not MIN_RADIUS <= customer.radius_m <= MAX_RADIUS:
        text = _("A fence has a radius from %(low)d to %(high)d metres.")
        raise Refusal("radius", text % {"low": MIN_RADIUS, "high": MAX_RADIUS}, field="radius_m")
    try:
        customer.clean_fields(exclude=["organization"])
    except ValidationError as error:
        faults = {name: texts[0] for name, texts in error.message_dict.items()}
        raise Refusal("invalid_customer", next(iter(faults.values())), fields=dict(faults)) from error


def _locked(actor: Actor, customer: Customer, permission: str = EDIT) -> Customer:
    """The customer as it is now, if the permission reaches it."""
    rows = customers_within(actor, permission).select_for_update(of=("self",))
    found: Customer | None = rows.filter(pk=customer.pk).first()
    if found is None:
        raise NotFound
    return found


def today_of(actor: Actor, now: datetime) -> date:
    """The calendar date in the organization's own time zone."""
    return clock.local_date(now, Organization.objects.get(pk=actor.organization_id).time_zone)


# --- Who looks after it ---------------------------------------------------------------------------


@action("customers.assign")
def assign_customers(
    actor: Actor, *, customers: Sequence[UUID], employee: Employee, now: datetime
) -> list[Customer]:
    """Give customers to an employee from today on; whoever had them before has them no longer.

    Returns those that really moved. Customers beyond the actor's reach count as absent.
    """
    _reaches(actor, employee)
    wanted = set(customers)
    found = list(customers_within(actor, ASSIGN).filter(pk__in=wanted).select_for_update(of=("self",)))
    if len(found) < len(wanted):
        raise NotFound(_("Some of these customers do not exist, or you may not see them."))
    moved = assign(found, employee, on=today_of(actor, now))
    for customer in moved:
        note(customer, assigned_to=employee.name)
    return moved


@action("customers.assign_one", permission=ASSIGN)
def assign_customer(actor: Actor, customer: Customer, *, employee: Employee, now: datetime) -> None:
    """The same for one row of a bulk act."""
    _reaches(actor, employee)
    assign([_locked(actor, customer, ASSIGN)], employee, on=today_of(actor, now))
    note(customer, assigned_to=employee.name)


@action("customers.end_assignment", permission=ASSIGN)
def end_assignment(actor: Actor, customer: Customer, *, now: datetime) -> None:
    """Take a customer from whoever looks after it; nobody follows."""
    found = _locked(actor, customer, ASSIGN)
    held = list(Assignment.objects.filter(CURRENT, customer=found).select_related("employee"))
    if not held:
        raise Refusal("not_assigned", _("Nobody looks after this customer."))
    end_all(held, on=today_of(actor, now))
    note(found, unassigned_from=several(row.employee.name for row in held))


def _reaches(actor: Actor, employee: Employee) -> None:
    if not actor.scope(ASSIGN).covers(employee.pk):
        raise NotFound
    if employee.status == Employee.Status.LEFT:
        text = _("%(name)s has left the company.") % {"name": employee.name}
        raise Refusal("employee_left", text, field="employee")


def assign(customers: Iterable[Customer], employee: Employee, *, on: date) -> list[Customer]:
    """End the current assignments of `customers` and begin the employee's. Call inside an action."""
    by_id = {customer.pk: customer for customer in customers}
    held = list(Assignment.objects.filter(CURRENT, customer__in=by_id))
    keeps = {row.customer_id for row in held if row.employee_id == employee.pk}
    end_all([row for row in held if row.employee_id != employee.pk], on=on)
    moved = [customer for key, customer in by_id.items() if key not in keeps]
    Assignment.objects.bulk_create(
        Assignment(customer=customer, employee=employee, starts_on=on) for customer in moved
    )
    return moved


def end_all(rows: Sequence[Assignment], *, on: date) -> None:
    """Close dated rows. Those of today have an empty span: they stay as history, and never counted a day."""
    Assignment.objects.filter(pk__in=[row.pk for row in rows]).update(ends_on=on)
    taken: dict[UUID, set[UUID]] = {}
    for row in rows:
        taken.setdefault(row.employee_id, set()).add(row.customer_id)
    for employee_id, customer_ids in taken.items():
        publish(AssignmentsEnded(employee_id, frozenset(customer_ids), on))


# --- Who supplies it ------------------------------------------------------------------------------


@action("customers.set_supplier", permission=EDIT)
def set_supplier(actor: Actor, customer: Customer, *, distributor: Customer | None, now: datetime) -> None:
    """Say which distributor supplies a store from today on; None ends it."""
    _supply(_locked(actor, customer), distributor, on=today_of(actor, now))


def _supply(store: Customer, distributor: Customer | None, *, on: date) -> None:
    if distributor and not may_supply(distributor, store):
        text = _("Only a distributor supplies, and only stores.")
        raise Refusal("not_a_distributor", text, field="supplier")
    current = list(SupplyLink.objects.filter(CURRENT, store=store).select_related("distributor"))
    if distributor and [row.distributor_id for row in current] == [distributor.pk]:
        return
    SupplyLink.objects.filter(pk__in=[row.pk for row in current]).update(ends_on=on)
    if distributor:
        SupplyLink.objects.create(store=store, distributor=distributor, starts_on=on)
    before = ", ".join(row.distributor.name for row in current)
    if before or distributor:
        note(store, supplier=(before, distributor.name if distributor else ""))


def may_supply(distributor: Customer, store: Customer) -> bool:
    return distributor.kind == Customer.Kind.DISTRIBUTOR and store.kind == Customer.Kind.STORE
