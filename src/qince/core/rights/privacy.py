"""What requests keep. The proof that one was handled outlives the person; what was said in it does not."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import (
    Basis,
    Kind,
    NotPersonal,
    Personal,
    contact,
    declare,
    function,
    purpose,
)
from qince.core.privacy.retention import AT_ONCE
from qince.kit.errors import Text

RIGHTS = purpose(
    "rights",
    title=_("Your requests about your data"),
    why=_("To answer your requests, complaints and questions, and to prove that this was done in time."),
    scope=_("What you ask, how you can be reached, how your identity was checked, and what you were told."),
    method=_("You give it with the request. The privacy officer and whoever handles the request see it."),
    if_refused=_("Without a way to reach you no answer can be sent. Feedback may be anonymous."),
    kind=Kind.BASIC,
    basis=Basis.DUTY,
)
SUPPORT = purpose(
    "diagnostics",
    title=_("Help with a fault"),
    why=_("To find out why something does not work on your device."),
    scope=_("Model, system version and settings of your device."),
    method=_(
        "You hand them over for one request; they are removed when it is closed, or when you take that back."
    ),
    if_refused=_("You are helped without them; it may take longer."),
    kind=Kind.ADDITIONAL,
    is_each_time=True,
)


function(
    "rights.requests",
    _("Requests about your data"),
    family=Family.CORE,
    purposes=(RIGHTS,),
    scope=_("What you ask, how you can be reached, how your identity was checked, and the answer."),
    why=_("To answer in time and to be able to prove it."),
    method=_("You give it with the request; the privacy officer and whoever handles it see it."),
    if_refused=_("Without a way to reach you no answer can be sent."),
)
function(
    "rights.diagnostics",
    _("Help with a fault"),
    family=Family.CORE,
    purposes=(SUPPORT,),
    scope=_("Model, system version and settings of your device."),
    why=_("To find out why something does not work."),
    method=_("You hand them over for one request; they are removed when it is closed."),
    if_refused=_("You are helped without them; it may take longer."),
)


def _proof(category: Text, subject: str, aged_by: str) -> Personal:
    return Personal(
        category, Kind.BASIC, (RIGHTS,), subject, retention="case+3y", on_erase="keep", aged_by=aged_by,
        clauses=("C6.7-03",),
    )  # fmt: skip


def _words(category: Text, subject: str, aged_by: str) -> Personal:
    return Personal(
        category, Kind.BASIC, (RIGHTS,), subject, retention="words+3y", on_erase="null", aged_by=aged_by,
        clauses=("C6.7-01", "C2.3.2-02"),
    )  # fmt: skip


_CASE = _proof(_("That you made a request, of what kind, and when it was answered"), "subject", "answered_at")
_SAID = _words(_("What you asked and were told, and how to reach you"), "subject", "answered_at")
declare(
    "rights.Case",
    "number kind asked channel state subject ground is_operator_data is_fast_track missing_consents decision "
    "decision_id first_case received_at contact_at verified_at calendar_due_on working_due_on due_on escalated_at "
    "authorization authorization_due_on fee fee_accepted_at answered_at silent_until disputed_at is_carried_out "
    "interest",
    _CASE,
)
declare(
    "rights.Case",
    "contact_name contact_mobile contact_email details ground_text verified_how document_kind document_id "
    "document_name interest_text authorization_text fee_reason solution answer",
    _SAID,
)
declare(
    "rights.Case",
    "verified_by handler barred authorized_by answered_by reminded_on alarmed_on",
    NotPersonal("who worked on it, in the course of duty"),
)
# Who asks and is no member is known by what the case says of them, and so are the papers of the case.
contact("rights.Case", name="contact_name", mobile="contact_mobile", email="contact_email")
_DUTY = NotPersonal("who worked on it, in the course of duty")
_WHY = _("Why a request of yours was refused")
declare(
    "rights.Refused",
    "case ground reference offers_key_destruction silent_until",
    _proof(_WHY, "case.subject", "proposed_at"),
)
declare("rights.Refused", "text harm tried partial_answer", _words(_WHY, "case.subject", "proposed_at"))
declare("rights.Refused", "proposed_by proposed_at approved_by approved_at", _DUTY)
_TALK = _("Calls and messages about a request of yours")
declare("rights.CaseEntry", "case kind at", _proof(_TALK, "case.subject", "at"))
declare("rights.CaseEntry", "text recording", _words(_TALK, "case.subject", "at"))
declare("rights.CaseEntry", "by", _DUTY)
_PAPER = _("Files you added to a request, such as proof of identity")
declare(
    "rights.CaseFile",
    "case role media_type size sha256 added_at erased_at",
    _proof(_PAPER, "case.subject", "added_at"),
)
declare("rights.CaseFile", "name sealed", _words(_PAPER, "case.subject", "added_at"))
declare("rights.CaseFile", "added_by", _DUTY)
_DEVICE = Personal(
    _("Model, system and settings of your device, for one request"), Kind.ADDITIONAL, (SUPPORT,), "case.subject",
    source="device", retention="30d", on_erase="delete", aged_by="consented_at", clauses=("C2.2.2-02",),
    withdrawn=AT_ONCE,
)  # fmt: skip
declare("rights.Diagnostics", "case consented_at model system settings", _DEVICE)
_OPINION = Personal(
    _("What you thought of the handling"), Kind.ADDITIONAL, (RIGHTS,), "case.subject", retention="words+3y",
    on_erase="delete", aged_by="at", clauses=("C2.3.2-04",),
)  # fmt: skip
declare("rights.Survey", "case score text at", _OPINION)
_ONWARD = _proof(_("Which recipients were told of your request"), "case.subject", "changed_at")
declare("rights.Onward", "case recipient name state reason changed_at", _ONWARD)
_LEGACY = Personal(
    _("What shall become of your data after your death"), Kind.ADDITIONAL, (RIGHTS,), "employee",
    on_erase="delete", clauses=("C6.6-01",),
)  # fmt: skip
declare(
    "rights.Legacy",
    "employee wish trusted_name trusted_contact note is_on_paper made_at ended_at",
    _LEGACY,
)
declare(
    "rights.Review",
    "decision target_id employee case state decided_at",
    _proof(_("Machine decisions you refused, and who decided instead"), "employee", "decided_at"),
)
declare(
    "rights.Review",
    "text",
    _words(_("What a person found about a machine decision"), "employee", "decided_at"),
)
declare("rights.Review", "reviewer", NotPersonal("who decided, in the course of duty"))
declare(
    "rights.Preference",
    "employee pushed changed_at",
    Personal(
        _("How you want pushed information"),
        Kind.ADDITIONAL,
        ("basic",),
        "employee",
        on_erase="delete",
        clauses=("C6.5-04",),
    ),
)
declare(
    "rights.CalendarDay",
    "id organization on is_workday is_statutory note source source_version",
    NotPersonal("the calendar of the organization"),
)
for _model in (
    "Case",
    "Refused",
    "CaseEntry",
    "CaseFile",
    "Diagnostics",
    "Survey",
    "Onward",
    "Legacy",
    "Review",
    "Preference",
):
    declare(f"rights.{_model}", "id organization", NotPersonal("technical key"))
