"""Acts about minors in words, for the trail."""

from django.utils.translation import gettext_lazy as _

from qince.kit.resource import timeline

timeline.name_acts(
    {
        "guardians.learn_birthday": _("Age checked"),
        "guardians.watch": _("Minors looked after"),
        "guardians.enter_guardian": _("Guardian entered"),
        "guardians.ask_again": _("Guardian asked again"),
        "guardians.ask_after_release": _("Guardians asked after a change of the policy"),
        "guardians.answer": _("Guardian answered"),
        "guardians.withdraw": _("Guardian's consent withdrawn"),
        "guardians.open_review": _("Age review opened"),
        "guardians.find": _("Age review: a finding"),
    }
)
timeline.name_kinds(
    {
        "guardians.minor": _("Minor"),
        "guardians.guardian": _("Guardian"),
        "guardians.agereview": _("Age review"),
    }
)
timeline.name_kinds(
    {
        "guardians.guardianconsent": _("Guardian's answer"),
    }
)
timeline.name_facts(
    {
        "asked": _("asked"),
        "granted": _("agreed"),
        "seat": _("seat"),
    }
)
