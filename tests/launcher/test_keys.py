"""A dump is readable only with the key store, which a backup writes apart; what was destroyed stays so."""

import os
import subprocess
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from launcher import django, doctoring, keys
from launcher.commands import restore
from launcher.database import Database
from launcher.place import ROOT, Place
from launcher.problem import Problem
from launcher.progress import Progress

SUBJECTS = ("00000000-0000-7000-8000-000000000001", "00000000-0000-7000-8000-000000000002")
ORGANIZATION = "00000000-0000-7000-8000-0000000000aa"
CALLS = "import django; django.setup()\nfrom uuid import UUID\nfrom qince.kit.vault import api\n"


def vault(place: Place, code: str) -> str:
    """Run `code` with the vault of that data folder."""
    env = django.environment(place, {})
    command = [os.sys.executable, "-c", CALLS + code]
    return subprocess.run(
        command, env=env, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.fixture
def sealed(place: Place) -> dict[str, str]:
    """subject → a value sealed for it, in hex."""
    place.prepare_data()
    code = f"for s in {SUBJECTS}: print(api.seal(UUID('{ORGANIZATION}'), UUID(s), 'a.b.c', b'here').hex())"
    return dict(zip(SUBJECTS, vault(place, code).split(), strict=True))


def opened(place: Place, sealed: dict[str, str]) -> list[str]:
    code = f"for v in {list(sealed.values())}: print(api.open_sealed('a.b.c', bytes.fromhex(v)))"
    return vault(place, code).split()


@pytest.fixture
def file(place: Place, sealed: dict[str, str]) -> Path:
    """The companion of a backup."""
    found = keys.write(place.data.parent / "company.qince", place)
    assert found
    return found


@pytest.fixture
def elsewhere(place: Place) -> Place:
    new = replace(place, data=place.data.parent / "new")
    new.prepare_data()
    return new


def test_the_companion_is_private_and_whole(file: Path, place: Place):
    assert file.name == "company.qince.keys"
    assert file.stat().st_mode & 0o777 == 0o600
    with tarfile.open(file) as tar:
        assert tar.getnames() == ["keys.sqlite", "operator.key"]
    keys.verify(file)
    assert sorted(path.name for path in place.keys.iterdir() if path.name.startswith(".")) == []


def test_without_a_key_store_there_is_no_companion(elsewhere: Place):
    assert keys.write(elsewhere.data.parent / "x.qince", elsewhere) is None


def test_a_new_machine_reads_nothing_until_the_keys_are_brought(
    file: Path, elsewhere: Place, served: Database, sealed: dict[str, str]
):
    assert opened(elsewhere, sealed) == ["None", "None"]
    assert keys.bring_back(file, elsewhere, served) == (2, 0)
    assert opened(elsewhere, sealed) == ["b'here'", "b'here'"]
    assert not list(elsewhere.data.glob(".keys-*"))


def test_bringing_keys_back_does_not_undo_an_erasure(
    file: Path, place: Place, served: Database, sealed: dict[str, str]
):
    vault(place, f"api.destroy_subject(UUID('{ORGANIZATION}'), UUID('{SUBJECTS[0]}'))")
    assert keys.bring_back(file, place, served) == (0, 1)
    assert opened(place, sealed) == ["None", "b'here'"]
    newest = keys.write(place.data.parent / "next.qince", place)
    assert newest
    new = replace(place, data=place.data.parent / "third")
    new.prepare_data()
    assert keys.bring_back(newest, new, served) == (1, 0)
    assert opened(new, sealed) == ["None", "b'here'"]


@pytest.mark.parametrize("content", [b"", b"no tar at all", b"\0" * 10240])
def test_a_damaged_copy_of_keys_is_refused_before_anything_changes(tmp_path: Path, content: bytes):
    (tmp_path / "bad.keys").write_bytes(content)
    with pytest.raises(Problem, match="damaged"):
        keys.verify(tmp_path / "bad.keys")


def test_what_no_key_opens_is_told_with_the_remedy(elsewhere: Place, served: Database, monkeypatch, capsys):
    monkeypatch.setattr(keys, "unreadable", lambda place, database: [("visits.visit.distance_m", 7)])
    restore._keys(None, elsewhere, served, Progress())
    told = "".join(capsys.readouterr())
    assert "visits.visit.distance_m: 7" in told
    assert "--keys FILE.keys" in told


def test_the_doctor_sees_open_doors_and_a_wrong_operator_key(
    place: Place, served: Database, sealed: dict[str, str]
):
    def findings():
        return {found.what: found for found in doctoring._secrets(place)}

    assert findings()["the keys are private"].well
    place.keys.chmod(0o755)
    (place.keys / "keys.sqlite").chmod(0o644)
    wrong = findings()["the keys are private"]
    assert not wrong.well
    assert f"chmod 700 {place.keys}" in wrong.mend
    assert f"chmod 600 {place.keys / 'keys.sqlite'}" in wrong.mend
    place.keys.chmod(0o700)
    (place.keys / "keys.sqlite").chmod(0o600)
    assert doctoring._command(place, served, "check_keys", "x").well
    (place.keys / "operator.key").write_text("A" * 43)
    found = doctoring._command(place, served, "check_keys", "x")
    assert not found.well
    assert "no operator key opens" in found.mend
