"""What a Django process inherits, and what not."""

from pathlib import Path

from launcher import django
from launcher.place import Place


def test_neither_foreign_databases_nor_the_ban_on_bytecode_are_inherited(monkeypatch, tmp_path: Path):
    monkeypatch.setenv("QINCE_DATABASE_URL", "postgresql://elsewhere/")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("QINCE_HTTPS", "yes")
    env = django.environment(Place(tmp_path, tmp_path / "data", "127.0.0.1", 8000, 8001), {})
    assert not {"QINCE_DATABASE_URL", "PYTHONDONTWRITEBYTECODE"} & env.keys()
    assert env["QINCE_HTTPS"] == "yes"
