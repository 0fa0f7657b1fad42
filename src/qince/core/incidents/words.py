"""What incidents leave behind, in words."""

from django.utils.translation import gettext_lazy as _

from qince.kit.resource import timeline

timeline.name_kinds(
    {
        "incidents.announcement": _("Public announcement"),
    }
)
