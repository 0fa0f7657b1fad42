"""What is kept about minors and their guardians: as little as it takes to protect them."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import Basis, Kind, NotPersonal, Personal, declare, function, purpose

MINORS = purpose(
    "minors",
    title=_("Protection of minors"),
    why=_("To let nobody under 16 use Qince, and people of 16 and 17 only with their guardian's consent."),
    scope=_("The day on which you turn 18; your guardian's name, mobile number and relation to you."),
    method=_(
        "A birthday is compared and not kept. The guardian is asked by text message; the proof of kinship is destroyed "
        "once they have answered, the rest when you turn 18."
    ),
    if_refused=_("Without a guardian's consent the account of somebody under 18 stays closed."),
    kind=Kind.SENSITIVE,
    basis=Basis.DUTY,
)
function(
    "guardians.minors",
    _("Protection of minors"),
    family=Family.CORE,
    purposes=(MINORS,),
    scope=_("The day on which you turn 18; your guardian's name, mobile number and relation to you."),
    why=_("To let nobody under 16 use Qince, and people of 16 and 17 only with their guardian's consent."),
    method=_(
        "A birthday is compared and not kept. The guardian answers by an address sent to their own mobile."
    ),
    if_refused=_("Without a guardian's consent the account of somebody under 18 stays closed."),
)

_MINOR = Personal(
    _("That you are a minor, and until when"), Kind.BASIC, (MINORS,), "employee", source="organization",
    clauses=("C1.1-12", "C7-03"),
)  # fmt: skip
_GUARDIAN = Personal(
    _("Your guardian: name and mobile number"), Kind.SENSITIVE, (MINORS,), "employee", source="organization",
    on_erase="null", clauses=("C7-03",),
)  # fmt: skip
_KINSHIP = Personal(
    _("Your guardian: relation and proof of kinship"), Kind.BASIC, (MINORS,), "employee", source="organization",
    on_erase="null", clauses=("C7-03", "C7-06"),
)  # fmt: skip
_ASKED = Personal(
    _("When your guardian was asked and what they answered"), Kind.BASIC, (MINORS,), "employee", source="use",
    retention="proof+3y", on_erase="keep", clauses=("C7-03",),
)  # fmt: skip
_REVIEW = Personal(
    _("That your age was looked at, and with what result"), Kind.BASIC, (MINORS,), "employee", source="organization",
    clauses=("C7-02",),
)  # fmt: skip
_DUTY = NotPersonal("who did it, in the course of duty")

declare("guardians.Minor", "employee stage adult_on found_at erase_from erase_by", _MINOR)
declare("guardians.Guardian", "name mobile", _GUARDIAN)
declare("guardians.Guardian", "proof", _KINSHIP)
declare(
    "guardians.Guardian",
    "employee relation proof_type proof_sha256 proof_erased_at entered_at question asked_at answered_at ended_at",
    _ASKED,
)
declare("guardians.Guardian", "entered_by", _DUTY)
declare("guardians.GuardianConsent", "employee guardian act why notice_hash at", _ASKED)
declare(
    "guardians.AgeReview",
    "employee source reason opened_at administrator_finding administrator_birthday officer_finding officer_birthday "
    "closed_at",
    _REVIEW,
)
declare("guardians.AgeReview", "opened_by administrator officer", _DUTY)
for _model in ("Minor", "Guardian", "GuardianConsent", "AgeReview"):
    declare(f"guardians.{_model}", "id organization", NotPersonal("technical key"))
