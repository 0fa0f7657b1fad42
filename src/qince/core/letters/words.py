"""Reasons why a channel did not bring a letter, in words."""

from django.utils.translation import gettext_lazy as _

from qince.kit.errors import Text
from qince.kit.resource import timeline

REASONS: dict[str, Text] = {
    "no_account": _("has no account"),
    "left": _("has left"),
    "no_email": _("no e-mail address"),
    "no_mobile": _("no mobile number"),
    "unsubscribed": _("unsubscribed"),
    "quota": _("this month's text messages are used up"),
    "address_refused": _("the mail server refused the address"),
    "number_refused": _("the gateway says there is no such number"),
    "suppressed": _("the address refused too many messages"),
    "server_failed": _("the mail server did not answer"),
    "gateway_failed": _("the text message gateway failed"),
    "simulated": _("drill: nothing is sent"),
    "read_elsewhere": _("was read meanwhile"),
    "recalled": _("is no longer needed"),
}
# Which rule chose a channel.
DECISIONS: dict[str, Text] = {
    "sender": _("the sender chose this channel"),
    "standard": _("the usual channel"),
    "preference": _("your own preference"),
    "mandatory": _("required by the service or the law"),
    "escalation": _("was urgent and not read in time"),
}


def reason_words(code: str) -> str:
    return str(REASONS.get(code, code))


def decision_words(code: str) -> str:
    return str(DECISIONS.get(code, code))


timeline.name_kinds(
    {
        "letters.unsubscription": _("Kind of message switched off"),
    }
)
timeline.name_facts(
    {
        "count": _("number"),
    }
)
