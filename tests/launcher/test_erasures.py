"""The launcher counts what the ledger holds against what the database has carried out."""

from dataclasses import replace
from pathlib import Path

import pytest

from launcher import erasures, sql
from launcher.database import Database
from launcher.place import Place
from launcher.problem import Problem


@pytest.fixture
def ledger(place: Place) -> Path:
    place.prepare_data()
    (place.data / "keys").mkdir()
    target = place.data / "keys" / "erasures.log"
    target.write_text('{"number": 1}\n{"number": 2}\n')
    return target


def test_without_a_ledger_nothing_is_missing(place: Place, served: Database):
    place.prepare_data()
    assert erasures.missing(place, served) == 0
    erasures.refuse_open_service(place, replace(served, shared=True))


def test_a_database_that_lacks_entries_is_noticed(ledger: Path, place: Place, served: Database):
    assert erasures.missing(place, served) == 2  # a backup from before there was such a table
    sql.run(
        served.binaries,
        served.owner,
        "CREATE TABLE erasure_mark (number bigint); INSERT INTO erasure_mark VALUES (1)",
    )
    try:
        assert erasures.missing(place, served) == 1
        sql.run(served.binaries, served.owner, "INSERT INTO erasure_mark VALUES (2)")
        assert erasures.missing(place, served) == 0
        assert erasures.replay(place, served)
    finally:
        sql.run(served.binaries, served.owner, "DROP TABLE erasure_mark")


def test_nothing_is_restored_under_an_open_service(ledger: Path, place: Place, served: Database):
    with pytest.raises(Problem, match="erased"):
        erasures.refuse_open_service(place, replace(served, shared=True))
    erasures.refuse_open_service(place, replace(served, shared=False))
