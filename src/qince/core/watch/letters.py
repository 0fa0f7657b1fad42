"""What is said when an account's use looked unusual. Owed for safety: it cannot be unsubscribed from."""

from django.utils.translation import gettext_lazy as _

from qince.core.letters.people import person
from qince.core.letters.registry import kind
from qince.core.privacy.registers import registered
from qince.core.watch.deciding import RULES

# Of each rule a kind of its own, so that every reader gets its title in the own language.
ABOUT_YOU = {
    rule: kind(
        f"watch.alert.{rule}",
        title=registered.decisions[rule].title,
        body=_(
            "Your account, %(time)s. If this was not you, sign your devices out and tell your administrator. If it was "
            "you, have the alert explained, or looked at by a person: under My requests, Machine decisions about me."
        ),
        short=_("Your account was used in an unusual way. Open Qince to see."),
        is_mandatory=True,
    )
    for rule in RULES
}
ABOUT_SOMEBODY = {
    rule: kind(
        f"watch.alert_of.{rule}",
        title=registered.decisions[rule].title,
        body=_("The account of %(name)s, %(time)s. Please look at it and release or confirm the alert."),
        short=_("An account was used in an unusual way. Open Qince to see."),
        is_mandatory=True,
        words={"name": person},
    )
    for rule in RULES
}
STAFF_ACCESS = kind(
    "watch.staff_access",
    title=_("The operator's staff reads in your organization: %(name)s"),
    body=_(
        "Reason: %(reason)s. Until %(until)s, reading only. Everything done is on record in your audit trail."
    ),
    is_mandatory=True,
)
TRAINING_DUE = kind(
    "watch.training_due",
    title=_("Training to be repeated: %(topic)s"),
    body=_(
        "Due on %(day)s. Where your organization requires it, overdue training closes sensitive data of others."
    ),
    is_mandatory=True,
)
