"""A result in sentences: which press, which due time, which threshold, under which rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qince.employee.attendance import words
from qince.employee.attendance.facts import Facts
from qince.employee.attendance.models import Correction, DayResult, GroupVersion, Punch, ShiftVersion
from qince.employee.attendance.replay.days import replay
from qince.employee.attendance.replay.results import Day, Point
from qince.employee.attendance.replay.zones import wall
from qince.kit.actor import Actor
from qince.kit.errors import Text

SOURCES: Mapping[str, Text] = {
    "roster": gettext_lazy("the roster"),
    "special": gettext_lazy("a special day of the group"),
    "holiday": gettext_lazy("the calendar of holidays and make-up days"),
    "weekly": gettext_lazy("the group's week"),
    "none": gettext_lazy("nothing planned"),
}
STANDING: Mapping[str, Text] = {
    "leave": gettext_lazy("Leave"),
    "trip": gettext_lazy("Business trip"),
    "out": gettext_lazy("Outing"),
    "field": gettext_lazy("Field work"),
    "remedy": gettext_lazy("Missed press"),
    "admin": gettext_lazy("Administrator's word"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One end of a slot: its title, its verdict with a tone, and the sentences behind it."""

    title: str
    result: Text
    tone: str
    sentences: list[str]
    point: Point


@dataclass(frozen=True, slots=True)
class Explained:
    day: Day
    zone: str  # of the group: its times are those of the wall there
    status: str
    rule: str
    shift: str
    source: Text
    kind: str
    lines: list[Line]


def results_of(employee_ids: list[UUID], first: date, last: date, now: datetime) -> dict[UUID, list[Day]]:
    """Replayed this moment, whatever is stored."""
    return dict(Facts(employee_ids, first, last).results(now))


def explain(employee_id: UUID, on: date, now: datetime, *, reader: Actor | None = None) -> Explained | None:
    """The day, replayed; None where the person belonged to no group. Without a `reader`, whose role says what they are
    shown of positions, no typed place is told.
    """
    facts = Facts([employee_id], on, on)
    found = replay(facts.case(employee_id, now))
    if not found:
        return None
    [day] = found
    plan = next(plan for plan in facts.people.plans(employee_id) if plan.on == on)
    assert plan.rule is not None
    rule = GroupVersion.objects.select_related("group").get(pk=day.rule)
    shift = ShiftVersion.objects.select_related("shift").filter(pk=day.shift or None).first()
    labels = {str(each.id): str(each.label) for each in facts.supplements.get(employee_id, ())}
    names = _Names(
        plan.rule.zone,
        labels,
        {str(each.pk): each for each in _presses(employee_id, day)},
        {str(each.pk): each for each in _corrections(employee_id, on)},
        reader,
    )
    several = len(day.points) > 2
    return Explained(
        day=day,
        zone=plan.rule.zone,
        status=str(DayResult.Status(day.status).label),
        rule=_("%(name)s, version %(version)d") % {"name": rule.group.name, "version": rule.version},
        shift=_("%(name)s, version %(version)d") % {"name": shift.shift.name, "version": shift.version}
        if shift
        else "",
        source=SOURCES[day.source],
        kind=str(DayResult.DayKind(day.kind).label),
        lines=[_line(point, names, several=several) for point in day.points],
    )


def asides(presses: Iterable[Punch]) -> list[str]:
    """Of presses that a person has to confirm: why they do not count, or who said they do."""
    return [_aside(press) for press in presses if press.confirm_for]


def _aside(press: Punch) -> str:
    said = {
        "time": words.time_of(press)[:5],
        "why": press.get_confirm_for_display(),
        "who": str(press.decided_by or _("Your organization")),
        "answer": press.answer or "—",
    }
    if press.counting == Punch.Counting.WAITING:
        return _("The press of %(time)s waits for a decision and does not count yet: %(why)s.") % said
    is_by_machine = press.confirm_for == Punch.Confirm.FACE and press.decided_by is None
    if is_by_machine and press.counting == Punch.Counting.COUNTED:
        return (
            _(
                "The press of %(time)s counts: the face is the one that was shown, and the head turned as asked."
            )
            % said
        )
    if press.counting == Punch.Counting.REFUSED:
        return _("The press of %(time)s does not count. %(who)s decided so: %(answer)s") % said
    return _("The press of %(time)s counts. %(who)s has confirmed it: %(answer)s") % said


def _corrections(employee_id: UUID, on: date) -> Any:
    return Correction.objects.filter(employee=employee_id, on=on).select_related("decided_by")


def _presses(employee_id: UUID, day: Day) -> Any:
    keys = {point.punch for point in day.points if point.punch}
    keys |= {str(step[1]) for point in day.points for step in point.trail if step[0] == "original"}
    return Punch.objects.filter(employee=employee_id, pk__in=keys).select_related("work_place")


@dataclass(frozen=True, slots=True)
class _Names:
    zone: str
    labels: dict[str, str]
    presses: dict[str, Punch]
    corrections: dict[str, Correction]
    reader: Actor | None

    def clock(self, at: int) -> str:
        return wall(self.zone, at).strftime("%m-%d %H:%M")


def _line(point: Point, names: _Names, *, several: bool) -> Line:
    title = _("Coming") if point.end == "on" else _("Going home")
    if several:
        title = f"{title} {point.slot + 1}"
    result, tone = words.RESULTS[point.result]
    sentences = [] if point.by == "free" else [_("Due at %(time)s.") % {"time": names.clock(point.due)}]
    sentences += [_step(kind, what, names) for kind, what in point.trail]
    sentences += [said for said in (_press(point, names), _limit(point)) if said]
    return Line(title, result, tone, sentences, point)


def _step(kind: str, what: int | str, names: _Names) -> str:
    if kind == "grace":
        return _("The night before ran late: %(minutes)s min later is in time.") % {"minutes": what}
    if kind == "flex":
        return _("Flexible hours move this by %(minutes)s min.") % {"minutes": what}
    if kind == "original":
        press = names.presses.get(str(what))
        time = names.clock(int(press.at.timestamp())) if press else "—"
        return _("The original press of %(time)s is kept.") % {"time": time}
    label = names.labels.get(str(what)) or str(STANDING.get(kind, kind))
    if kind in ("remedy", "admin"):
        return _corrected(names.corrections.get(str(what)), label, names)
    return _("%(what)s stands in and moves the due time.") % {"what": label}


def _corrected(row: Correction | None, label: str, names: _Names) -> str:
    """Who said what, and why."""
    if row is None:
        return _("Corrected: %(what)s.") % {"what": label}
    said = {
        "what": label,
        "time": names.clock(int(row.at.timestamp())) if row.at else "",
        "result": row.get_result_display(),
        "who": str(row.decided_by or _("Your organization")),
        "reason": row.reason,
    }
    if row.at is None:
        return _("%(what)s: %(who)s has set the result to “%(result)s”. %(reason)s") % said
    return _("%(what)s: by %(who)s %(time)s counts. %(reason)s") % said


def _press(point: Point, names: _Names) -> str:
    if point.supplement == "admin" and not point.punch:
        return ""
    if point.at is None:
        return _("No press within the time for it.")
    press = names.presses.get(point.punch)
    said = _("Pressed at %(time)s.") % {"time": names.clock(point.at)}
    if press is None or (names.reader is None and words.is_typed(press)):
        return said
    place = words.place_shown(names.reader, press) if names.reader else words.place_of(press)
    return f"{said} · {place}"


def _limit(point: Point) -> str:
    """What the verdict was measured by."""
    if point.result in ("late", "serious_late") or (point.result == "lack" and point.by == "late_as_lack"):
        return ngettext(
            "%(n)d minute late; up to %(limit)d is allowed before this verdict.",
            "%(n)d minutes late; up to %(limit)d are allowed before this verdict.",
            point.minutes,
        ) % {"n": point.minutes, "limit": point.limit}
    if point.result == "early" or (point.result == "lack" and point.by == "early_as_lack"):
        return ngettext(
            "%(n)d minute early; up to %(limit)d is allowed before this verdict.",
            "%(n)d minutes early; up to %(limit)d are allowed before this verdict.",
            point.minutes,
        ) % {"n": point.minutes, "limit": point.limit}
    if point.result == "pending":
        return _("The time for it, and for late uploads, is not over.")
    return ""
