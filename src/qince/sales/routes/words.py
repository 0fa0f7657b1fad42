"""What routes leave in the trail, in words."""

from django.utils.translation import gettext_lazy as _

from qince.kit.resource import timeline

timeline.name_facts(
    {
        "stops": _("stops"),
    }
)
