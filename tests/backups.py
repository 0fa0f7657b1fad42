"""A real backup of the database a test has committed to: by PostgreSQL's own pg_dump, as `./qince backup` writes it."""

import os
import subprocess
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from launcher import archive, sql
from launcher.binaries import find
from launcher.database import Database
from launcher.place import ROOT, Place


def database() -> Database:
    """The tests' database as the launcher sees it, with the role that row security does not stop."""
    owner, backup = (
        _of_tests(os.environ[name]) for name in ("QINCE_DATABASE_URL", "QINCE_BACKUP_DATABASE_URL")
    )
    found = find(_place())
    return Database(owner=owner, app=owner, backup=backup, binaries=found, data=Path(settings.DATA))


def _of_tests(url: str) -> str:
    """The run's server, the database that Django made for this worker."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{connection.settings_dict['NAME']}"))


def _place() -> Place:
    return Place(root=ROOT, data=Path(settings.DATA), host="127.0.0.1", port=18765, socket_port=18766)


def write(file: Path) -> None:
    archive.write(file, _place(), database())


def dump() -> str:
    """Everything as SQL: what lies open to whoever holds the disk or a dump."""
    found = database()
    command = [found.binaries["pg_dump"], "--data-only", "--no-password"]
    env = sql.connection_env(found.backup)
    return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
