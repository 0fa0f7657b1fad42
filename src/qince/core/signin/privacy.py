"""Sessions of the console."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import Kind, Personal, declare, function

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
    ),
)
