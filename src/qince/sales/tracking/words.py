"""Acts of the track in words."""

from django.utils.translation import gettext_lazy as _

from qince.kit.resource import timeline

timeline.name_acts(
    {
        "tracking.ingest": _("Positions received"),
    }
)
timeline.name_facts(
    {
        "kept": _("kept"),
        "refused": _("refused"),
        "repeated": _("sent again"),
    }
)
