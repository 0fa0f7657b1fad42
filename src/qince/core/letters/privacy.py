"""Letters are personal; so is having opened one, which is noted only with consent of its own."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, purpose

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
    source="use", retention="30d", aged_by="at", clauses=("C3.2-02", "C3.2-03"),
)  # fmt: skip

declare("letters.Letter", "employee name mobile email kind values link is_urgent created_at read_at", _LETTER)
declare("letters.Letter", "id organization", NotPersonal("technical key"))
declare("letters.Delivery", "letter channel state reason attempts at is_tracked", _DELIVERY)
declare("letters.Delivery", "opened_at followed_at", _TRACKED)
declare("letters.Delivery", "id organization", NotPersonal("technical key"))
declare(
    "letters.Unsubscription",
    "id organization channel address_digest at",
    NotPersonal("a keyed digest, so that nothing is sent to an address again; it names no address"),
)
