"""Running Django inside the environment: what it is told, and short commands with their output kept."""

import os
import subprocess
from collections.abc import Mapping

from launcher.place import Place
from launcher.problem import Problem, disk_full, is_full
from launcher.words import _

DATABASE_VARIABLES = ("QINCE_DATABASE_URL", "QINCE_APP_DATABASE_URL", "QINCE_BACKUP_DATABASE_URL")
# Some containers forbid Python to keep what it compiled: each start would compile two thousand files again, and take
# ten seconds instead of five.
NOT_INHERITED = (*DATABASE_VARIABLES, "PYTHONDONTWRITEBYTECODE")


def environment(place: Place, database: Mapping[str, str]) -> dict[str, str]:
    """The environment of a Django process: only the database roles in `database`, never inherited ones."""
    inherited = {key: value for key, value in os.environ.items() if key not in NOT_INHERITED}
    path = f"{place.python.parent}{os.pathsep}{inherited.get('PATH', '')}"
    ours = {
        "PATH": path,
        "PYTHONPATH": os.pathsep.join([str(place.root), str(place.root / "src")]),
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "QINCE_DATA": str(place.data),
        "QINCE_HOST": place.host,
        "QINCE_PORT": str(place.port),
        "QINCE_SOCKET_PORT": str(place.socket_port),
    }
    return inherited | ours | (place.tls.environment() if place.tls else {}) | dict(database)


def command(place: Place, *words: str) -> list[str]:
    return [str(place.python), "-m", "django", *words]


def run(place: Place, database: Mapping[str, str], *words: str) -> str:
    """Run a management command to its end and return its output; a failure becomes a `Problem`."""
    done = subprocess.run(
        command(place, *words),
        cwd=place.root,
        env=environment(place, database),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise _failure(place, words[0], done.stderr.strip() or done.stdout.strip())
    return done.stdout


def _failure(place: Place, name: str, output: str) -> Problem:
    if is_full(output):
        return disk_full(place.data)
    return Problem(_("“manage {name}” failed.").format(name=name), *output.splitlines()[-12:])
