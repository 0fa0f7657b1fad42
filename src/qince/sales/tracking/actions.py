"""Writes of tracks."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from qince.employee.attendance.models import Punch
from qince.engines.evidence.envelope import Evidence, read_time
from qince.engines.sync.registry import Context
from qince.kit import copying
from qince.kit.action import action, note_set
from qince.kit.actor import Actor
from qince.kit.ids import uuid7
from qince.kit.vault.fields import sealed_rows
from qince.sales.tracking.models import Fix
from qince.sales.tracking.payloads import Positions, PositionsAnswer, TrackPoint
from qince.sales.tracking.rules import (
    Span,
    is_beyond_retention,
    is_within,
    require_tracking,
    require_usable_clock,
    working_spans,
)

BEYOND_RETENTION, OUTSIDE_WORKING_TIME = "beyond_retention", "outside_working_time"
PERMISSION_REVOKED = "permission_revoked"
_SEALED = ("lat", "lng", "accuracy_m", "speed_mps")
_NAMES = ("id", "organization", "employee", "at", "skew_s", "device_id", *_SEALED)
Timed = tuple[datetime, TrackPoint]  # the server's reading of the time, and the point


@action("tracking.ingest", permission=None)
def ingest(actor: Actor, *, sent: Positions, context: Context) -> PositionsAnswer:
    """Keep the actor's own points of working time; sent again they change nothing.

    Refuses the batch without the organization's switch or the person's consent. The trail says how many, never where.
    """
    require_tracking(context)
    require_usable_clock(sent, context)
    refused: Counter[str] = Counter()
    timed = list(_recent(sent, context, refused))
    spans = _spans(actor, timed, context)
    inside = [each for each in timed if is_within(each[0], spans)]
    refused[OUTSIDE_WORKING_TIME] = len(timed) - len(inside)
    kept = copying.insert_new(Fix, _NAMES, _rows(actor, context, inside))
    counts = {reason: count for reason, count in refused.items() if count}
    note_set(Fix, actor.name, kept=kept, repeated=len(inside) - kept, refused=counts)
    return PositionsAnswer(kept, len(inside) - kept, counts, context.received_at)


def _recent(sent: Positions, context: Context, refused: Counter[str]) -> Iterator[Timed]:
    """The points that may be kept at all, each with the time at which it was really taken."""
    for point in sent.points:
        if is_beyond_retention(point, sent):
            refused[BEYOND_RETENTION] += 1
        else:
            evidence = Evidence(point.at, point.elapsed_ms, sent.boot)
            at = read_time(evidence, sent=sent.clock, received_at=context.received_at).at
            if context.standing.device_allows("location", lambda at=at: at, device_id=context.device_id):  # type: ignore[misc]
                yield at, point
            else:
                refused[PERMISSION_REVOKED] += 1


def _spans(actor: Actor, timed: Sequence[Timed], context: Context) -> list[Span]:
    """The actor's working time on the days of the points. A day more on each side bears any time zone."""
    if not timed:
        return []
    first, last = min(timed, key=_when)[0], max(timed, key=_when)[0]
    days = (first.date() - timedelta(days=1), last.date() + timedelta(days=1))
    punches = Punch.objects.filter(employee=actor.person_id, work_date__range=days)
    ordered = punches.only("kind", "at", "work_date").order_by("work_date", "at", "id")
    return working_spans(ordered, context.organization.time_zone)


def _when(timed: Timed) -> datetime:
    return timed[0]


def _rows(actor: Actor, context: Context, inside: list[Timed]) -> list[tuple[Any, ...]]:
    """In the order of `_NAMES`: where and how fast is sealed, all points in one go."""
    if not inside:
        return []
    places = [(point.lat, point.lng, point.accuracy_m, point.speed_mps) for _at, point in inside]
    sealed = sealed_rows(Fix, _SEALED, actor.organization_id, actor.person_id, places)
    return [
        (
            uuid7(),
            actor.organization_id,
            actor.person_id,
            point.at,
            round((point.at - at).total_seconds()),
            context.device_id,
            *place,
        )
        for (at, point), place in zip(inside, sealed, strict=True)
    ]
