"""Acts of certification in words, for the trail."""

from django.utils.translation import gettext_lazy as _

from qince.kit.resource import timeline

timeline.name_acts(
    {
        "certification.enter": _("Certification entered"),
        "certification.submit": _("Certification submitted"),
        "certification.approve": _("Certification approved"),
        "certification.reject": _("Certification rejected"),
        "certification.open_papers": _("Papers opened by the operator"),
        "certification.expire": _("Certification expired"),
    }
)
timeline.name_kinds({"certification.certification": _("Certification")})
timeline.name_kinds(
    {
        "certification.certifiedcode": _("Certified code"),
    }
)
