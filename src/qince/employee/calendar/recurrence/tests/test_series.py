"""Expansion keeps wall time; a split series expands to what the whole did; exceptions go where they belong."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qince.employee.calendar.recurrence import editing
from qince.employee.calendar.recurrence.editing import Change
from qince.employee.calendar.recurrence.rules import BadRule, instant, parse, wall_of
from qince.employee.calendar.recurrence.series import Override, Series, expand, originals

BERLIN = "Europe/Berlin"
BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def series(rule, starts=datetime(2026, 1, 5, 9), hours=1, zone=BERLIN, all_day=False, **more):
    parsed = parse(rule, zone, all_day=all_day) if rule else None
    length = timedelta(days=hours) if all_day else timedelta(hours=hours)
    return Series(zone, starts, starts + length, all_day, parsed, **more)


def test_a_weekly_nine_o_clock_in_berlin_stays_nine_o_clock_across_both_changes():
    found = expand(series("FREQ=WEEKLY"), BEGIN, END, "Asia/Shanghai")
    assert len(found) == 52
    assert {each.starts_at.astimezone(ZoneInfo(BERLIN)).hour for each in found} == {9}
    assert {each.starts_at.hour for each in found} == {8, 7}  # in UTC it moved, so offsets were not fixed
    assert [each.starts.weekday() for each in found] == [0] * 52


def test_an_occurrence_in_a_gap_happens_once_and_the_series_goes_on():
    nightly = series("FREQ=DAILY;COUNT=3", datetime(2026, 3, 28, 2, 30), hours=1)
    found = expand(nightly, BEGIN, END, BERLIN)
    assert [each.starts for each in found] == [
        datetime(2026, 3, 28, 2, 30), datetime(2026, 3, 29, 3, 30), datetime(2026, 3, 30, 2, 30),
    ]  # fmt: skip
    assert [each.original.hour for each in found] == [2, 2, 2]


def test_an_occurrence_in_the_doubled_hour_is_the_first_one():
    found = expand(series("FREQ=DAILY;COUNT=2", datetime(2026, 10, 24, 2, 30)), BEGIN, END, BERLIN)
    assert [each.starts_at.hour for each in found] == [0, 0]


def test_a_night_of_eight_hours_lasts_eight_hours_when_the_clocks_change():
    nights = series("FREQ=DAILY;COUNT=3", datetime(2026, 3, 27, 22), hours=8)
    found = expand(nights, BEGIN, END, BERLIN)
    assert {each.ends_at - each.starts_at for each in found} == {8 * HOUR}
    assert [each.ends.hour for each in found] == [6, 7, 6]


def test_an_all_day_event_is_a_date_wherever_one_looks():
    birthday = series("FREQ=YEARLY", datetime(2026, 6, 1), hours=1, all_day=True)
    for zone in ("Asia/Shanghai", "America/Los_Angeles", BERLIN):
        (found,) = expand(birthday, BEGIN, END, zone)
        assert (found.starts, found.ends) == (datetime(2026, 6, 1), datetime(2026, 6, 2))
        assert found.starts_at.astimezone(ZoneInfo(zone)).hour == 0


def test_a_window_holds_what_overlaps_it_and_nothing_beside():
    night = series(None, datetime(2026, 5, 4, 22), hours=8, zone="UTC")
    at = datetime(2026, 5, 5, tzinfo=UTC)
    assert expand(night, at, at + HOUR, BERLIN)
    assert not expand(night, at + 6 * HOUR, at + 7 * HOUR, BERLIN)
    with pytest.raises(ValueError, match="too long"):
        expand(night, at, at + timedelta(days=900), BERLIN)


def test_an_override_takes_the_place_of_its_original_and_an_exdate_leaves_a_hole():
    base = series("FREQ=DAILY;COUNT=4")
    second, third = datetime(2026, 1, 6, 9), datetime(2026, 1, 7, 9)
    moved = Override(second, datetime(2026, 1, 20, 15), datetime(2026, 1, 20, 16), BERLIN)
    changed = editing.take_out(editing.overridden(base, moved), third)
    found = [each.starts for each in expand(changed, BEGIN, END, BERLIN)]
    assert found == [datetime(2026, 1, 5, 9), datetime(2026, 1, 8, 9), datetime(2026, 1, 20, 15)]
    with pytest.raises(BadRule):
        editing.take_out(changed, third)  # it is out already
    with pytest.raises(BadRule):
        editing.overridden(base, replace(moved, original=datetime(2026, 1, 6, 10)))


def test_all_moved_by_a_day_takes_weekdays_and_exceptions_along():
    base = series("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=6", exdates=frozenset({datetime(2026, 1, 7, 9)}))
    original = datetime(2026, 1, 5, 9)
    change = Change(datetime(2026, 1, 6, 8), datetime(2026, 1, 6, 10), BERLIN, False)
    changed = editing.change_all(base, original, change)
    assert changed.exdates == {datetime(2026, 1, 8, 8)}
    found = [each.starts for each in expand(changed, BEGIN, END, BERLIN)]
    assert found[:2] == [datetime(2026, 1, 6, 8), datetime(2026, 1, 13, 8)]
    assert {each.weekday() for each in found} == {1, 3}


def test_following_leaves_what_was_before_and_changes_the_rest():
    base = series("FREQ=WEEKLY;COUNT=10")
    third = datetime(2026, 1, 19, 9)
    left, right = editing.change_following(
        base, third, Change(third + 5 * HOUR, third + 6 * HOUR, BERLIN, False)
    )
    assert left is not None
    assert [each.starts.hour for each in expand(left, BEGIN, END, BERLIN)] == [9, 9]
    assert [each.starts.hour for each in expand(right, BEGIN, END, BERLIN)] == [14] * 8


def test_a_split_on_the_31st_does_not_become_another_day():
    base = series("FREQ=MONTHLY;BYMONTHDAY=-1", datetime(2026, 1, 31, 9))
    _left, right = editing.split(base, datetime(2026, 2, 28, 9))
    assert [each.starts.day for each in expand(right, BEGIN, END, BERLIN)][:3] == [28, 31, 30]


RULES = st.sampled_from([
    "FREQ=DAILY", "FREQ=DAILY;INTERVAL=3", "FREQ=DAILY;INTERVAL=2;BYDAY=MO,TU,WE", "FREQ=WEEKLY",
    "FREQ=WEEKLY;BYDAY=MO,WE,FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU", "FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,TH",
    "FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1,15,31",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1", "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
    "FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=29,30",
])  # fmt: skip
ENDS = st.one_of(
    st.just(""), st.integers(1, 30).map(lambda n: f";COUNT={n}"), st.just(";UNTIL=20261015T120000Z")
)
ZONES = st.sampled_from([BERLIN, "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "Pacific/Apia"])


@st.composite
def whole_series(draw):
    """A series that begins where its rule does, some occurrences taken out, some moved."""
    zone, all_day = draw(ZONES), draw(st.booleans())
    hour = 0 if all_day else draw(st.integers(0, 23))
    day = draw(st.integers(0, 120))
    rule = parse(draw(RULES) + draw(ENDS), zone, all_day=all_day)
    begun = Series(
        zone, datetime(2026, 1, 1, hour) + timedelta(days=day), datetime(2026, 1, 2), all_day, rule
    )
    first = next(originals(begun, begun.starts + timedelta(days=800)), None)
    assume(first is not None)
    length = (
        timedelta(days=draw(st.integers(1, 3))) if all_day else timedelta(minutes=draw(st.integers(0, 2000)))
    )
    found = replace(begun, starts=first, ends=first + length)
    there = list(originals(found, first + timedelta(days=500)))
    out = draw(st.sets(st.sampled_from(there), max_size=3))
    moved = draw(st.sets(st.sampled_from(there), max_size=3)) - out
    shift = timedelta(days=draw(st.integers(-20, 20)))
    overrides = tuple(
        Override(each, each + shift, each + shift + length, zone, all_day) for each in sorted(moved)
    )
    return replace(found, exdates=frozenset(out), overrides=overrides)


def _ends_once(whole, original):
    length = instant(whole.ends, whole.zone) - instant(whole.starts, whole.zone)
    end = instant(original, whole.zone) + length
    return instant(wall_of(end, whole.zone), whole.zone) == end


def _all(found):
    return expand(found, BEGIN - timedelta(days=60), BEGIN + timedelta(days=700), "Asia/Shanghai")


def test_split_where_the_clocks_change_meanwhile_it_lasts_as_long_as_before():
    """Found by the test below: the part to the right began with four hours on the clock, three in truth."""
    nights = series("FREQ=DAILY;COUNT=4", datetime(2026, 3, 27, 23), hours=4)
    left, right = editing.split(nights, datetime(2026, 3, 28, 23))
    assert right.ends == datetime(2026, 3, 29, 4)
    assert sorted([*_all(left), *_all(right)], key=lambda each: each.starts_at) == _all(nights)


@settings(max_examples=150, deadline=None)
@given(whole_series(), st.data())
def test_a_split_series_expands_to_what_the_whole_did(whole, data):
    there = [
        each for each in originals(whole, whole.starts + timedelta(days=400)) if each not in whole.exdates
    ]
    assume(there)
    original = data.draw(st.sampled_from(there))
    # No wall time stands for the second pass of a doubled hour: no series can be written whose first night ends then.
    assume(whole.all_day or _ends_once(whole, original))
    left, right = editing.split(whole, original)
    parts = [*(_all(left) if left else []), *_all(right)]
    key = lambda each: (each.starts_at, each.ends_at, each.original)  # noqa: E731
    assert sorted(parts, key=key) == _all(whole)


@settings(max_examples=100, deadline=None)
@given(whole_series(), st.data())
def test_an_edit_of_the_following_leaves_every_earlier_occurrence_alone(whole, data):
    there = [
        each for each in originals(whole, whole.starts + timedelta(days=400)) if each not in whole.exdates
    ]
    assume(there)
    original = data.draw(st.sampled_from(there))
    change = Change(original + HOUR, original + 2 * HOUR, whole.zone, False)
    assume(change.starts.date() == original.date())
    left, right = editing.change_following(whole, original, change)
    before = [each for each in _all(whole) if each.original < original]
    assert (_all(left) if left else []) == before
    moved = {each.original for each in whole.overrides}
    expected = {each for each in originals(whole, datetime(2027, 5, 1)) if each >= original}
    found = {each - HOUR for each in originals(right, datetime(2027, 5, 1, 1))}
    assert found == expected
    assert {each.original - HOUR for each in right.overrides} == {each for each in moved if each >= original}
    assert {each - HOUR for each in right.exdates} == {each for each in whole.exdates if each >= original}


@settings(max_examples=60, deadline=None)
@given(whole_series())
def test_a_rule_survives_being_written_and_read(whole):
    text = whole.rule.as_text(whole.zone, all_day=whole.all_day)
    again = replace(whole, rule=parse(text, whole.zone, all_day=whole.all_day))
    assert _all(again) == _all(whole)
