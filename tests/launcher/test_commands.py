"""The command line as an operator meets it."""

import ast
import re
from pathlib import Path

import pytest

from launcher import application, sql
from launcher.database import Database
from launcher.main import COMMANDS
from launcher.place import ROOT, Place, version
from launcher.problem import Problem, known
from launcher.words_zh import CHINESE
from tests.launcher.running import qince

DATA = Path("/data")
SOURCES = sorted((ROOT / "launcher").rglob("*.py"))


def test_help_names_every_command_and_every_command_its_options():
    overview = qince("--help").stdout
    assert all(f"    {name} " in overview for name in COMMANDS)
    for name in ("up", "doctor", "backup", "restore", "test", "bench"):
        text = qince(name, "--help").stdout
        assert all(
            word in text for word in ("--host", "--port", "--data", "QINCE_HOST", "QINCE_PORT", "QINCE_DATA")
        )


def test_environment_variables_are_defaults_and_options_win():
    text = qince("up", "--help", QINCE_PORT="8123", QINCE_HOST="0.0.0.0").stdout
    assert "now\n               8123" in text or "now 8123" in text
    assert "0.0.0.0" in text


def test_version_is_the_projects():
    assert qince("--version").stdout == f"Qince {version()}\n"


@pytest.mark.parametrize("words", [["up", "--nonsense"], ["up", "--port", "many"], ["nonsense"], []])
def test_wrong_words_are_refused(words):
    done = qince(*words)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr


def test_a_data_folder_on_a_missing_disk_is_not_created(tmp_path):
    done = qince("doctor", "--data", str(tmp_path / "disk" / "data"))
    assert done.returncode == 1
    assert "does not exist" in done.stderr
    assert not (tmp_path / "disk").exists()


def test_full_and_read_only_disks_have_a_way_out():
    assert "disk is full" in str(known(OSError(28, "x", "/data/a"), DATA))
    assert "disk is full (/data)" in str(
        known(sql.SqlError("ERROR: could not extend file: No space left on device"), DATA)
    )
    assert "may not write to /data/a" in str(known(OSError(30, "x", "/data/a"), DATA))
    assert known(OSError(5, "input/output error"), DATA) is None


def test_a_backup_never_overwrites_unasked(tmp_path):
    (tmp_path / "there").write_text("precious")
    done = qince("backup", str(tmp_path / "there"))
    assert "exists already" in done.stderr
    assert (tmp_path / "there").read_text() == "precious"


def test_tables_of_a_newer_version_are_refused(served: Database, place: Place):
    sql.run(served.binaries, served.owner, "CREATE TABLE django_migrations (app text, name text)")
    insert = "INSERT INTO django_migrations VALUES ('people', '{}')"
    name = next(name for app, name in application.own_migrations(place) if app == "people")
    sql.run(served.binaries, served.owner, insert.format(name))
    application.refuse_newer_tables(place, served)
    sql.run(served.binaries, served.owner, insert.format("9999_future"))
    with pytest.raises(Problem, match=r"written by a newer Qince than this one \(people\.9999_future\)"):
        application.refuse_newer_tables(place, served)


def test_tables_of_an_older_version_are_named_and_the_way_out(served: Database, place: Place):
    sql.run(served.binaries, served.owner, "DROP TABLE IF EXISTS django_migrations")
    with pytest.raises(Problem, match="older than this Qince"):
        application.refuse_older_tables(place, served)
    sql.run(served.binaries, served.owner, "CREATE TABLE django_migrations (app text, name text)")
    for app, name in application.own_migrations(place):
        sql.run(served.binaries, served.owner, f"INSERT INTO django_migrations VALUES ('{app}', '{name}')")
    application.refuse_older_tables(place, served)
    sql.run(served.binaries, served.owner, "DELETE FROM django_migrations WHERE app = 'people'")
    with pytest.raises(Problem, match=r"people\.0001"):
        application.refuse_older_tables(place, served)
    sql.run(served.binaries, served.owner, "DROP TABLE django_migrations")


def test_tables_left_half_way_by_an_early_version_are_refused_and_whole_ones_go_on(
    served: Database, place: Place
):
    sql.run(served.binaries, served.owner, "CREATE TABLE django_migrations (app text, name text)")
    application.refuse_unfinished_tables(place, served)  # none of them: a new database
    for app, name in application.replaced_migrations(place):
        sql.run(served.binaries, served.owner, f"INSERT INTO django_migrations VALUES ('{app}', '{name}')")
    application.refuse_newer_tables(place, served)
    application.refuse_unfinished_tables(place, served)
    last = "DELETE FROM django_migrations WHERE app = 'visits' AND name LIKE '0004%'"
    sql.run(served.binaries, served.owner, last)
    with pytest.raises(Problem, match=r"did not finish them \(visits\.0004"):
        application.refuse_unfinished_tables(place, served)
    sql.run(served.binaries, served.owner, "DROP TABLE django_migrations")


def spoken(path: Path) -> list[str]:
    """Every message a module marks with _()."""
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    return [call.args[0].value for call in calls if isinstance(call.func, ast.Name) and call.func.id == "_"]


def test_every_message_has_chinese_with_the_same_blanks():
    messages = {message for path in SOURCES for message in spoken(path)}
    assert len(messages) > 50
    assert messages - CHINESE.keys() == set()
    assert CHINESE.keys() - messages == set()
    for english, chinese in CHINESE.items():
        assert sorted(re.findall(r"{[^}]*}", english)) == sorted(re.findall(r"{[^}]*}", chinese)), english


def test_chinese_shells_get_chinese():
    done = qince("up", "--nonsense", LC_ALL="zh_CN.UTF-8")
    assert "未知选项" in done.stderr


def test_the_launcher_needs_nothing_but_the_standard_library():
    import sys

    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                top = name.split(".")[0]
                assert top == "launcher" or top in sys.stdlib_module_names, f"{path}: {name}"
