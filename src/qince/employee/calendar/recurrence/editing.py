"""The three edits of a series: this occurrence, this and all that follow, all of them."""

from dataclasses import dataclass, replace
from datetime import datetime

from qince.employee.calendar.recurrence.rules import BadRule, Rule, instant, wall_of
from qince.employee.calendar.recurrence.series import Override, Series, check, holds, originals


@dataclass(frozen=True, slots=True)
class Change:
    """When an occurrence is to be instead. `rule` None leaves the rule; `ends_series` makes the event a single one."""

    starts: datetime
    ends: datetime
    zone: str
    all_day: bool
    rule: Rule | None = None
    ends_series: bool = False


def require(series: Series, original: datetime) -> None:
    """Raise `BadRule` for a start at which the series has nothing."""
    if original in series.exdates or not holds(series, original):
        raise BadRule("no_occurrence")


def take_out(series: Series, original: datetime) -> Series:
    """Without this occurrence."""
    require(series, original)
    return replace(
        series,
        exdates=series.exdates | {original},
        overrides=tuple(each for each in series.overrides if each.original != original),
    )


def split(series: Series, original: datetime) -> tuple[Series | None, Series]:
    """What is before the occurrence, and it with all that follow; together they expand to what the whole did.

    Exdates and overrides go with the half their original start lies in, wherever an override has been moved to.
    """
    require(series, original)
    before = [each for each in originals(series, original) if each < original]
    if not before or series.rule is None:
        return None, series
    rule = series.rule
    if rule.count is not None:
        left_rule, right_rule = (
            replace(rule, count=len(before)),
            replace(rule, count=rule.count - len(before)),
        )
    else:
        left_rule, right_rule = replace(rule, until=before[-1]), rule
    left = replace(
        series,
        rule=left_rule,
        exdates=frozenset(each for each in series.exdates if each < original),
        overrides=tuple(each for each in series.overrides if each.original < original),
    )
    right = replace(
        series,
        starts=original,
        ends=_end(series, original),
        rule=_anchored(right_rule, series, original),
        exdates=frozenset(each for each in series.exdates if each >= original),
        overrides=tuple(each for each in series.overrides if each.original >= original),
    )
    return left, right


def _end(series: Series, original: datetime) -> datetime:
    """When the occurrence ends, by the clocks: every occurrence lasts as long, also where they change meanwhile."""
    if series.all_day:
        return original + (series.ends - series.starts)
    length = instant(series.ends, series.zone) - instant(series.starts, series.zone)
    return wall_of(instant(original, series.zone) + length, series.zone)


def _anchored(rule: Rule, series: Series, original: datetime) -> Rule:
    """What a rule takes from the first start, said in so many words: 31 January monthly must not become the 28th."""
    if rule.frequency == "WEEKLY" and not rule.days:
        return replace(rule, days=((series.starts.weekday(), 0),))
    if rule.frequency == "MONTHLY" and not (rule.days or rule.month_days):
        return replace(rule, month_days=(series.starts.day,))
    if rule.frequency == "YEARLY" and not (rule.days or rule.month_days):
        return replace(rule, months=rule.months or (series.starts.month,), month_days=(series.starts.day,))
    return rule


def change_all(series: Series, original: datetime, change: Change) -> Series:
    """The whole series moved as its occurrence at `original` is; exceptions move along where the new rule has them."""
    shift = change.starts - original
    starts = series.starts + shift
    rule = None if change.ends_series else change.rule or _moved(series.rule, original, change.starts)
    changed = Series(
        change.zone, starts, starts + (change.ends - change.starts), change.all_day, rule, frozenset(), ()
    )
    check(changed)
    moved = {each + shift for each in series.exdates}
    kept = {each.original + shift: each for each in series.overrides}
    last = max([*moved, *kept], default=None)
    there = set(originals(changed, last)) if last is not None and rule is not None else set()
    return replace(
        changed,
        exdates=frozenset(moved & there),
        overrides=tuple(replace(each, original=at) for at, each in sorted(kept.items()) if at in there),
    )


def change_following(series: Series, original: datetime, change: Change) -> tuple[Series | None, Series]:
    """The series cut before the occurrence, and the changed rest as a series of its own."""
    left, right = split(series, original)
    return left, change_all(right, original, change)


def _moved(rule: Rule | None, original: datetime, starts: datetime) -> Rule | None:
    """A rule by weekdays moves with its days; one by days of the month must be said anew, as `check` finds out."""
    if rule is None:
        return None
    if rule.until is not None:
        rule = replace(rule, until=rule.until + (starts - original))
    if rule.frequency != "WEEKLY" or not rule.days:
        return rule
    # By dates, not by 24 hours: from 09:00 to 08:00 of the next day is one weekday on.
    days = (starts.date() - original.date()).days
    return replace(rule, days=tuple(sorted(((day + days) % 7, nth) for day, nth in rule.days)))


def overridden(series: Series, override: Override) -> Series:
    """With one occurrence put elsewhere; a second override of the same takes the first one's place."""
    require(series, override.original)
    rest = tuple(each for each in series.overrides if each.original != override.original)
    return replace(series, overrides=(*rest, override))
