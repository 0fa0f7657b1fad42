"""Reminders two days before a case is due, and an alarm each day once it is overdue."""

from datetime import datetime

from qince.core.rights import clocks, queries, telling
from qince.core.rights.models import Case
from qince.kit.action import action, note
from qince.kit.actor import Actor


@action("rights.remind")
def remind(actor: Actor, *, now: datetime) -> tuple[int, int]:
    """Write to the privacy officers; by the hourly job alone. Returns how many were reminded and alarmed of."""
    today = queries.today(now)
    open_ones = Case.objects.select_for_update().filter(state__in=Case.OPEN)
    soon = list(open_ones.filter(reminded_on__isnull=True, due_on__lte=today + clocks.REMIND_BEFORE))
    late = [case for case in open_ones.filter(due_on__lt=today) if case.alarmed_on != today]
    for case in soon:
        case.reminded_on = today
        case.save(update_fields=["reminded_on"])
        note(case, reminded=True)
        telling.officers(actor, case, telling.IN_TIME, now=now)
    for case in late:
        case.alarmed_on = today
        case.save(update_fields=["alarmed_on"])
        note(case, overdue=True)
        telling.officers(actor, case, telling.OVERDUE, now=now)
    return len(soon), len(late)
