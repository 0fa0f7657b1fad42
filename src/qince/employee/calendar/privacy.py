"""What the calendar keeps of people. Titles, places and notes are sealed under the owner's key."""

from django.utils.translation import gettext_lazy as _

from qince.core.privacy.functions import Family
from qince.core.privacy.registry import Kind, NotPersonal, Personal, declare, function

function(
    "calendar.agenda",
    _("Calendar"),
    family=Family.EMPLOYEE,
    purposes=("basic",),
    scope=_("The events you enter, who is invited and what they answer, reminders, and with whom you share."),
    why=_("To plan days and meetings, and so that colleagues know when you are busy."),
    method=_(
        "Entered by you, titles and notes sealed under your own key. Colleagues see when you are busy; what an event is"
        " is seen by those invited, those you share with, and your managers unless you mark it busy or private."
    ),
    if_refused=_("Events cannot be kept here; shifts, leave and visits work without them."),
)
function(
    "calendar.apps",
    _("Your calendar in other apps"),
    family=Family.EMPLOYEE,
    purposes=("basic",),
    scope=_("The name you give a device or an app, a digest of its secret, and when it was last used."),
    why=_("So that a calendar app of your choice can read your agenda."),
    method=_("Only after you make an address or a password for it, and until you revoke it."),
    if_refused=_("The agenda can be read here and on the phone only."),
)
_KEY = NotPersonal("technical key")
_EVENT = Personal(
    _("Calendar: events"),
    Kind.BASIC,
    ("basic",),
    "employee",
    clauses=("C2.2.1-01",),
)
_INVITED = Personal(
    _("Calendar: invitations and answers"),
    Kind.BASIC,
    ("basic",),
    "employee",
    source="use",
    clauses=("C2.2.1-01",),
)
_REMINDER = Personal(
    _("Calendar: reminders"),
    Kind.BASIC,
    ("basic",),
    "employee",
    clauses=("C2.2.1-01",),
)
_SHARE = Personal(
    _("Calendar: who sees your agenda"),
    Kind.BASIC,
    ("basic",),
    "employee",
    clauses=("C2.2.1-01",),
)
_APP = Personal(
    _("Calendar: apps that read your agenda"), Kind.BASIC, ("basic",), "employee", clauses=("C2.2.1-01",),
)  # fmt: skip

declare("calendar.Event", "id organization", _KEY)
declare(
    "calendar.Event",
    "employee title place notes zone all_day starts_on starts_time ends_on ends_time rrule exdates override_of "
    "original_on original_time visibility spans_from spans_to sequence version uid source_digest created_at updated_at",
    _EVENT,
)
declare("calendar.Attendee", "id organization", _KEY)
declare("calendar.Attendee", "event employee status answered_at", _INVITED)
declare("calendar.Reminder", "id organization", _KEY)
declare("calendar.Reminder", "event employee minutes_before due_at", _REMINDER)
declare("calendar.AgendaShare", "id organization", _KEY)
declare("calendar.AgendaShare", "employee viewer since", _SHARE)
declare("calendar.CalendarKey", "id organization", _KEY)
declare("calendar.CalendarKey", "employee kind name digest created_at last_used_at revoked_at", _APP)
