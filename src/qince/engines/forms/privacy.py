"""What filling in a form keeps of people. The publisher says it of every field; the columns follow from that."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.gate import BASIC, LOCATION
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function, purpose
from qince.kit.errors import Text

SENSITIVE = purpose(
    "form_sensitive",
    title=_("Sensitive answers in forms"),
    why=_("Some forms of your organization ask for something sensitive; each such question says why."),
    scope=_("Your answers to questions marked as sensitive, a signature among them."),
    method=_(
        "Sealed under a key of your own, and seen by you and by those who may look at that form's answers."
    ),
    if_refused=_("You leave these questions empty. The form counts without them."),
    kind=Kind.SENSITIVE,
)
function(
    "forms.fill",
    _("Super forms"),
    family=Family.EMPLOYEE,
    purposes=("basic",),
    scope=_("Your answers, photos and files, when you filled in, and what a reviewer said."),
    why=_("To report what your organization asks for in forms of its own."),
    method=_("Entered by you on the phone or in the console; seen by you, your managers and auditors."),
    if_refused=_("Forms cannot be filled in; the rest of the product works."),
)
function(
    "forms.sensitive",
    _("Sensitive answers in forms"),
    family=Family.EMPLOYEE,
    purposes=(SENSITIVE,),
    scope=_("Your answers to questions marked as sensitive, a signature among them."),
    why=_("Because the form's publisher says so beside each such question."),
    method=_("Sealed under a key of your own."),
    if_refused=_("You leave these questions empty. The form counts without them."),
)
function(
    "forms.place",
    _("A place in a form"),
    family=Family.EMPLOYEE,
    purposes=(LOCATION,),
    scope=_("Your position when you press the button at a question for a place."),
    why=_("To show where the form was filled in."),
    method=_("Read once, at the press of the button, and kept with that answer."),
    if_refused=_("You say the place in words."),
)

# What a publisher may choose for a field: whose purposes they are, and the categories of the agreement's Annex B.
PURPOSES: tuple[str, ...] = (BASIC, SENSITIVE, LOCATION)
CATEGORIES: dict[str, Text] = {
    "work": _("Work content: reports, checks, results"),
    "identity": _("Name, number, who somebody is"),
    "contact": _("Ways to reach somebody"),
    "place": _("Places"),
    "image": _("Pictures and voices"),
    "document": _("Certificates and documents"),
    "money": _("Money and accounts"),
    "health": _("Health"),
    "family": _("Family and household"),
    "opinion": _("Opinions and remarks"),
    "other": _("Other"),
}


def _answer(on_erase: str, kind: Kind = Kind.ADDITIONAL, purposes: tuple[str, ...] = ("basic",)) -> Personal:
    return Personal(
        _("Your answers in forms"),
        kind,
        purposes,
        "employee",
        on_erase=on_erase,
        clauses=("C2.2.4-05",),
    )


_SEALED = Personal(
    _("Your sensitive answers in forms"),
    Kind.SENSITIVE,
    (SENSITIVE, LOCATION),
    "employee",
    on_erase="null",
    withdrawn="consent+30d",
    clauses=("C2.2.4-05", "C1.1-10"),
)
_EDIT = Personal(
    _("Your answers in forms"),
    Kind.ADDITIONAL,
    ("basic",),
    "submission.employee",
    on_erase="delete",
    clauses=("C2.2.4-05",),
)
_SEALED_EDIT = replace(_SEALED, subject="submission.employee", on_erase="delete")
_FILE = Personal(
    _("Photos and files you gave in forms"),
    Kind.ADDITIONAL,
    ("basic",),
    "submission.employee",
    on_erase="delete",
    clauses=("C2.2.4-05", "C2.5.3-03"),
)
_PUBLISHER = Personal(
    _("Who published a form"),
    Kind.BASIC,
    ("basic",),
    "published_by",
    source="use",
    on_erase="pseudonym",
    clauses=("C2.2.4-05",),
)
_EDITOR = Personal(
    _("Who changed an answer"),
    Kind.BASIC,
    ("basic",),
    "edited_by",
    source="use",
    on_erase="pseudonym",
    clauses=("C2.2.3-05",),
)
_TARGET = Personal(
    _("Which forms you are asked to fill in"),
    Kind.BASIC,
    ("basic",),
    "employee",
    source="organization",
    clauses=("C2.2.4-05",),
)
_TOKEN = Personal(
    _("Apps that act for you"),
    Kind.BASIC,
    ("basic",),
    "employee",
    source="organization",
    clauses=("C2.2.4-05",),
)
_KEY = "id organization"
_TECHNICAL = NotPersonal("technical key")

# What was found out stays the organization's, by whom does not (C6.4-06).
declare("forms.Submission", "employee", _answer("pseudonym"))
declare("forms.Submission", "answers review_note instance_id", _answer("null"))
declare("forms.Submission", "sealed", _SEALED)
declare(
    "forms.Submission",
    "assignment period_on source status filled_at received_at is_attested",
    _answer("keep"),
)
# Which form, and answers declared to be about nobody: theirs to have a copy of, and of nobody once the name is gone.
declare("forms.Submission", "form form_version facts", _answer("keep"))
declare("forms.Submission", "version", NotPersonal("counts changes"))
declare("forms.Submission", _KEY, _TECHNICAL)
declare("forms.SubmissionEdit", "submission number facts answers edited_at reason", _EDIT)
declare("forms.SubmissionEdit", "sealed", _SEALED_EDIT)
declare("forms.SubmissionEdit", "edited_by", _EDITOR)
declare("forms.SubmissionEdit", "form_version", NotPersonal("the form, as it was"))
declare("forms.SubmissionEdit", _KEY, _TECHNICAL)
declare("forms.SubmissionFile", "submission field_id sha256 name blob", _FILE)
declare("forms.SubmissionFile", _KEY, _TECHNICAL)
declare("forms.FormVersion", "published_by", _PUBLISHER)
declare(
    "forms.FormVersion",
    "id organization form number definition can_mark_others reason published_at",
    NotPersonal("a form, about nobody"),
)
declare(
    "forms.Form",
    "id organization name code state draft revision number editing decided_by is_open_to_all updated_at",
    NotPersonal("a form, about nobody"),
)
declare(
    "forms.Assignment",
    "id organization form name period starts_on ends_on due_day due_at weekdays is_for_everybody is_active version",
    NotPersonal("a task, about nobody"),
)
declare("forms.AssignmentTarget", "employee", _TARGET)
declare(
    "forms.AssignmentTarget", "id organization assignment department", NotPersonal("a task, about nobody")
)
declare("forms.AppToken", "employee name digest created_at last_used_at revoked_at", _TOKEN)
declare("forms.AppToken", _KEY, _TECHNICAL)
