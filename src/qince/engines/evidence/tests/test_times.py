"""When an act happened, told from two clocks that may both mislead."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from qince.engines.evidence.envelope import Clock, Evidence, read_time

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def reading(*, clock_at_act, clock_at_sending, steady, received, same_run=True):
    boot = uuid4()
    act = Evidence(device_time=clock_at_act, elapsed_ms=60_000, boot=boot)
    sent = Clock(
        device_time=clock_at_sending,
        elapsed_ms=60_000 + int(steady.total_seconds() * 1000),
        boot=boot if same_run else uuid4(),
    )
    return read_time(act, sent=sent, received_at=received)


@pytest.mark.parametrize(
    ("case", "clock_at_act", "clock_at_sending", "steady", "flags"),
    [
        ("a right clock", NINE, NINE + 5 * HOUR, 5 * HOUR, ()),
        ("a phone that slept", NINE, NINE + 5 * HOUR, HOUR, ()),
        ("a clock two hours fast", NINE + 2 * HOUR, NINE + 7 * HOUR, 5 * HOUR, ("clock_skew",)),
        ("a fast clock, set right in between", NINE + 2 * HOUR, NINE + 5 * HOUR, 5 * HOUR, ("clock_skew",)),
        ("a right clock, set forward in between", NINE, NINE + 7 * HOUR, 5 * HOUR, ()),
        ("a fast clock and a phone that slept", NINE + 2 * HOUR, NINE + 7 * HOUR, HOUR, ("clock_skew",)),
    ],
)
def test_the_act_is_dated_right(case, clock_at_act, clock_at_sending, steady, flags):
    found = reading(
        clock_at_act=clock_at_act, clock_at_sending=clock_at_sending, steady=steady, received=NINE + 5 * HOUR
    )
    assert (found.at, found.flags) == (NINE, flags), case


def test_across_starts_of_the_app_a_fast_clock_is_corrected():
    found = reading(
        clock_at_act=NINE + 2 * HOUR,
        clock_at_sending=NINE + 7 * HOUR,
        steady=timedelta(0),
        received=NINE + 5 * HOUR,
        same_run=False,
    )
    assert (found.at, found.skew) == (NINE, 2 * HOUR)


def test_a_time_in_the_future_becomes_the_time_of_arrival():
    found = reading(
        clock_at_act=NINE + 10 * HOUR,
        clock_at_sending=NINE,
        steady=timedelta(0),
        received=NINE,
        same_run=False,
    )
    assert found.at == NINE
    assert "future" in found.flags


def test_a_time_long_ago_is_kept_and_flagged():
    found = reading(
        clock_at_act=NINE - timedelta(days=400),
        clock_at_sending=NINE,
        steady=MINUTE,
        received=NINE,
        same_run=False,
    )
    assert "long_ago" in found.flags
    assert found.at == NINE - timedelta(days=400)


@pytest.mark.parametrize(
    ("told", "elapsed_ms"),
    [
        ("0001-01-01T00:00:00+14:00", 2**53),
        ("9999-12-31T23:59:59-12:00", 2**53),
        ("2026-11-23T09:00:00Z", 2**53),
    ],
)
def test_clocks_out_of_all_reason_are_reckoned_with_and_flagged(told, elapsed_ms):
    boot, received = uuid4(), datetime(2026, 11, 23, 9, tzinfo=UTC)
    evidence = Evidence(datetime.fromisoformat(told), 0, boot)
    for clock in (Clock(received, elapsed_ms, boot), Clock(datetime(1, 1, 2, tzinfo=UTC), 0, uuid4())):
        found = read_time(evidence, sent=clock, received_at=received)
        assert found.at <= received
        assert {"long_ago", "future", "clock_skew"} & set(found.flags)
