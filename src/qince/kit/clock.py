"""The one clock. Edges (views, jobs, commands) read it and pass `now` inwards, so rules can be tested at any time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return timezone.now()


def local_date(instant: datetime, zone: str) -> date:
    """The calendar date of `instant` in the IANA zone `zone`."""
    return instant.astimezone(ZoneInfo(zone)).date()
