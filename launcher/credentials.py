"""The database passwords: random, made once, kept in a file only the operator can read."""

import json
import os
import secrets
from pathlib import Path

ROLES = ("postgres", "qince_owner", "qince_app", "qince_backup")


def passwords(data: Path) -> dict[str, str]:
    """Return role → password, creating `database_passwords.json` (mode 0600) on first use.

    Only URL-safe characters, so that they fit into a connection URL as they are.
    """
    path = data / "database_passwords.json"
    known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    missing = [role for role in ROLES if role not in known]
    if missing:
        known |= {role: secrets.token_urlsafe(24) for role in missing}
        _write_private(path, json.dumps(known, indent=2) + "\n")
    return known


def _write_private(path: Path, text: str) -> None:
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
