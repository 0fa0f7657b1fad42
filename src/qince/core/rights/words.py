"""Acts upon requests in words, and what a request is made of."""

from django.utils.translation import gettext_lazy as _

from qince.kit.resource import timeline

timeline.name_acts(
    {
        "rights.answer_survey": _("Handling rated"),
        "rights.choose_pushed": _("Pushed information chosen"),
        "rights.end_legacy": _("Digital legacy taken back"),
        "rights.make_legacy": _("Digital legacy arranged"),
    }
)
timeline.name_kinds(
    {
        "rights.refused": _("Refused decision"),
        "rights.caseentry": _("Step of a request"),
        "rights.casefile": _("File of a request"),
        "rights.diagnostics": _("Device details handed in"),
        "rights.survey": _("Rating of a request"),
        "rights.onward": _("Recipient told of a request"),
        "rights.legacy": _("Digital legacy"),
        "rights.review": _("Review of a decision"),
        "rights.preference": _("Choice of pushed information"),
    }
)
