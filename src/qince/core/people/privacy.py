"""What the address book keeps of people. The organization enters it; name and mobile number are the necessary
part.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function

function(
    "people.address_book",
    _("Address book and reporting lines"),
    family=Family.EMPLOYEE,
    purposes=("basic",),
    scope=_("Name, mobile number, position, number, e-mail, departments and managers."),
    why=_("So that colleagues and tasks find each other, and each manager sees the own team only."),
    method=_("Entered or imported by your organization; seen by colleagues as their role allows."),
    if_refused=_("Without name and mobile number there is no account. The other entries can stay empty."),
    setting="address_book_off",
)

_NAME = Personal(
    _("Name and mobile number"),
    Kind.BASIC,
    ("basic",),
    "self",
    source="organization",
    on_erase="pseudonym",
    clauses=("C2.1.1-03",),
)
_REACH = replace(_NAME, on_erase="null")
_EMPLOYMENT = Personal(
    _("Employment: number, position, reporting line, date"),
    Kind.ADDITIONAL,
    ("basic",),
    "self",
    source="organization",
    on_erase="null",
    clauses=("C2.1.1-09", "C2.1.1-10"),
)
_STATE = Personal(
    _("Whether you are active in the organization, and since when"),
    Kind.BASIC,
    ("basic",),
    "self",
    source="organization",
    on_erase="keep",  # of a person without a name, this says nothing; reports of then stay right
    clauses=("C2.1.2-02",),
)
_EXTRA = Personal(
    _("E-mail address"),
    Kind.ADDITIONAL,
    ("basic",),
    "self",
    source="organization",
    on_erase="null",
    clauses=("C2.1.1-10",),
)
_PLACE_IN_ORGANIZATION = Personal(
    _("Departments and managers over time"),
    Kind.BASIC,
    ("basic",),
    "employee",
    source="organization",
    clauses=("C2.1.2-02",),
)
_TECHNICAL = NotPersonal("technical key")

declare("people.Employee", "name", _NAME)
declare("people.Employee", "account name_key mobile", _REACH)
declare("people.Employee", "number position hired_on leader", _EMPLOYMENT)
declare("people.Employee", "status left_on activation_stopped_at restricted_at created_at updated_at", _STATE)
declare("people.Employee", "email", _EXTRA)
declare("people.Employee", "id organization", _TECHNICAL)
declare("people.Membership", "employee department is_main is_head starts_on ends_on", _PLACE_IN_ORGANIZATION)
declare("people.Membership", "id organization", _TECHNICAL)
declare("people.ReportingLine", "employee leader starts_on ends_on", _PLACE_IN_ORGANIZATION)
declare("people.ReportingLine", "id organization", _TECHNICAL)
declare(
    "people.Affiliation",
    "account organization employee_id is_active",
    Personal(
        _("Which organizations the account belongs to"),
        Kind.BASIC,
        ("basic",),
        "account",
        source="organization",
        controller="operator",
        retention="account",
        clauses=("C2.1.1-02",),
    ),
)
declare("people.Affiliation", "id", _TECHNICAL)
declare(
    "people.Department",
    "id organization name name_key parent path sequence code",
    NotPersonal("about the organization"),
)
