"""Backup and restore: everything comes back, and nothing changes when anything is wrong."""

import stat
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from launcher import archive, sql, unarchive
from launcher.database import Database
from launcher.place import Place
from launcher.problem import Problem

TABLES = """
DROP TABLE IF EXISTS visit, ledger;
CREATE TABLE visit (organization_id uuid NOT NULL, id int, note text, PRIMARY KEY (organization_id, id));
ALTER TABLE visit ENABLE ROW LEVEL SECURITY; ALTER TABLE visit FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON visit
 USING (organization_id = nullif(current_setting('app.organization', true), '')::uuid);
CREATE TABLE ledger (n int); REVOKE UPDATE, DELETE ON ledger FROM qince_app;
BEGIN; SET LOCAL app.organization = '00000000-0000-0000-0000-000000000001';
INSERT INTO visit SELECT '00000000-0000-0000-0000-000000000001', n, '门店 ' || n
  FROM generate_series(1, 50) n;
COMMIT;
INSERT INTO ledger VALUES (1), (2);
"""


@pytest.fixture
def filled(served: Database, place: Place) -> Place:
    sql.run(served.binaries, served.owner, TABLES)
    place.prepare_data()
    (place.blobs / "ab").mkdir()
    (place.blobs / "ab" / "abcdef").write_bytes(b"photo")
    (place.data / "secret_key").write_text("the key")
    return place


@pytest.fixture
def file(filled: Place, served: Database) -> Path:
    target = filled.data.parent / "company.qince"
    archive.write(target, filled, served)
    return target


def rows(served: Database) -> list[list[str]]:
    return sql.run(served.binaries, served.backup, "SELECT count(*), max(note) FROM visit")


@pytest.mark.clause("C5.1-07")
def test_everything_comes_back(file: Path, filled: Place, served: Database):
    sql.run(
        served.binaries, served.superuser, "DELETE FROM visit WHERE id > 10; INSERT INTO ledger VALUES (3)"
    )
    (filled.blobs / "ab" / "abcdef").unlink()
    (filled.data / "secret_key").write_text("another key")
    unarchive.restore(file, unarchive.verify(file), filled, served)
    assert rows(served) == [["50", "门店 9"]]
    assert sql.run(served.binaries, served.owner, "SELECT sum(n) FROM ledger") == [["3"]]
    assert (filled.blobs / "ab" / "abcdef").read_bytes() == b"photo"
    assert (filled.data / "secret_key").read_text() == "the key"


def test_row_security_and_taken_privileges_come_back(file: Path, filled: Place, served: Database):
    unarchive.restore(file, unarchive.verify(file), filled, served)
    forced = (
        "SELECT relrowsecurity, relforcerowsecurity, relowner::regrole FROM pg_class WHERE relname = 'visit'"
    )
    assert sql.run(served.binaries, served.owner, forced) == [["t", "t", "qince_owner"]]
    assert sql.run(served.binaries, served.app, "SELECT count(*) FROM visit") == [["0"]]
    sql.run(served.binaries, served.app, "INSERT INTO ledger VALUES (4)")
    with pytest.raises(sql.SqlError, match="permission denied"):
        sql.run(served.binaries, served.app, "UPDATE ledger SET n = 0")


def test_new_tables_after_a_restore_are_open_to_the_application(file: Path, filled: Place, served: Database):
    unarchive.restore(file, unarchive.verify(file), filled, served)
    sql.run(served.binaries, served.owner, "CREATE TABLE later (n int)")
    sql.run(served.binaries, served.app, "INSERT INTO later VALUES (1)")
    sql.run(served.binaries, served.owner, "DROP TABLE later; SELECT similarity('a', 'b')")


@pytest.mark.parametrize("name", ["database.dump", "secret_key", "blobs/ab/abcdef", "manifest.json"])
def test_a_changed_byte_is_noticed(file: Path, name: str):
    content = bytearray(file.read_bytes())
    with tarfile.open(file) as tar:
        member = tar.getmember(name)
        content[member.offset_data + member.size // 2] ^= 0x01
    file.write_bytes(content)
    with pytest.raises(Problem, match="damaged or not a Qince backup"):
        unarchive.verify(file)


@pytest.mark.parametrize("content", [b"", b"not a tar at all" * 100])
def test_any_other_file_is_refused(data: Path, content: bytes):
    file = data.parent / "other"
    file.write_bytes(content)
    with pytest.raises(Problem, match="damaged or not a Qince backup"):
        unarchive.verify(file)


def test_a_restore_that_fails_half_way_changes_nothing(
    file: Path, filled: Place, served: Database, monkeypatch
):
    sql.run(served.binaries, served.superuser, "DELETE FROM visit WHERE id > 10")
    monkeypatch.setattr(unarchive.roles, "contents", lambda **kwargs: "SELECT 1/0;")
    with pytest.raises(Problem, match="nothing was changed"):
        unarchive.restore(file, unarchive.verify(file), filled, served)
    assert rows(served) == [["10", "门店 9"]]


def test_an_archive_is_private_and_a_failed_one_leaves_no_file(
    filled: Place, file: Path, served: Database, monkeypatch
):
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    monkeypatch.setattr(archive, "_pack", lambda *args: (_ for _ in ()).throw(OSError(28, "full", str(file))))
    with pytest.raises(OSError, match="full"):
        archive.write(file.with_name("second"), filled, served)
    assert sorted(path.name for path in file.parent.iterdir()) == ["company.qince", "data"]


def test_names_outside_the_folder_are_refused():
    for name in ("../etc/passwd", "/etc/passwd", "a/../../b"):
        with pytest.raises(Problem, match="outside its folder"):
            unarchive._inside(name)


def test_a_role_that_does_not_see_every_row_can_neither_count_nor_restore(
    file: Path, filled: Place, served: Database
):
    """On a server of one's own without QINCE_BACKUP_DATABASE_URL the owner stands in, whom row security stops."""
    weak = replace(served, superuser=None, backup=served.owner)
    for attempt in (
        lambda: archive.has_data(weak),
        lambda: unarchive.restore(file, unarchive.verify(file), filled, weak),
        lambda: archive.write(file.with_name("second"), filled, weak),
    ):
        with pytest.raises(Problem) as refused:
            attempt()
        assert "QINCE_BACKUP_DATABASE_URL" in " ".join(refused.value.ways_out)
    assert rows(served) == [["50", "门店 9"]]


def test_only_a_fresh_database_counts_as_empty(served: Database):
    sql.run(served.binaries, served.owner, "DROP TABLE IF EXISTS visit, ledger, django_migrations")
    sql.run(served.binaries, served.owner, "CREATE TABLE django_migrations (app text, name text)")
    sql.run(served.binaries, served.owner, "INSERT INTO django_migrations VALUES ('people', '0001_initial')")
    assert archive.has_data(served) is False
    sql.run(served.binaries, served.owner, TABLES)
    assert archive.has_data(served) is True
