"""Codes shown at work places: whoever types the one of this minute was there. They are kept nowhere.

A phone without signal may send its press hours later; the code is compared with that of the minute of the press.
"""

from collections.abc import Iterable
from datetime import datetime

from qince.core.accounts.keys import keyed_digest
from qince.employee.attendance.models import WorkPlace

EACH_S = 60
# Read from a screen, typed, pressed; and the time of a press is read from the phone's clock.
EARLIER, LATER = 3, 1
DIGITS = 6


def code_of(place: WorkPlace, at: datetime, step: int = 0) -> str:
    """The code of the minute `step` minutes from that of `at`."""
    minute = int(at.timestamp()) // EACH_S + step
    digest = keyed_digest("attendance.place_code", str(place.organization_id), str(place.pk), str(minute))
    return f"{int(digest[:16], 16) % 10**DIGITS:0{DIGITS}d}"


def place_of(code: str, places: Iterable[WorkPlace], at: datetime) -> WorkPlace | None:
    """The place that showed this code when the press was made."""
    said = code.strip().replace(" ", "")
    if len(said) != DIGITS:
        return None
    steps = range(-EARLIER, LATER + 1)
    return next((place for place in places if any(code_of(place, at, step) == said for step in steps)), None)


def seconds_left(at: datetime) -> int:
    return EACH_S - int(at.timestamp()) % EACH_S
