"""Sessions of the console."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import (
    Basis,
    Kind,
    NotPersonal,
    Personal,
    declare,
    function,
    purpose,
    withhold,
)

function(
    "signin.session",
    _("Staying signed in at the console"),
    family=Family.CORE,
    purposes=("basic",),
    scope=_("A random number in a cookie, and who is signed in under it."),
    why=_("So that you need not sign in anew at every page."),
    method=_("Set when you sign in, ended when you sign out or after half a day."),
    if_refused=_("The console cannot be used without it; the phone app can."),
)

declare(
    "sessions.Session",
    "session_key session_data expire_date",
    Personal(
        _("Session of the console"),
        Kind.BASIC,
        ("basic",),
        "session_data",
        source="use",
        controller="operator",
        retention="1d",
        aged_by="expire_date",
        clauses=("C2.2.2-04",),
    ),
)

OPENING = purpose(
    "opening",
    title=_("Opening an organization"),
    why=_("To record who opened the organization, and that they were entitled to."),
    scope=_(
        "A document that shows your authority: a letter of authorization, or the legal representative's proof."
    ),
    method=_(
        "You hand it in when the registration is completed. It is encrypted and shown to nobody in the console."
    ),
    if_refused=_("The organization stays closed. Nothing else is affected."),
    kind=Kind.SENSITIVE,
    basis=Basis.CONTRACT,
)
function(
    "signin.opening",
    _("Opening an organization"),
    family=Family.CORE,
    purposes=(OPENING,),
    scope=_(
        "A document that shows your authority: a letter of authorization, or the legal representative's proof."
    ),
    why=_("To record who opened the organization, and that they were entitled to."),
    method=_(
        "You hand it in when the registration is completed. It is encrypted and shown to nobody in the console."
    ),
    if_refused=_("The organization stays closed. Nothing else is affected."),
)
declare(
    "signin.OpenerProof",
    "content",
    Personal(
        _("Document by which you showed that you may open the organization"),
        Kind.SENSITIVE,
        (OPENING,),
        "employee",
        on_erase="null",
        clauses=("C1.1-03",),
    ),
)
declare(
    "signin.OpenerProof",
    "employee media_type size given_at",
    Personal(
        _("That you opened the organization"), Kind.BASIC, (OPENING,), "employee", on_erase="keep",
        retention="employment+2y", clauses=("C1.1-03",),
    ),
)  # fmt: skip
declare("signin.OpenerProof", "id organization", NotPersonal("technical key"))
withhold(
    "sessions.Session",
    "session_key",
    because=_("kept as a secret for signing in; not given out, for your own safety"),
    from_its_person=True,
)
