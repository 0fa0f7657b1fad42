"""The letters of incidents. Owed by law: nobody can unsubscribe from them, and none is tracked."""

from django.utils.translation import gettext_lazy as _

from qince.core.letters.people import person
from qince.core.letters.registry import kind

_PARTS = _(
    "Kinds of data: %(data_kinds)s\n\n"
    "Cause: %(cause)s\n\n"
    "Possible harm: %(harm)s\n\n"
    "What happened and its effects: %(facts)s\n\n"
    "Measures taken or planned: %(measures)s\n\n"
    "What you can do yourself: %(advice)s\n\n"
    "Remedies: %(remedies)s\n\n"
    "How to reach us: %(contacts)s"
)
_GUARDIAN_PARTS = _(
    "You get this letter as parent or guardian of %(child)s, who has got a letter of the same content. Personal data "
    "of %(child)s is concerned. Please talk about it together, and help with what is advised below.\n\n"
    "Kinds of data: %(data_kinds)s\n\n"
    "Cause: %(cause)s\n\n"
    "Possible harm: %(harm)s\n\n"
    "What happened and its effects: %(facts)s\n\n"
    "Measures taken or planned: %(measures)s\n\n"
    "What you can do yourself: %(advice)s\n\n"
    "Remedies: %(remedies)s\n\n"
    "How to reach us: %(contacts)s"
)
_SHORT = _("An important notice about your personal data.")

NOTICE = kind(
    "incidents.notice", title=_("Notice about your personal data: %(title)s"), body=_PARTS,
    short=_SHORT, is_mandatory=True,
)  # fmt: skip
GUARDIAN = kind(
    "incidents.guardian", title=_("Notice to the guardian of %(child)s: %(title)s"), body=_GUARDIAN_PARTS,
    short=_("An important notice about your child's personal data."), is_mandatory=True, words={"child": person},
)  # fmt: skip
ALARM = kind(
    "incidents.alarm", title=_("Incident “%(title)s” must be settled by %(due)s"),
    body=_("Not yet done: %(missing)s"), is_mandatory=True,
    short=_("An incident nears its deadline."),
)  # fmt: skip
OVERDUE = kind(
    "incidents.overdue", title=_("Incident “%(title)s” is overdue since %(due)s"),
    body=_("Not yet done: %(missing)s"), is_mandatory=True, short=_("An incident is overdue."),
)  # fmt: skip
DRILL_DUE = kind(
    "incidents.drill_due", title=_("A drill is due"),
    body=_("There was no incident drill in the last twelve months. Open an incident and mark it as a drill: "
           "nothing is sent."),
    is_mandatory=True, short=_("An incident drill is due."),
)  # fmt: skip
