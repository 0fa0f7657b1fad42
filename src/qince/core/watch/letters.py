"""What is said when an account's use looked unusual. Owed for safety: it cannot be unsubscribed from."""

from django.utils.translation import gettext_lazy as _

from qince.core.letters.registry import kind

ABOUT_YOU = kind(
    "watch.alert",
    title=_("Unusual use of your account"),
    body=_("%(rule)s, %(time)s. If this was not you, sign your devices out and tell your administrator."),
    short=_("Your account was used in an unusual way. Open Qince to see."),
    is_mandatory=True,
)
ABOUT_SOMEBODY = kind(
    "watch.alert_of",
    title=_("Unusual use of the account of %(name)s"),
    body=_("%(rule)s, %(time)s. Please look at it and release or confirm the alert."),
    short=_("An account was used in an unusual way. Open Qince to see."),
    is_mandatory=True,
)
