"""Spans of days."""

from datetime import date

import pytest

from qince.kit.resource.filters import span

TODAY = date(2026, 3, 4)  # a Wednesday


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("today", (TODAY, TODAY)),
        ("yesterday", (date(2026, 3, 3), date(2026, 3, 3))),
        ("week", (date(2026, 3, 2), TODAY)),
        ("month", (date(2026, 3, 1), TODAY)),
        ("last_month", (date(2026, 2, 1), date(2026, 2, 28))),
        ("2026-01-01..2026-01-31", (date(2026, 1, 1), date(2026, 1, 31))),
        ("2026-01-01..", (date(2026, 1, 1), None)),
        ("..2026-01-31", (None, date(2026, 1, 31))),
        ("nonsense", (None, None)),
        ("2026-02-30..x", (None, None)),
    ],
)
def test_spans(value, expected):
    assert span(value, TODAY) == expected
