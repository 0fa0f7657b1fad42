"""From a weekly route to planned visits on dates. Pure: no database here."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID


class Stop(Protocol):
    week: int
    weekday: int
    sequence: int
    customer_id: UUID


def week_of_cycle(on: date, *, anchor: date, weeks: int) -> int:
    """1 … `weeks`: counted in whole weeks from the Monday of `anchor`, never from the ISO week number."""
    monday = anchor - timedelta(days=anchor.weekday())
    return ((on - monday).days // 7) % weeks + 1


def stops_on(on: date, stops: Iterable[Stop], *, anchor: date, weeks: int) -> Iterator[Stop]:
    """The stops due on a date, in order."""
    if on < anchor:
        return
    week = week_of_cycle(on, anchor=anchor, weeks=weeks)
    due = (stop for stop in stops if stop.week == week and stop.weekday == on.weekday())
    yield from sorted(due, key=lambda stop: stop.sequence)
