"""Tables, catalogues, static files: each made ready, and skipped while its inputs are unchanged."""

import ast
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from launcher import catalogues, django, sql, stamps
from launcher.database import Database
from launcher.place import Place
from launcher.problem import Problem
from launcher.words import _

_IDENTITY = """
SELECT (SELECT system_identifier FROM pg_control_system()), oid, datname
  FROM pg_database WHERE datname = current_database();
"""


def migrate(place: Place, database: Database) -> str:
    """Bring the tables up to the code; refuse a data folder that a newer Qince has written."""
    stamp = place.data / "stamps" / "migrations"
    wanted = stamps.digest(_identity(database), files=[*_migrations(place), place.root / "requirements.lock"])
    if stamps.is_fresh(stamp, wanted):
        return _("up to date")
    refuse_newer_tables(place, database)
    refuse_unfinished_tables(place, database)
    output = django.run(
        place, database.environment(as_owner=True), "migrate", "--no-input", "--verbosity", "1"
    )
    stamps.write(stamp, wanted)
    applied = output.count("... OK")
    return _("{count} applied").format(count=applied) if applied else _("up to date")


def forget_migrations(place: Place) -> None:
    """After a restore the tables must be looked at again."""
    (place.data / "stamps" / "migrations").unlink(missing_ok=True)


def refuse_newer_tables(place: Place, database: Database) -> None:
    """Applied migrations that the code does not know mean that the code is older than the data."""
    known = defaultdict(set)
    for app, name in [*own_migrations(place), *replaced_migrations(place)]:
        known[app].add(name)
    unknown = [
        f"{app}.{name}"
        for app, name in applied_migrations(database)
        if app in known and name not in known[app]
    ]
    if unknown:
        raise Problem(
            _("The data in {data} was written by a newer Qince than this one ({names}).").format(
                data=place.data, names=", ".join(unknown[:3])
            ),
            _("Update this checkout (git pull), or restore a backup made with this version:"),
            _("./qince restore FILE --data NEWDIR"),
        )


def refuse_older_tables(place: Place, database: Database) -> None:
    """For commands that read tables without bringing them up to date first."""
    applied = set(applied_migrations(database))
    missing = [f"{app}.{name}" for app, name in sorted(own_migrations(place)) if (app, name) not in applied]
    if missing:
        raise Problem(
            _("The tables in {data} are older than this Qince ({names}).").format(
                data=place.data, names=", ".join(missing[:3])
            ),
            _("Start it once, which brings them up to date:"),
            _("./qince up --data {data}").format(data=place.data),
        )


def refuse_unfinished_tables(place: Place, database: Database) -> None:
    """What one migration of today stands for was applied as a whole, or not at all: nothing in between can go on."""
    applied, replaced = set(applied_migrations(database)), replaced_migrations(place)
    begun = {app for app, name in replaced if (app, name) in applied}
    missing = [f"{app}.{name}" for app, name in replaced if app in begun and (app, name) not in applied]
    if missing:
        raise Problem(
            _("The tables in {data} are of an early version that did not finish them ({names}).").format(
                data=place.data, names=", ".join(missing[:3])
            ),
            _("Start them once with a checkout from before 0.1.0, which finishes them; then with this one."),
            _("Or start anew in another folder: ./qince up --data NEWDIR"),
        )


def applied_migrations(database: Database) -> list[tuple[str, str]]:
    exists = "SELECT to_regclass('public.django_migrations') IS NOT NULL"
    if sql.run(database.binaries, database.owner, exists) != [["t"]]:
        return []
    rows = sql.run(database.binaries, database.owner, "SELECT app, name FROM django_migrations")
    return [(row[0], row[1]) for row in rows]


def own_migrations(place: Place) -> list[tuple[str, str]]:
    """The (app, name) of every migration in our own tree."""
    return [(file.parent.parent.name, file.stem) for file in _migrations(place)]


def replaced_migrations(place: Place) -> list[tuple[str, str]]:
    """The (app, name) of every earlier migration that one of our own stands for (`replaces` in its class)."""
    found = []
    for file in _migrations(place):
        for each in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "replaces":
                found += ast.literal_eval(each.value)
    return found


def collect_static(place: Place) -> str:
    """Gather and compress the static files when any of them changed."""
    stamp = place.data / "stamps" / "static"
    wanted = stamps.digest(*_fingerprints(_static(place)), files=[place.root / "requirements.lock"])
    if stamps.is_fresh(stamp, wanted) and (place.data / "static").is_dir():
        return _("unchanged")
    django.run(place, {}, "collectstatic", "--no-input", "--verbosity", "0")
    stamps.write(stamp, wanted)
    return _("collected")


def compile_catalogues(place: Place) -> str:
    written = catalogues.compile_all(place.root)
    return _("{count} compiled").format(count=written) if written else _("unchanged")


def _migrations(place: Place) -> list[Path]:
    return [file for file in place.root.glob("src/**/migrations/*.py") if file.name != "__init__.py"]


def _static(place: Place) -> list[Path]:
    """Every file that collectstatic may pick up from our own tree."""
    found = [file for file in place.root.glob("src/**/static/**/*") if file.is_file()]
    return found + [file for file in place.root.glob("pwa/**/*") if file.is_file()]


def _fingerprints(files: Iterable[Path]) -> list[str]:
    """Name, size and time: cheap enough for every start, unlike reading them all."""
    return [f"{file}:{stat.st_size}:{stat.st_mtime_ns}" for file in sorted(files) for stat in [file.stat()]]


def _identity(database: Database) -> str:
    """What changes when the data folder suddenly holds another database."""
    try:
        return str(sql.run(database.binaries, database.owner, _IDENTITY))
    except sql.SqlError:  # managed servers may hide it; then migrations are looked at each time
        return str(object())
