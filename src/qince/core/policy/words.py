"""Acts upon the policy in words."""

from django.utils.translation import gettext_lazy as _

from qince.kit.resource import timeline

timeline.name_acts(
    {
        "policy.export_processing": _("Record of processing exported"),
    }
)
timeline.name_kinds(
    {
        "policy.release": _("Release of the policy"),
        "policy.comment": _("Comment on a release"),
        "policy.assessment": _("Impact assessment"),
    }
)
