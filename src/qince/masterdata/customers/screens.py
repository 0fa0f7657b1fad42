"""Customers on screen."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qince.core.people.queries import employees_visible_to
from qince.kit.actor import Actor
from qince.kit.resource import Column, FormPage, Permissions, Resource, RowAct, Section, filters, timeline
from qince.masterdata.customers import actions, queries, rules
from qince.masterdata.customers.forms import AssignForm, CustomerForm, SupplierForm, initial_of
from qince.masterdata.customers.importing import CUSTOMERS as IMPORT
from qince.masterdata.customers.models import Assignment, Customer

TIER_TONES = {"A": "orange", "B": "blue", "C": "grey"}


def _field_filter(name: str, label: Any) -> filters.Filter:
    """A filter over the values that a free text field holds."""

    def menu(actor: Actor, typed: str) -> list[tuple[str, Any]]:
        return [
            (value, value) for value in queries.known_values(name) if typed.casefold() in value.casefold()
        ]

    return filters.Filter(
        name=name,
        label=label,
        menu=menu,
        words=lambda actor, value: value,
        apply=lambda rows, actor, values: rows.filter(**{f"{name}__in": values}),
        is_searchable=True,
    )


def _by_rep(rows: Any, actor: Actor, keys: list[Any]) -> Any:
    held = Assignment.objects.filter(queries.CURRENT, employee__in=keys)
    return rows.filter(pk__in=held.values("customer"))


ASSIGNED = Q(pk__in=Assignment.objects.filter(queries.CURRENT).values("customer"))

NAME = Column("name", _("Name"), sort="name_key", is_link=True)
CODE = Column("code", _("Code"))
KIND = Column("kind", _("Kind"), tones={"store": "blue", "distributor": "purple"})
CHANNEL = Column("channel", _("Channel"))
TIER = Column("tier", _("Tier"), tones=TIER_TONES)
DISTRICT = Column("district", _("District"))
ADDRESS = Column("address", _("Address"), is_shown=False)
STATUS = Column("status", _("Status"), tones={"open": "green", "closed": "grey"})
REP = Column("rep", _("Rep"), computed=queries.rep_names())
SUPPLIER = Column("supplier", _("Supplying distributor"), computed=queries.supplier_names(), is_shown=False)
CONTACT = Column("contact_name", _("Contact"))
PHONE = Column(
    "contact_phone",
    _("Contact's phone"),
    text=lambda row: queries.phone_words(row.contact_phone),
    mask=rules.MASK_PHONE,
)
RADIUS = Column("radius_m", _("Fence radius, m"), is_shown=False, is_numeric=True)
LATITUDE = Column("given_lat", _("Latitude as given"), text=lambda row: row.given_lat, is_shown=False)
LONGITUDE = Column("given_lng", _("Longitude as given"), text=lambda row: row.given_lng, is_shown=False)
DATUM = Column("given_datum", _("Datum"), is_shown=False)
UPDATED = Column("updated_at", _("Last changed"), is_shown=False)

CUSTOMERS = Resource(
    namespace="customers",
    name="customer",
    model=Customer,
    title=_("Customers"),
    singular=_("customer"),
    icon="building-store",
    hint=_("Import your stores and distributors from a table, or add the first one by hand."),
    rows=queries.customers_visible_to,
    permissions=Permissions(
        view=rules.VIEW, add=rules.EDIT, edit=rules.EDIT, imports=rules.IMPORT, export=rules.EXPORT
    ),
    columns=(
        NAME, CODE, KIND, CHANNEL, TIER, DISTRICT, REP, STATUS, CONTACT, PHONE,
        ADDRESS, SUPPLIER, RADIUS, LATITUDE, LONGITUDE, DATUM, UPDATED,
    ),
    order="code",
    search=("name", "code", "address"),
    filters=(
        filters.choice("kind", _("Kind"), Customer.Kind.choices),
        _field_filter("channel", _("Channel")),
        filters.choice("tier", _("Tier"), Customer.Tier.choices),
        _field_filter("district", _("District")),
        filters.reference("rep", _("Rep"), employees_visible_to, narrow=_by_rep),
        filters.yes_no("assigned", _("Assigned"), ASSIGNED),
        filters.choice("status", _("Status"), Customer.Status.choices),
        filters.yes_no("placed", _("Has a place"), Q(lat__isnull=False)),
    ),
    group_by=("district", "channel", "tier", "kind"),
    sections=(
        Section(_("Customer"), (CODE, KIND, CHANNEL, TIER, STATUS, DISTRICT, ADDRESS, SUPPLIER)),
        Section(_("Contact"), (CONTACT, PHONE)),
    ),
    create=FormPage(CustomerForm, actions.create_customer, template="resource/place_form.html"),
    edit=FormPage(CustomerForm, actions.edit_customer, initial_of, template="resource/place_form.html"),
    acts=(
        RowAct("assign", _("Assign to a rep"), actions.assign_customer, rules.ASSIGN, icon="user-check",
               form=AssignForm),
        RowAct("supplier", _("Set the distributor"), actions.set_supplier, rules.EDIT,
               icon="building-warehouse", form=SupplierForm,
               offered=lambda row: row.kind == Customer.Kind.STORE),
        RowAct("release", _("Take from the rep"), actions.end_assignment, rules.ASSIGN, icon="user-off",
               question=_("Nobody looks after these customers then, until they are assigned again."),
               is_dangerous=True, offered=lambda row: bool(row.rep)),
    ),
    imports=IMPORT,
)  # fmt: skip

timeline.name_kinds({"customers.customer": _("Customer"), "customers.assignment": _("Assigned customer")})
timeline.name_acts(
    {
        "customers.create": _("Created"),
        "customers.edit": _("Changed"),
        "customers.assign": _("Assigned"),
        "customers.assign_one": _("Assigned"),
        "customers.end_assignment": _("Taken from the rep"),
        "customers.hand_over": _("Handed over by a leaver"),
        "customers.set_supplier": _("Distributor set"),
    }
)
