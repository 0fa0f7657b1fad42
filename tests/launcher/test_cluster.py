"""The embedded database: its roles, its settings, its refusals."""

import os
import pwd
import shutil
import stat
from pathlib import Path

import pytest

from launcher import database, external, sql
from launcher.cluster import SOCKET_PORT
from launcher.database import Database
from launcher.place import Place
from launcher.problem import Problem
from tests.launcher.conftest import place_in
from tests.launcher.running import qince


def ask(served: Database, question: str, role: str = "owner") -> list[list[str]]:
    url = served.superuser if role == "superuser" else getattr(served, role)
    return sql.run(served.binaries, url, question)


def test_roles_have_exactly_the_powers_they_need(served: Database):
    question = """SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles
                   WHERE rolname LIKE 'qince%' ORDER BY 1"""
    assert ask(served, question) == [
        ["qince_app", "f", "f", "f", "f"],
        ["qince_backup", "f", "t", "f", "f"],
        ["qince_owner", "f", "f", "t", "f"],
    ]


def test_application_reads_and_writes_what_the_owner_makes_but_cannot_change_it(served: Database):
    ask(served, "CREATE TABLE note (text text); INSERT INTO note VALUES ('one')")
    ask(served, "INSERT INTO note VALUES ('two')", "app")
    assert ask(served, "SELECT count(*) FROM note", "app") == [["2"]]
    for forbidden in ("DROP TABLE note", "TRUNCATE note", "CREATE TABLE mine (n int)"):
        with pytest.raises(sql.SqlError, match=r"permission denied|must be owner"):
            ask(served, forbidden, "app")


def test_test_databases_have_extensions_and_privileges_too(served: Database):
    ask(served, "CREATE DATABASE test_copy")
    copy = {role: getattr(served, role).replace("/qince?", "/test_copy?") for role in ("owner", "app")}
    sql.run(served.binaries, copy["owner"], "CREATE TABLE t (n int); SELECT similarity('a', 'b')")
    sql.run(served.binaries, copy["app"], "INSERT INTO t VALUES (1)")
    assert sql.run(served.binaries, copy["owner"], "SELECT * FROM t") == [["1"]]


def test_text_is_understood_beyond_ascii_and_like_may_use_indexes(served: Database):
    assert ask(served, "SELECT lower('Ä'), show_trgm('门店') <> '{}'") == [["ä", "t"]]
    leaky = "SELECT proname FROM pg_proc WHERE proname IN ('textlike', 'texticlike') AND NOT proleakproof"
    assert ask(served, leaky) == []


def test_only_the_private_socket_and_a_password_let_in(served: Database):
    assert ask(served, "SHOW listen_addresses") == [[]] or ask(served, "SHOW listen_addresses") == []
    folder = served.cluster.socket_folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert (folder / f".s.PGSQL.{SOCKET_PORT}").is_socket()
    with pytest.raises(sql.SqlError, match="password authentication failed"):
        sql.run(served.binaries, external.with_role(served.owner, "qince_owner", "guess"), "SELECT 1")


def test_secrets_are_private_and_show_up_in_no_representation(served: Database):
    path = served.data / "database_passwords.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for password in served.cluster.passwords.values():
        assert password not in repr(served)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to drop")
def test_root_drops_to_the_system_user(served: Database):
    user = pwd.getpwnam("qince")
    process = Path(f"/proc/{served.cluster.child.pid}")
    assert process.stat().st_uid == user.pw_uid
    assert served.cluster.folder.stat().st_uid == user.pw_uid
    assert stat.S_IMODE(served.cluster.folder.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to drop")
def test_a_data_folder_the_system_user_cannot_enter_keeps_the_database_elsewhere(data: Path):
    data.parent.chmod(0o700)
    place, said = place_in(data), []
    place.prepare_data()
    cluster = database.prepare(place, said.append, throwaway=True)
    try:
        assert cluster.home.parent == Path("/var/lib/qince")
        assert str(cluster.home) in said[0]
        cluster.start()
        assert sql.run(cluster.binaries, cluster.url("postgres", "postgres"), "SELECT 1") == [["1"]]
        assert database.prepare(place, said.append).home == cluster.home
        assert len(said) == 1
    finally:
        cluster.stop()
        shutil.rmtree(cluster.home)


def test_a_long_path_moves_the_socket_but_not_the_data(data: Path):
    deep = data.parent / ("long" * 25)
    deep.mkdir()
    place = place_in(deep / "data")
    place.prepare_data()
    cluster = database.prepare(place, print, throwaway=True)
    cluster.start()
    folder = cluster.socket_folder
    try:
        assert not folder.is_relative_to(deep)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert sql.run(cluster.binaries, cluster.url("postgres", "postgres"), "SELECT 1") == [["1"]]
    finally:
        cluster.stop()
    assert not folder.exists()
    assert cluster.folder.is_relative_to(deep)


def test_another_major_version_is_named_with_the_way_out(place: Place):
    place.prepare_data()
    (place.data / "postgres").mkdir()
    (place.data / "postgres" / "PG_VERSION").write_text("17\n")
    refused = qince("database", "--data", str(place.data))
    assert refused.returncode == 1
    assert "made by PostgreSQL 17; this Qince brings 18" in refused.stderr
    assert "./qince backup FILE" in refused.stderr


def test_an_interrupted_creation_is_begun_anew(place: Place):
    place.prepare_data()
    (place.data / "postgres.new").mkdir()
    (place.data / "postgres.new" / "half").write_text("")
    cluster = database.prepare(place, print, throwaway=True)
    assert (cluster.folder / "PG_VERSION").exists()
    assert not (cluster.folder / "half").exists()


def test_an_external_server_must_be_recent_and_the_role_weak(served: Database, place: Place, monkeypatch):
    place.prepare_data()
    monkeypatch.setenv("QINCE_DATABASE_URL", served.owner)
    monkeypatch.delenv("QINCE_APP_DATABASE_URL", raising=False)
    with pytest.raises(Problem, match="may not create it"):
        external.urls(place, served.binaries)
    monkeypatch.setenv("QINCE_APP_DATABASE_URL", served.backup)
    with pytest.raises(Problem, match="could read across organizations"):
        external.urls(place, served.binaries)
    monkeypatch.setenv("QINCE_APP_DATABASE_URL", served.app)
    assert external.urls(place, served.binaries)[:2] == (served.owner, served.app)
    monkeypatch.setattr(external, "OLDEST", 99)
    with pytest.raises(Problem, match=r"names a PostgreSQL 18.*needs 99 or newer"):
        external.urls(place, served.binaries)


def test_an_external_server_that_lets_us_make_roles_gets_its_application_role(
    served: Database, place: Place, monkeypatch
):
    place.prepare_data()
    sql.run(served.binaries, served.superuser, "CREATE ROLE boss LOGIN CREATEROLE PASSWORD 'boss'")
    sql.run(served.binaries, served.superuser, "GRANT qince_app TO boss WITH ADMIN OPTION")
    sql.run(served.binaries, served.superuser, "CREATE DATABASE theirs OWNER boss")
    url = external.with_role(served.owner, "boss", "boss").replace("/qince?", "/theirs?")
    monkeypatch.setenv("QINCE_DATABASE_URL", url)
    monkeypatch.delenv("QINCE_APP_DATABASE_URL", raising=False)
    _owner, app, _backup = external.urls(place, served.binaries)
    assert sql.run(served.binaries, app, "SELECT current_user, current_database()") == [
        ["qince_app", "theirs"]
    ]


def test_an_unreachable_server_is_reported_without_the_password(served: Database, place: Place, monkeypatch):
    place.prepare_data()
    wrong = external.with_role(served.owner, "nobody-here", "secret-word")
    monkeypatch.setenv("QINCE_DATABASE_URL", wrong)
    with pytest.raises(Problem, match="does not let us in") as refused:
        external.urls(place, served.binaries)
    assert "secret-word" not in "".join(refused.value.ways_out)
