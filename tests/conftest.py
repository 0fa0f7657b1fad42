"""For every suite below: what only the full run does."""

import os

import pytest

FULL = os.environ.get("QINCE_TEST_FULL") == "yes"


def pytest_collection_modifyitems(items):
    """Long forms run with `QINCE_TEST_FULL=yes`, which `./qince test --full` sets."""
    if FULL:
        return
    skipped = pytest.mark.skip(reason="the long form: set QINCE_TEST_FULL=yes")
    for item in items:
        if item.get_closest_marker("full"):
            item.add_marker(skipped)
