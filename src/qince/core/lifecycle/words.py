"""Acts upon terms, leavings and the end of the service in words, for the trail."""

from django.utils.translation import gettext_lazy as _

from qince.core.audit import instructions
from qince.kit.resource import timeline

instructions.count_as("lifecycle.request_cancellation", "lifecycle.withdraw_cancellation")
timeline.name_acts(
    {
        "lifecycle.announce_cessation": _("End of the service announced"),
        "lifecycle.cease": _("Service ended"),
        "lifecycle.close": _("Organization closed"),
        "lifecycle.confirm_cancellation": _("Cancellation confirmed"),
        "lifecycle.end_member": _("Member's account ended"),
        "lifecycle.enter_hotline_request": _("Cancellation asked for by telephone"),
        "lifecycle.finish": _("Cancellation carried out"),
        "lifecycle.note_term": _("Term noted"),
        "lifecycle.propose_ceased": _("Unused organization proposed for cancellation"),
        "lifecycle.propose_expiry": _("Expired organization proposed for cancellation"),
        "lifecycle.propose_taking_back": _("Free edition proposed to be taken back"),
        "lifecycle.request_cancellation": _("Cancellation asked for"),
        "lifecycle.announce_succession": _("New operator announced"),
        "lifecycle.take_over": _("New operator took over"),
        "lifecycle.watch_term": _("Term looked at"),
        "lifecycle.withdraw_cancellation": _("Cancellation withdrawn"),
        "lifecycle.offer_handover": _("Administration offered"),
        "lifecycle.answer_handover": _("Offered administration answered"),
        "lifecycle.withdraw_handover": _("Offered administration withdrawn"),
    }
)
timeline.name_kinds(
    {
        "lifecycle.term": _("Term"),
        "lifecycle.warning": _("Warning of a term"),
        "lifecycle.cancellation": _("Cancellation"),
        "lifecycle.handover": _("Handing over administration"),
        "lifecycle.cessation": _("End of the service"),
        "lifecycle.succession": _("Change of the operator"),
    }
)
