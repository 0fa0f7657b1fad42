"""The table, the marks and the record."""

import os
import re

import pytest

from tests.clauses import plugin, record
from tests.clauses.record import Record
from tests.clauses.table import known_ids, sections, waiting


class Item:
    def __init__(self, *ids):
        self.nodeid, self.ids, self.user_properties = "test_it", ids, []

    def iter_markers(self, name):
        return iter([pytest.mark.clause(*self.ids).mark])


class Report:
    def __init__(self, outcome, *clauses, when="call"):
        self.nodeid, self.outcome, self.when = f"test_{outcome}", outcome, when
        self.failed = outcome == "failed"
        self.user_properties = [("clause", clause) for clause in clauses]


def test_four_hundred_clauses_each_under_its_section():
    assert len(known_ids()) == 400
    assert all(
        clause.id.rsplit("-", 1)[0] == section.id for section in sections() for clause in section.clauses
    )


def tied():
    """Clauses that a test names, read from the sources."""
    files = [path for folder in ("src", "tests") for path in (record.ROOT / folder).rglob("test_*.py")]
    marks = re.findall(r"mark\.clause\(([^)]*)\)", "\n".join(path.read_text("utf-8") for path in files))
    return {name for mark in marks for name in re.findall(r'"([^"]+)"', mark)}


def test_every_clause_has_a_check_or_says_what_it_waits_for():
    open_ones = known_ids() - tied()
    assert open_ones - set(waiting()) == set(), "name in tests/clauses/waiting.tsv what they wait for"
    assert set(waiting()) - open_ones == set(), "these have a check now: take them out of waiting.tsv"


def test_a_test_may_stand_for_several_clauses():
    item = Item("C0-01", "C0-02")
    plugin.pytest_collection_modifyitems([item])
    assert item.user_properties == [("clause", "C0-01"), ("clause", "C0-02")]


def test_a_mark_that_names_no_clause_stops_the_run():
    with pytest.raises(pytest.UsageError, match="C99-01"):
        plugin.pytest_collection_modifyitems([Item("C0-01", "C99-01")])


def test_a_clause_counts_only_when_all_its_tests_pass():
    recorder = plugin.Recorder()
    for report in (
        Report("passed", "C0-01", "C0-02"),
        Report("failed", "C0-02"),
        Report("skipped", "C0-03"),
        Report("passed", "C0-04", when="setup"),
        Report("failed", "C0-05", when="setup"),
    ):
        recorder.pytest_runtest_logreport(report)
    assert recorder.record.covered() == {"C0-01"}
    assert set(recorder.record.failed) == {"C0-02", "C0-05"}


def test_a_record_older_than_the_sources_is_not_believed(tmp_path, monkeypatch):
    monkeypatch.setattr(record, "ROOT", tmp_path)
    monkeypatch.setattr(record, "FILE", tmp_path / ".cache" / "clauses.json")
    (tmp_path / "src").mkdir()
    source = tmp_path / "src" / "a.py"
    source.touch()
    made = Record(passed={"C0-01": ["test_it"]})
    made.save()
    assert record.load() == made
    later = record.FILE.stat().st_mtime + 5
    os.utime(source, (later, later))
    assert record.load() is None
