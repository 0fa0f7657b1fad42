"""The two clocks of a case: the law's fifteen days, and the contact's fifteen working days. The earlier one counts."""

from datetime import date, datetime, timedelta

from qince.core.rights.calendar import working_days_after
from qince.core.rights.models import Case
from qince.kit.clock import local_date

DAYS = 15
AUTHORIZATION_DAYS = 7  # leaves the privacy officer time to decide inside the fifteen
REMIND_BEFORE = timedelta(days=2)


def start(case: Case, *, zone: str) -> None:
    """Set the clock that runs from receipt, and the second one where contact and identity are known at once."""
    received_on = local_date(case.received_at, zone)
    case.calendar_due_on = case.due_on = received_on + timedelta(days=DAYS)
    if case.verified_at is not None:
        start_second(case, zone=zone)


def start_second(case: Case, *, zone: str) -> None:
    """The clock from contact data and identity check; either may be the later one."""
    if case.verified_at is None or case.contact_at is None:
        return
    began_on = local_date(max(case.verified_at, case.contact_at), zone)
    case.working_due_on = working_days_after(began_on, DAYS)
    case.due_on = min(case.calendar_due_on, case.working_due_on)


def authorization_due(received_at: datetime, zone: str) -> date:
    return local_date(received_at, zone) + timedelta(days=AUTHORIZATION_DAYS)
