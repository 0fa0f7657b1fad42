"""Stores are businesses; their contact is a person, who is not a member and has the same rights.

A customer's own place is not the whereabouts of the employee who visits it (C2.2.1-04): that is declared with
the visit.
"""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import Kind, NotPersonal, Personal, contact, declare, function

function(
    "customers.contacts",
    _("Contact persons at customers, and who looks after whom"),
    family=Family.SALES,
    purposes=("basic",),
    scope=_("Name and telephone of the contact person; which employee looks after which customer."),
    why=_("So that whoever visits knows whom to ask for."),
    method=_("Entered or imported by your organization, which must have that person's consent."),
    if_refused=_("The entry stays empty; the customer can be visited all the same."),
)

_CONTACT = Personal(
    _("Contact persons at customers: name, telephone"),
    Kind.BASIC,
    ("basic",),
    "self",
    source="organization",
    retention="contact+2y",
    on_erase="null",
    clauses=("C2.2.5-07", "C1.2-10"),
)
_ASSIGNMENT = Personal(
    _("Which customers you look after"),
    Kind.BASIC,
    ("basic",),
    "employee",
    source="organization",
    clauses=("C2.3.3-04",),
)
_BUSINESS = NotPersonal("about the customer as a business")

declare("customers.Customer", "contact_name contact_phone", _CONTACT)
contact(
    "customers.Customer",
    name="contact_name",
    mobile="contact_phone",
    ended={"status": "closed"},
    ended_at="updated_at",
    is_used=True,
)
declare(
    "customers.Customer",
    "id organization code name name_key kind channel tier status district address lat lng given_lat given_lng "
    "given_datum radius_m version created_at updated_at",
    _BUSINESS,
)
declare("customers.SupplyLink", "id organization store distributor starts_on ends_on", _BUSINESS)
declare("customers.Assignment", "customer employee starts_on ends_on", _ASSIGNMENT)
declare("customers.Assignment", "id organization", NotPersonal("technical key"))
