"""Whether positions may be taken from a person, and during which time. No writes here."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from qince.core.organizations.settings import LocationUse
from qince.core.privacy.gate import BACKGROUND, LOCATION
from qince.employee.attendance.models import Punch
from qince.engines.sync.registry import Context
from qince.kit.errors import Refusal
from qince.sales.tracking.models import RETENTION
from qince.sales.tracking.payloads import Positions, TrackPoint
from qince.sales.tracking.privacy import TRACKING

Span = tuple[datetime, datetime]
CLOCK_LIMIT = timedelta(days=60 * 365)  # a phone without time believes it is 1970


def require_tracking(context: Context) -> None:
    """Two keys are needed: the organization's switch and the person's own consent, to this alone (C2.2.5-04); beside
    that the circumstances under which the position may be read at all (C2.2.4-14).
    """
    if context.settings.location_tracking == LocationUse.OFF:
        raise Refusal("tracking_off", _("Your organization does not use location tracking."), status=403)
    for purpose, circumstances, alternative in (
        (LOCATION, BACKGROUND, _("You have not agreed to be located in the background. Nothing was kept.")),
        (TRACKING, "", _("You have not agreed to a track of your working time. Nothing was kept.")),
    ):
        context.standing.require(
            purpose, circumstances, function="tracking.positions", alternative=alternative
        )


def require_usable_clock(sent: Positions, context: Context) -> None:
    """A clock may be wrong, and is then corrected; one that is wrong by lifetimes is no clock."""
    if abs(sent.clock.device_time - context.received_at) > CLOCK_LIMIT:
        raise Refusal("clock_unusable", _("The time on this phone is wrong. Set it, then send again."))


def is_beyond_retention(point: TrackPoint, sent: Positions) -> bool:
    """Whether the point lies farther from the moment of sending, by either clock, than anything is kept."""
    if abs(sent.clock.device_time - point.at) > RETENTION:
        return True
    steady_ms = sent.clock.elapsed_ms - point.elapsed_ms
    return sent.boot == sent.clock.boot and steady_ms > RETENTION / timedelta(milliseconds=1)


def working_spans(punches: Iterable[Punch], zone: str) -> list[Span]:
    """From each clock-in to the next clock-out of the same work date; `punches` are one person's, in order.

    A missing clock-out ends with its date: nobody is followed home because a press was forgotten.
    """
    spans: list[Span] = []
    for on, presses in groupby(punches, key=lambda punch: punch.work_date):
        began: datetime | None = None
        for punch in presses:
            if punch.kind == Punch.Kind.IN:
                began = began or punch.at
            elif began is not None:
                spans.append((began, punch.at))
                began = None
        if began is not None:
            spans.append((began, _end_of(on, zone)))
    return spans


def _end_of(on: date, zone: str) -> datetime:
    return datetime.combine(on + timedelta(days=1), time(), ZoneInfo(zone))


def is_within(at: datetime, spans: Iterable[Span]) -> bool:
    return any(first <= at <= last for first, last in spans)
