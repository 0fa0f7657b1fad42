"""Sessions of the console."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.registry import Kind, Personal, declare

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
