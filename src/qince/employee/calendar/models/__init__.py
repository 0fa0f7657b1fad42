"""Events and their exceptions, who is invited, reminders; who sees whose agenda; keys of other programs."""

from qince.employee.calendar.models.access import AgendaShare, CalendarKey
from qince.employee.calendar.models.events import Attendee, Event, Reminder

__all__ = ["AgendaShare", "Attendee", "CalendarKey", "Event", "Reminder"]
