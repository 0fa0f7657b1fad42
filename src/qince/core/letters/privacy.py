"""Letters are personal; so is having opened one, which is noted only with consent of its own."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import Kind, NotPersonal, Personal, contact, declare, function, purpose

MAIL_TRACKING = purpose(
    "mail_tracking",
    title=_("Mail tracking"),
    why=_("To learn whether e-mails about the service are read and which of them help."),
    scope=_("Whether and when you open an e-mail or follow its link."),
    method=_(
        "A picture of our own and a link through our server, for 30 days after the e-mail, with nobody else."
    ),
    if_refused=_("E-mails hold plain links and no such picture. You get the same e-mails."),
    kind=Kind.ADDITIONAL,
)

function(
    "letters.messages",
    _("Messages to you"),
    family=Family.CORE,
    purposes=("basic",),
    scope=_("What you are told, over which channel, and whether it arrived."),
    why=_("To tell you about your work, your account and your data."),
    method=_(
        "Written by the service, delivered in the app and, where needed, by e-mail, text message or on paper."
    ),
    if_refused=_("Messages owed by law are sent all the same; from the others you can unsubscribe."),
)
function(
    "letters.tracking",
    _("Whether an e-mail was opened"),
    family=Family.CORE,
    purposes=(MAIL_TRACKING,),
    scope=_("Whether and when you opened an e-mail or followed its link."),
    why=_("To learn which e-mails help."),
    method=_("A picture and a link of our own, for 30 days, only for those who agreed."),
    if_refused=_("E-mails hold plain links and no such picture."),
)
_LETTER = Personal(
    _("Messages to you and how they reached you"), Kind.BASIC, ("basic",), "employee",
    source="use", retention="1y", aged_by="created_at", clauses=("C2.1.1-07",),
)  # fmt: skip
_DELIVERY = Personal(
    _("Messages to you and how they reached you"), Kind.BASIC, ("basic",), "letter.employee",
    source="use", retention="1y", aged_by="at", clauses=("C2.1.1-07", "C5.6-04"),
)  # fmt: skip
_TRACKED = Personal(
    _("Whether you opened an e-mail"), Kind.ADDITIONAL, (MAIL_TRACKING,), "letter.employee",
    source="use", retention="30d", aged_by="at", clauses=("C3.2-02", "C3.2-03"), withdrawn="consent",
)  # fmt: skip

declare(
    "letters.Letter",
    "employee name mobile email kind values link is_urgent because because_values dedupe created_at read_at"
    " recalled_at",
    _LETTER,
)
contact("letters.Letter", name="name", mobile="mobile", email="email")
declare("letters.Letter", "id organization", NotPersonal("technical key"))
declare(
    "letters.Delivery", "letter channel state reason attempts at not_before decided_by is_tracked", _DELIVERY
)
declare("letters.Delivery", "opened_at followed_at", _TRACKED)
declare("letters.Delivery", "id organization", NotPersonal("technical key"))
declare(
    "letters.Unsubscription",
    "id organization channel address_digest at",
    NotPersonal("a keyed digest, so that nothing is sent to an address again; it names no address"),
)
declare(
    "letters.Unreachable",
    "id organization channel address_digest failures at suppressed_at",
    NotPersonal("a keyed digest, so that nothing is sent where nothing arrives; it names no address"),
)
