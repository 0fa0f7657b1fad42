"""Contact persons of customers: found by their number, whoever entered it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qince.core.erasure.leads import contact_keys
from qince.core.erasure.subjects import of_contact
from qince.core.rights.registry import Found
from qince.masterdata.customers.models import Customer


def rows_with_mobile(mobile: str) -> list[Found]:
    """Customers whose contact has the number, in whichever way it was written."""
    keys = contact_keys(Customer, of_contact(mobile=mobile))
    rows = Customer.objects.filter(pk__in=keys).order_by("name")
    return [
        Found(_("Customer"), row.name, reverse("customers:customer_detail", args=[row.pk]), row.contact_name)
        for row in rows
    ]
