"""What stands in the way of a plan: one's own events, leave and visits, and guests who are busy."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from qince.employee.calendar import queries
from qince.employee.calendar.overlays import layers, overlays
from qince.employee.calendar.recurrence.series import Series, expand
from qince.kit.actor import Actor

AHEAD = 10  # of a series its first occurrences are looked at
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Conflict:
    who: str  # empty: oneself
    what: str
    starts_at: datetime
    ends_at: datetime


def conflicts(
    actor: Actor,
    series: Series,
    guest_ids: Collection[UUID],
    *,
    zone: str,
    now: datetime,
    but: UUID | None = None,
) -> list[Conflict]:
    """Told while planning, never a reason to refuse. Of guests as much as the actor may see of them: busy, at most."""

    begin = max(
        now, queries.day_bounds(series.starts.date(), series.starts.date(), zone)[0] - timedelta(days=1)
    )
    coming = expand(series, begin, begin + timedelta(days=90), zone)[:AHEAD]
    if not coming:
        return []
    visible = queries.busy_people(actor).filter(pk__in=[actor.person_id, *guest_ids])
    names = dict(visible.values_list("pk", "name"))
    names[actor.person_id] = ""
    begin, end = coming[0].starts_at, max(each.ends_at for each in coming)
    found = [
        Conflict(
            names.get(who, ""),
            each.texts.title if each.texts else _("Busy"),
            each.occurrence.starts_at,
            each.occurrence.ends_at,
        )
        for each in queries.agenda(actor, list(names), begin, end, zone=zone)
        if each.event_id is None or each.event_id != but
        for who in each.people
    ]
    found += [
        Conflict(names.get(each.employee_id, ""), each.label, each.starts_at, each.ends_at)
        for each in overlays(
            actor,
            list(names),
            begin.date(),
            end.date(),
            [code for code, one in layers.items() if one.is_busy],
        )
    ]
    hits = [
        each
        for each in found
        if any(each.starts_at < one.ends_at and each.ends_at > one.starts_at for one in coming)
    ]
    return sorted(set(hits), key=lambda each: (each.starts_at, each.who))[:MOST_SHOWN]


__all__ = ["Conflict", "conflicts"]
