"""What is kept about an organization's coming and going. A caller's name is the only thing personal in it."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function

function(
    "lifecycle.cancellation",
    _("Cancelling an organization's account"),
    family=Family.CORE,
    purposes=("security",),
    scope=_("Who asked for it, and how that was verified."),
    why=_("So that nobody ends an organization's account who may not."),
    method=_("Noted when the request is made; kept as proof."),
    if_refused=_("Without it the account is not cancelled."),
)

function(
    "lifecycle.handover",
    _("Handing over the administration"),
    family=Family.CORE,
    purposes=("security",),
    scope=_("Who handed the administration over to whom, when, and the answer."),
    why=_("So that it stands on record who answers for the organization's account."),
    method=_("Noted when it is offered and when it is answered."),
    if_refused=_("You may decline to take it over; nothing else changes."),
)

_TECHNICAL = NotPersonal("technical key")
_ABOUT = NotPersonal("about the organization")
_STAFF = NotPersonal("name of the operator's own staff, acting for the operator")

declare("lifecycle.Term", "id organization", _TECHNICAL)
declare("lifecycle.Term", "edition starts_on ends_on noted_at", _ABOUT)
declare("lifecycle.Term", "noted_by", _STAFF)
declare("lifecycle.Warning", "id organization", _TECHNICAL)
declare("lifecycle.Warning", "about of_day sent_at", _ABOUT)
declare("lifecycle.Cancellation", "id organization", _TECHNICAL)
declare(
    "lifecycle.Cancellation",
    "channel state reason requested_at confirmed_at export_until done_at proof",
    _ABOUT,
)
declare("lifecycle.Cancellation", "confirmed_by", _STAFF)
declare(
    "lifecycle.Cancellation",
    "requested_by caller verification",
    Personal(
        _("Who asked for the organization's account to be cancelled"),
        Kind.BASIC,
        ("security",),
        "requested_by",
        retention="case+3y",
        on_erase="keep",
        aged_by="requested_at",
        clauses=("C6.4-04",),
    ),
)
declare("lifecycle.Handover", "id organization", _TECHNICAL)
declare(
    "lifecycle.Handover",
    "giver taker state offered_at decided_at",
    Personal(
        _("Handing over of the administration by you or to you"),
        Kind.BASIC,
        ("security",),
        "giver",
        source="use",
        retention="case+3y",
        on_erase="keep",
        aged_by="offered_at",
        clauses=("C6.1-05",),
    ),
)
declare(
    "lifecycle.Succession",
    "id cause before successor address contact text takes_over_on announced_at announced_by withdrawn_at completed_at"
    " completed_by release differs",
    NotPersonal("a public announcement"),
)
declare(
    "lifecycle.Cessation",
    "id announced_at announced_by ceases_on text ceased_at withdrawn_at",
    NotPersonal("a public announcement"),
)
