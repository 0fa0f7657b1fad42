"""Acts upon products in words."""

from django.utils.translation import gettext_lazy as _

from qince.kit.resource import timeline

timeline.name_acts(
    {
        "products.import_pictures": _("Pictures imported"),
        "products.upload_pictures": _("Pictures uploaded"),
    }
)
