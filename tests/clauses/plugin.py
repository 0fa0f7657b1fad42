"""Pytest's part: `@pytest.mark.clause("C0-01", "C0-02")` ties a test to rows of the table.

A mark that names no row of the table stops the run. A complete run leaves its record; under xdist the workers pass
the clauses along with each report, and the controller writes.
"""

from collections.abc import Sequence
from typing import Any

import pytest

from tests.clauses.record import Record
from tests.clauses.table import known_ids

CLAUSE = "clause"
# Selections by mark that leave every clause's quick test in.
COMPLETE = ("", "clause", "not full")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    for item in items:
        for clause in ids_of(item):
            if clause not in known_ids():
                raise pytest.UsageError(f"{item.nodeid}: there is no clause {clause} in the table")
            item.user_properties.append((CLAUSE, clause))


def ids_of(item: Any) -> list[str]:
    return [clause for mark in item.iter_markers(CLAUSE) for clause in mark.args]


class Recorder:
    """Gathers outcomes where all reports arrive: the only process, or the controller of xdist."""

    def __init__(self) -> None:
        self.record = Record()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.failed:
            for name, clause in report.user_properties:
                if name == CLAUSE:
                    self.record.add(str(clause), report.nodeid, report.outcome)

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED) and is_complete(session.config):
            self.record.save()


def is_complete(config: Any) -> bool:
    """Whether this run looked at every test that carries a clause."""
    option = config.option
    narrowed = option.keyword or option.markexpr not in COMPLETE or option.deselect or option.maxfail
    narrowed = narrowed or getattr(option, "lf", False) or getattr(option, "stepwise", False)
    return not narrowed and config.args_source is config.ArgsSource.TESTPATHS


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Recorder(), "clauses-recorder")
