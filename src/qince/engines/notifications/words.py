"""What the console says about notifications: acts on record, and why a push message did not arrive."""

from django.utils.translation import gettext_lazy as _

from qince.core.letters.words import REASONS
from qince.kit.resource import timeline

REASONS.update(
    {
        "preference": _("switched off in the preferences"),
        "escalated": _("went as a text message"),
        "no_device": _("no device with push messages"),
        "push_failed": _("the push service did not answer"),
        "push_refused": _("the push service refused it"),
    }
)
timeline.name_acts(
    {
        "notifications.switch_on": _("Push messages switched on"),
        "notifications.switch_off": _("Push messages switched off"),
        "notifications.choose": _("Notification channels chosen"),
        "notifications.set_quiet": _("Quiet hours changed"),
        "notifications.escalate": _("Urgent message sent on"),
    }
)
timeline.name_kinds(
    {
        "notifications.preference": _("Notification preference"),
        "notifications.quiethours": _("Quiet hours"),
        "notifications.subscription": _("Browser that gets push messages"),
    }
)
