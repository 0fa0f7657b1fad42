"""Which fields of sign-in are personal. The account is kept by the operator, not by an organization."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registers import Decision, decision
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function, withhold

decision(
    Decision(
        code="accounts.too_many_attempts",
        title=_("Pause after many wrong tries"),
        logic=_("Wrong codes and passwords are counted per account and per network source; too many in a short time "
                "make further tries wait."),
        inputs=_("the number and times of tries"),
        consequence=_("signing in has to wait some minutes; nobody is locked out for good"),
        version="1",
        protected=_("the exact figures for network sources, so that guessers cannot arrange themselves"),
        outcomes=("too_many_attempts",),
    )
)  # fmt: skip
function(
    "accounts.sign_in",
    _("Signing in, and the devices you use"),
    family=Family.CORE,
    purposes=("basic", "security"),
    scope=_(
        "Mobile number, one-time codes, password and authenticator as digests, and which devices are bound."
    ),
    why=_("So that only you get in, and you see where you are signed in."),
    method=_("You type them in; the server keeps digests, not the secrets, and ends devices you sign out."),
    if_refused=_(
        "Nobody can be signed in without proving the number. A password and an authenticator are optional."
    ),
)

_IDENTITY = Personal(
    _("Identity: mobile number"),
    Kind.BASIC,
    ("basic",),
    "self",
    controller="operator",
    retention="account",
    clauses=("C2.1.1-03", "C2.2.2-03"),
)
_SIGN_IN = Personal(
    _("Sign-in secrets"),
    Kind.BASIC,
    ("basic",),
    "self",
    controller="operator",
    retention="account",
    clauses=("C5.5-01", "C6.1-04"),
)
_RECOVERY = replace(_SIGN_IN, subject="account")
_DEVICE = Personal(
    _("Device bound to the account"),
    Kind.BASIC,
    ("basic",),
    "account",
    source="device",
    retention="revoked+6m",
    clauses=("C2.2.2-04",),
)
_SECRET = Personal(
    _("One-time codes, as digests"),
    Kind.BASIC,
    ("basic",),
    "subject",
    source="use",
    controller="operator",
    retention="1d",
    aged_by="sent_at",
    clauses=("C2.1.1-05",),
)
_MESSAGE = Personal(
    _("Messages waiting in the developer outbox"),
    Kind.BASIC,
    ("basic",),
    "mobile",
    source="use",
    controller="operator",
    retention="1d",
    aged_by="sent_at",
    clauses=("C2.1.1-07",),
)
_TECHNICAL = NotPersonal("technical key")
_COUNTER = NotPersonal("a keyed digest and a time; names neither number nor address")

declare("accounts.Account", "id mobile", _IDENTITY)
declare("accounts.Account", "password last_login totp_secret totp_last_step", _SIGN_IN)
declare("accounts.Account", "is_active created_at", NotPersonal("state of the record"))
declare(
    "accounts.Device",
    "account employee_id kind app_device_id name platform app_version token_digest confirmed_at created_at "
    "last_seen_at revoked_at",
    _DEVICE,
)
declare("accounts.Device", "id organization", _TECHNICAL)
declare("accounts.RecoveryCode", "account digest used_at", _RECOVERY)
declare("accounts.RecoveryCode", "id", _TECHNICAL)
declare(
    "accounts.OneTimeCode",
    "id subject purpose requester digest sent_at expires_at wrong_tries used_at redeemed_by",
    _SECRET,
)
declare("accounts.Attempt", "id key at", _COUNTER)
declare("accounts.OutboxMessage", "id mobile text sent_at", _MESSAGE)
# Handing these out would let whoever finds the copy sign in as the person.
_SIGNS_IN = _("kept as a secret for signing in; not given out, for your own safety")
for _model, _names in (
    ("accounts.Account", "password totp_secret"),
    ("accounts.RecoveryCode", "digest"),
    ("accounts.OneTimeCode", "digest"),
    ("accounts.Device", "token_digest"),
):
    withhold(_model, _names, because=_SIGNS_IN, from_its_person=True)
