"""Instructions and exports in words."""

from django.utils.translation import gettext_lazy as _

from qince.core.audit import instructions
from qince.kit.resource import timeline

timeline.name_acts(
    {
        "processing.request_export": _("Export of all data asked for"),
        "processing.export": _("Export of all data taken away"),
        "processing.remove_export": _("Export of all data removed"),
        "processing.instruct": _("Instruction in words"),
        "processing.instructions.export": _("Exported the instructions"),
    }
)
timeline.name_kinds({"processing.archive": _("Export of all data")})
timeline.name_facts({"instruction": _("instruction"), "rows": _("rows")})
instructions.count_as("processing.request_export", "processing.remove_export", "processing.instruct")
