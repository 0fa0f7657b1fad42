"""Acts of erasing in words, for the trail."""

from django.utils.translation import gettext_lazy as _

from qince.kit.resource import timeline

timeline.name_acts({"erasure.erase": _("Erased a person's data")})
timeline.name_kinds({"erasure.erasure": _("Erasure"), "erasure.hold": _("Hold")})
