"""The logs are personal: they stand in every copy of one's data, and outlast erasing until their term (C2.2.3-07)."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function

function(
    "watch.logs",
    _("Logs, and watching over accounts"),
    family=Family.CORE,
    purposes=("security",),
    scope=_(
        "Address, browser, language and time of each request; who looked at whose sensitive data; unusual use."
    ),
    why=_("So that misuse of accounts is noticed and can be traced; the law requires network logs."),
    method=_("Noted by the server without contents, kept six months, addresses shortened after thirty days."),
    if_refused=_("It is a legal duty and cannot be refused."),
)

# What the agreement says is taken by itself at every use, and nothing beyond (C2.2.0-05, C2.2.3-01).
ACCESS_FIELDS = "at ip browser carrier language method route status"
_TECHNICAL = NotPersonal("technical key")
_STRANGER = NotPersonal(
    "a request of nobody known; its address is cut short and the line deleted like the others"
)
_ACCESS = Personal(
    _("Use of the service: time, IP address, kind of browser, carrier, language, page and answer"),
    Kind.BASIC, ("security",), "employee_id", source="device", controller="operator", retention="6m",
    on_erase="keep", aged_by="at", clauses=("C2.2.3-01", "C2.2.3-07", "C5.4-05"),
)  # fmt: skip
_READ = Personal(
    _("Who looked at your sensitive data, when, on which page"),
    Kind.BASIC, ("security",), "employee_id", source="use", retention="6m", on_erase="keep", aged_by="at",
    clauses=("C5.3-03",),
)  # fmt: skip
_READER = Personal(
    _("Whose sensitive data you looked at"),
    Kind.BASIC, ("security",), "reader_id", source="use", retention="6m", on_erase="keep", aged_by="at",
    clauses=("C5.3-03",),
)  # fmt: skip
_ALERT = Personal(
    _("Alerts about unusual use of your account"),
    Kind.BASIC, ("security",), "employee", source="use", retention="1y", aged_by="at", clauses=("C2.2.0-02",),
)  # fmt: skip

declare("watch.Access", f"{ACCESS_FIELDS} employee_id", _ACCESS)
declare("watch.Access", "id organization", _TECHNICAL)
declare("watch.OutsideAccess", f"id {ACCESS_FIELDS}", _STRANGER)
declare("watch.Reading", "employee_id page hour at", _READ)
declare("watch.Reading", "reader_id reader_name", _READER)
declare("watch.Reading", "id organization", _TECHNICAL)
declare(
    "watch.Alert",
    "employee rule version facts key at state is_locked decided_by decided_at reason",
    _ALERT,
)
declare("watch.Alert", "id organization", _TECHNICAL)
_STAFF = NotPersonal("about the operator's own staff, kept for the operator")
declare("watch.Staff", "id account name kind ends_on added_by added_at", _STAFF)
declare("watch.Undertaking", "id staff signed_on expires_on", _STAFF)
declare("watch.StaffTraining", "id staff topic done_on due_on", _STAFF)
declare("watch.StaffAccess", "id organization", _TECHNICAL)
declare(
    "watch.StaffAccess",
    "staff_id staff_name employee reason instruction exception opened_by starts_at ends_at closed_at",
    NotPersonal("what the operator's own staff did here, for the organization to see"),
)
declare("watch.Training", "id organization", _TECHNICAL)
declare(
    "watch.Training",
    "employee topic done_on due_on reminded_at",
    Personal(_("Trainings in security and privacy"), Kind.BASIC, ("security",), "employee", source="organization",
             clauses=("C5.1-06",)),
)  # fmt: skip
