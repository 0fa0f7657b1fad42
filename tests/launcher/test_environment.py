"""The environment: when it counts as ready, what uv is told, and how failures are explained."""

import dataclasses
import sys
from pathlib import Path

import pytest

from launcher import environment, indexes, stamps
from launcher.place import Place, base_python
from launcher.problem import Problem


@pytest.fixture
def checkout(place: Place, tmp_path) -> Place:
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").write_text("")
    for lock in (environment.RUNTIME, environment.DEVELOPMENT):
        (tmp_path / lock).write_text(f"# {lock}\n")
    return dataclasses.replace(place, root=tmp_path)


@pytest.fixture
def installed(checkout: Place, monkeypatch) -> list[str]:
    """What would have been installed, in order."""
    done: list[str] = []
    monkeypatch.setattr(environment, "_install", lambda place, lock: done.append(lock) or "uv")
    return done


def test_a_second_start_installs_nothing(checkout, installed):
    environment.ensure(checkout)
    environment.ensure(checkout)
    assert installed == [environment.RUNTIME]


def test_a_changed_lock_is_installed(checkout, installed):
    environment.ensure(checkout)
    (checkout.root / environment.RUNTIME).write_text("# other\n")
    environment.ensure(checkout)
    assert installed == [environment.RUNTIME] * 2


def test_developing_and_running_do_not_undo_each_other(checkout, installed):
    environment.ensure(checkout, environment.DEVELOPMENT)
    environment.ensure(checkout, environment.RUNTIME)
    assert installed == [environment.DEVELOPMENT]
    (checkout.root / environment.DEVELOPMENT).write_text("# other\n")
    environment.ensure(checkout, environment.RUNTIME)
    assert installed == [environment.DEVELOPMENT] * 2


def test_another_python_means_another_environment(checkout, installed, tmp_path):
    environment.ensure(checkout)
    newer = tmp_path / "python-newer"
    newer.write_text("")
    checkout.python.unlink()
    checkout.python.symlink_to(newer)
    assert not environment.is_ready(checkout, environment.RUNTIME)


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("error: Request failed: dns error: failed to lookup address", "no connection to the package index"),
        ("Hash mismatch for `django==5.2`", "not the one that was locked"),
        ("something new", "could not be installed"),
    ],
)
def test_failures_are_explained(checkout, output, message):
    assert message in str(environment._explain(output, checkout))


def test_pip_settings_reach_uv(monkeypatch):
    for name in indexes.OWN_SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(indexes, "OWN_FILES", ())
    monkeypatch.setenv("PIP_INDEX_URL", "https://index.example/simple")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "https://one.example/simple https://two.example/simple")
    monkeypatch.setenv("PIP_FIND_LINKS", "/wheels")
    env = indexes.for_uv()
    assert env["UV_DEFAULT_INDEX"] == "https://index.example/simple"
    assert env["UV_INDEX"] == "https://one.example/simple https://two.example/simple"
    assert env["UV_FIND_LINKS"] == "/wheels"


def test_uvs_own_settings_are_left_alone(monkeypatch):
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://own.example/simple")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "https://one.example/simple")
    env = indexes.for_uv()
    assert env["UV_DEFAULT_INDEX"] == "https://own.example/simple"
    assert "one.example" not in env.get("UV_INDEX", "")


def test_a_stamp_knows_names_contents_and_absence(tmp_path):
    file = tmp_path / "a"
    absent = stamps.digest(files=[file])
    file.write_text("1")
    first = stamps.digest(files=[file])
    file.write_text("2")
    assert len({absent, first, stamps.digest(files=[file]), stamps.digest("word", files=[file])}) == 4


def test_the_named_python_comes_first(monkeypatch):
    monkeypatch.setenv("QINCE_PYTHON", sys.executable)
    assert environment._interpreter() == Path(sys.executable)


def test_a_named_python_that_is_none_is_told(monkeypatch):
    monkeypatch.setenv("QINCE_PYTHON", "/nowhere/python")
    with pytest.raises(Problem, match="/nowhere/python"):
        environment._interpreter()


def test_debians_own_python_is_preferred_where_it_is_whole_and_of_the_same_version(monkeypatch, tmp_path):
    monkeypatch.delenv("QINCE_PYTHON", raising=False)
    whole, broken, other = (tmp_path / name for name in ("whole", "broken", "other"))
    whole.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    broken.write_text("#!/bin/sh\nexit 1\n")
    for script in (whole, broken):
        script.chmod(0o755)
    chosen = {}
    for path in (whole, broken, other):
        monkeypatch.setattr(environment, "DEBIAN", path)
        chosen[path.name] = environment._interpreter()
    assert chosen == {"whole": whole, "broken": Path(base_python()), "other": Path(base_python())}
    assert environment._is_usable(whole, like=sys.version_info[:2])
    assert not environment._is_usable(whole, like=(3, 99))
