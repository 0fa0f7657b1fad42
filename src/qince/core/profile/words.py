"""Acts upon the own information in words."""

from django.utils.translation import gettext_lazy as _

from qince.kit.resource import timeline

timeline.name_acts(
    {
        "profile.ask_code": _("Code asked for a new mobile number"),
    }
)
timeline.name_kinds(
    {
        "profile.profile": _("Personal information"),
    }
)
