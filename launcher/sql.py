"""Talking to the database without a driver: psql from the binaries, one list of statements per call."""

import os
import subprocess
from urllib.parse import parse_qs, unquote, urlsplit

from launcher.binaries import Binaries


class SqlError(Exception):
    """psql's own words."""


def run(binaries: Binaries, url: str, statements: str) -> list[list[str]]:
    """Run SQL, stopping at the first error; return the rows, cells as text."""
    command = [binaries["psql"], "-XqAt", "-v", "ON_ERROR_STOP=1", "-F", "\x1f", "-f", "-"]
    done = subprocess.run(
        command, input=statements, capture_output=True, text=True, env=connection_env(url), check=False
    )
    if done.returncode:
        raise SqlError(done.stderr.strip())
    return [line.split("\x1f") for line in done.stdout.splitlines() if line]


def connection_env(url: str) -> dict[str, str]:
    """The URL as libpq's environment variables: a password in the arguments would show in `ps`."""
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    found = {
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGHOST": query.pop("host", unquote(parts.hostname or "")),
        "PGPORT": query.pop("port", str(parts.port or "")),
        "PGDATABASE": unquote(parts.path.lstrip("/")),
        "PGSSLMODE": query.pop("sslmode", ""),
        "PGSSLROOTCERT": query.pop("sslrootcert", ""),
    }
    base = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "PGCONNECT_TIMEOUT": "10"}
    return base | {key: value for key, value in found.items() if value}


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
