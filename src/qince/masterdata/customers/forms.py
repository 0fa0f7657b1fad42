"""Forms of customers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.kit.attestation import AttestationField
from qince.kit.choosing import OneOf
from qince.kit.geo import Datum
from qince.kit.resource import ActorForm
from qince.masterdata.customers import queries
from qince.masterdata.customers.actions import KNOWS, MAX_RADIUS, MIN_RADIUS
from qince.masterdata.customers.choices import ASSIGNEES, SUPPLIERS
from qince.masterdata.customers.models import Customer
from qince.masterdata.customers.rules import MASK_PHONE

DATUMS = [
    (Datum.GCJ02.value, _("GCJ-02 (AMap, Tencent)")),
    (Datum.BD09.value, _("BD-09 (Baidu)")),
    (Datum.WGS84.value, _("WGS-84 (GPS)")),
]


class Suggesting(forms.TextInput):
    """A text field that offers the values in use, without forbidding new ones."""

    template_name = "customers/suggesting.html"

    def __init__(self, field: str) -> None:
        super().__init__(attrs={"list": f"known-{field}", "autocomplete": "off"})
        self.field = field

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return super().get_context(name, value, attrs) | {"known": queries.known_values(self.field)}


class CustomerForm(ActorForm):
    """Create and edit. The place may be filled in from a map's coordinates in any of three datums."""

    masks = {"contact_phone": MASK_PHONE}

    code = forms.CharField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), choices=Customer.Kind.choices)
    status = forms.ChoiceField(label=_("Status"), choices=Customer.Status.choices)
    channel = forms.CharField(label=_("Channel"), max_length=40, required=False, widget=Suggesting("channel"))
    tier = forms.ChoiceField(label=_("Tier"), choices=[("", "—"), *Customer.Tier.choices], required=False)
    district = forms.CharField(
        label=_("District"), max_length=40, required=False, widget=Suggesting("district")
    )
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    given_lat = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90, required=False)
    given_lng = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180, required=False)
    given_datum = forms.ChoiceField(
        label=_("Datum"),
        choices=DATUMS,
        initial=Datum.GCJ02.value,
        help_text=_(
            "Where the two numbers come from. Maps in China are off by hundreds of metres otherwise."
        ),
    )
    radius_m = forms.IntegerField(
        label=_("Fence radius, m"), min_value=MIN_RADIUS, max_value=MAX_RADIUS, initial=200
    )
    supplier: Any = OneOf(SUPPLIERS, label=_("Supplying distributor"), required=False)
    employee: Any = OneOf(ASSIGNEES, label=_("Rep"), required=False)
    contact_name = forms.CharField(
        label=_("Contact"),
        max_length=60,
        required=False,
    )
    contact_phone = forms.CharField(label=_("Contact's phone"), max_length=30, required=False)
    attested = AttestationField(KNOWS)

    def arrange(self) -> None:
        if self.row is not None or not self.actor.may("customers.assign"):
            # later on, assigning is an act of its own, with a history
            del self.fields["employee"]


def initial_of(customer: Customer) -> dict[str, Any]:
    """What the edit form starts from."""
    values = {name: getattr(customer, name, None) for name in CustomerForm.base_fields}
    link = customer.supplied_by.filter(queries.CURRENT).first()
    return values | {"supplier": link.distributor_id if link else None}


class AssignForm(ActorForm):
    employee: Any = OneOf(
        ASSIGNEES,
        label=_("Rep"),
        help_text=_("From today on. Whoever has these customers now has them no longer."),
    )


class TerritoryForm(ActorForm):
    """To whom the customers chosen on the map go."""

    employee: Any = OneOf(ASSIGNEES, label=_("Rep"), empty_label=_("Give to…"))


class SupplierForm(ActorForm):
    distributor: Any = OneOf(
        SUPPLIERS, label=_("Supplying distributor"), required=False, empty_label=_("None")
    )
