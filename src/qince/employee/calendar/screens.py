"""How the calendar's acts read in trails."""

from django.utils.translation import gettext_lazy as _

from qince.kit.resource import timeline

timeline.name_kinds(
    {
        "calendar.event": _("Calendar event"),
        "calendar.attendee": _("Invitation"),
        "calendar.reminder": _("Reminder"),
        "calendar.agendashare": _("Shared agenda"),
        "calendar.calendarkey": _("Key of a calendar app"),
    }
)
timeline.name_acts(
    {
        "calendar.create": _("Entered"),
        "calendar.import": _("Taken over from a file"),
        "calendar.change": _("Changed"),
        "calendar.remove": _("Removed"),
        "calendar.answer": _("Answered"),
        "calendar.set_reminder": _("Reminder set"),
        "calendar.remind": _("Reminded"),
        "calendar.share": _("Shared"),
        "calendar.unshare": _("Sharing ended"),
        "calendar.make_key": _("Made"),
        "calendar.revoke_key": _("Revoked"),
    }
)
timeline.name_facts(
    {
        "removed": _("Removed"),
        "left_out": _("Left out"),
        "ends_before": _("Ends before"),
        "exception": _("Exception"),
        "guests": _("Guests"),
        "reminder": _("Reminder, minutes before"),
        "shared": _("Shared with"),
        "ended": _("Ended with"),
        "revoked": _("Revoked"),
    }
)
