"""The purposes every feature shares, and what this app itself keeps."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy import device_table, role_table, web_table  # noqa: F401  (declaring is their import)
from qince.core.privacy.functions import Family
from qince.core.privacy.gate import BASIC, CAPACITY, CHANGE, IMPROVEMENT, LOCATION, TERMS
from qince.core.privacy.registry import (
    AT_THE_ACT,
    BACKGROUND,
    NEVER,
    Basis,
    Kind,
    NotPersonal,
    Personal,
    agreement,
    declare,
    function,
    purpose,
)

purpose(
    BASIC,
    title=_("Using Qince for work"),
    why=_("To give you an account and to do with you the work your organization uses Qince for."),
    scope=_(
        "Your name and mobile number, your place in the organization, and what you enter or send as work."
    ),
    method=_(
        "Your organization enters the first, you send the rest. Colleagues see what their work requires."
    ),
    if_refused=_("Qince cannot be used. Nothing about you is collected."),
    kind=Kind.BASIC,
)
purpose(
    CAPACITY,
    title=_("Age and capacity"),
    why=_("Qince is offered only to people who may decide for themselves."),
    scope=_("Your word that you are at least 18, or that your guardian agrees."),
    method=_("You tick a box that starts empty. No proof and no birthday is asked for."),
    if_refused=_("Qince cannot be used."),
    kind=Kind.BASIC,
)
purpose(
    LOCATION,
    title=_("Your position"),
    why=_(
        "To compare an act in the field, such as a clock-in or a check-in, with the place where it should be."
    ),
    scope=_(
        "The position your device reports at that moment, how exact it is, and the distance to the place."
    ),
    method=_("Read only when you allow it, kept with that act, and seen by you, your managers and auditors."),
    if_refused=_(
        "You say in words where you are. The act counts and is marked as manual; everything else works."
    ),
    kind=Kind.SENSITIVE,
    circumstances=(NEVER, AT_THE_ACT, BACKGROUND),
)
purpose(
    IMPROVEMENT,
    title=_("Improving Qince"),
    why=_("To learn which functions help and which get in the way."),
    scope=_("Counts of how often functions are used. At present nothing is collected for this."),
    method=_("Counted without content, and only for people who agreed."),
    if_refused=_("Nothing changes for you."),
    kind=Kind.ADDITIONAL,
)
purpose(
    "operation",
    title=_("Keeping the service running"),
    why=_("So that work arrives exactly once and faults can be found."),
    scope=_("Which device sent what and when, and the version of the app."),
    method=_("Noted by the server when your device sends or fetches."),
    if_refused=_("It is part of the service and ends with your use of it."),
    kind=Kind.BASIC,
    basis=Basis.CONTRACT,
)
purpose(
    "security",
    title=_("Protecting accounts"),
    why=_("So that nobody else acts in your name, and every change can be traced."),
    scope=_("Sign-ins, devices bound to the account, and a trail of who changed what."),
    method=_("Noted by the server; the trail is chained so that later changes show."),
    if_refused=_("The law requires these records. They are used for nothing else."),
    kind=Kind.BASIC,
    basis=Basis.DUTY,
)
agreement(
    TERMS,
    title=_("User agreement"),
    why=_("The rules between you and the operator about using Qince."),
    scope=_("That you agreed, when, and to which version."),
    method=_("You tick a box of its own that starts empty."),
    if_refused=_("Qince cannot be used."),
    kind=Kind.BASIC,
)
agreement(
    CHANGE,
    title=_("Considerable change of the privacy policy"),
    why=_("A new purpose, kind of data, recipient or operator is put before you again."),
    scope=_("That you agreed to the change or not, when, and to which version."),
    method=_("A page that comes before your next start and shows what has changed."),
    if_refused=_("What you agreed to before remains the limit; what is new stays closed for you."),
    kind=Kind.BASIC,
)
function(
    "privacy.consents",
    _("Your consents and the notice"),
    family=Family.CORE,
    purposes=("security",),
    scope=_("What you were shown, agreed to, declined and took back, when and in which version."),
    why=_("To prove what you allowed, and to keep to it."),
    method=_("Noted at each of your acts; nobody can change an entry or write one for you."),
    if_refused=_("The law requires these records."),
)

_LEDGER = Personal(
    _("What you agreed to, declined and withdrew"),
    Kind.BASIC,
    ("security",),
    "employee",
    source="use",
    controller="operator",
    retention="proof+3y",
    on_erase="keep",
    clauses=("C6.3-03",),
)
declare(
    "privacy.ConsentEntry",
    "employee purpose act circumstances notice_version notice_hash method client occurred_at recorded_at",
    _LEDGER,
)
declare("privacy.Consent", "employee purpose act is_granted circumstances release entry at", _LEDGER)
declare("privacy.ConsentEntry", "id organization", NotPersonal("technical key"))
declare("privacy.Consent", "id organization", NotPersonal("technical key"))
declare(
    "privacy.NoticeVersion",
    "id organization language version hash content release released_at",
    NotPersonal("a published text; whom it speaks of stands in it by id alone"),
)
