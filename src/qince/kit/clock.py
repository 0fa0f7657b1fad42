"""The one clock. Edges (views, jobs, commands) read it and pass `now` inwards, so rules can be tested at any time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The current instant, aware, in UTC."""
    return _told.get() or timezone.now()


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Let it be `instant` inside: for histories that a demo or a test lays down. Never for people's acts."""
    token = _told.set(instant)
    try:
        yield
    finally:
        _told.reset(token)


@contextmanager
def in_zone(zone: str) -> Iterator[None]:
    """Let local days and hours inside be those of the IANA zone `zone`: "today", dates in words, exports."""
    with timezone.override(ZoneInfo(zone)):
        yield


def local_date(instant: datetime, zone: str) -> date:
    """The calendar date of `instant` in the IANA zone `zone`."""
    return instant.astimezone(ZoneInfo(zone)).date()


def shown(instant: datetime) -> datetime:
    """The instant on the wall of whoever reads; one that was put on the wall of a place stays there."""
    is_placed = isinstance(instant.tzinfo, ZoneInfo) and instant.tzinfo.key != "UTC"
    return instant if is_placed else timezone.localtime(instant)


def elsewhere(instant: datetime) -> str:
    """The name of the place on whose wall the instant is shown, if that is not where the reader is."""
    zone = getattr(instant.tzinfo, "key", "")
    is_here = zone in ("", "UTC", timezone.get_current_timezone_name())
    return "" if is_here else str(zone)


@cache
def zones() -> tuple[str, ...]:
    """The IANA zones that are a place (`Asia/Urumqi`), in the order of their names: what a form offers."""
    return tuple(sorted(each for each in available_timezones() if "/" in each and not each.startswith("Etc")))


def day_in(text: str) -> date | None:
    """The day that an address or a field holds as `2026-03-01`; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
