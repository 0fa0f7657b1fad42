"""What customers leave in the trail, in words."""

from django.utils.translation import gettext_lazy as _

from qince.kit.resource import timeline

timeline.name_kinds(
    {
        "customers.supplylink": _("Supply"),
    }
)
timeline.name_facts(
    {
        "assigned_to": _("assigned to"),
        "unassigned_from": _("taken from"),
        "supplier": _("supplier"),
    }
)
