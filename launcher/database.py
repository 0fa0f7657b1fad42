"""The database a command works with: our own, one already running on the same folder, or a named server."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from launcher import credentials, external, homes, orphans, ownership, roles, sql
from launcher.account import database_account
from launcher.binaries import Binaries, find
from launcher.cluster import Cluster, url
from launcher.logs import ChildLog
from launcher.place import Place
from launcher.progress import Progress
from launcher.template import Template, template_of

YOUNG_SECONDS = 60


@dataclass
class Database:
    """Connection URLs by role. `cluster` is set only where this process runs the server itself;
    `shared` where another command has it open."""

    owner: str = field(repr=False)
    app: str = field(repr=False)
    backup: str = field(repr=False)
    binaries: Binaries
    data: Path
    superuser: str | None = field(default=None, repr=False)
    cluster: Cluster | None = None
    shared: bool = False

    def role(self, which: str) -> str:
        """The name of the role behind the `owner`, `app` or `backup` URL."""
        return sql.connection_env(getattr(self, which))["PGUSER"]

    def environment(self, *, as_owner: bool) -> dict[str, str]:
        """What Django is told: migrating commands get the owner's role, all others only the application's."""
        role = {"QINCE_APP_ROLE": self.role("app")}
        if not as_owner:
            return role | {"QINCE_APP_DATABASE_URL": self.app}
        return role | {"QINCE_DATABASE_URL": self.owner, "QINCE_BACKUP_DATABASE_URL": self.backup}

    def all_urls(self) -> dict[str, str]:
        """For tests and developers, who may be anyone."""
        return self.environment(as_owner=True) | self.environment(as_owner=False)


def is_external() -> bool:
    return bool(os.environ.get("QINCE_DATABASE_URL"))


@contextmanager
def attached(place: Place, command: str, progress: Progress) -> Iterator[Database]:
    """For a short command: use the database that is running, or run it for as long as the command takes."""
    place.prepare_data()
    if is_external():
        yield named(place)
        return
    with ExitStack() as stack:
        try:
            ownership_held = stack.enter_context(owning(place, command))
        except ownership.Owned:
            yield _running(place)
            return
        yield stack.enter_context(embedded(place, ownership_held, progress.say))


@contextmanager
def owning(place: Place, command: str) -> Iterator[ownership.Ownership]:
    """Hold the data folder; raises `Owned` when somebody else does."""
    held = ownership.acquire(place.data, command)
    try:
        yield held
    finally:
        held.release()


@contextmanager
def embedded(
    place: Place, held: ownership.Ownership, say: Callable[[str], None], *, throwaway: bool = False
) -> Iterator[Database]:
    """Run our own server; it stops when the block ends."""
    cluster = prepare(place, say, throwaway=throwaway)
    cluster.start()
    try:
        roles.bootstrap(cluster)
        held.note(socket_folder=str(cluster.socket_folder))
        yield _of(cluster, place)
    finally:
        held.note(socket_folder="")
        cluster.stop()


@contextmanager
def opened(place: Place, held: ownership.Ownership, say: Callable[[str], None]) -> Iterator[Database]:
    """For the owner of the folder: the named server if there is one, else our own."""
    if is_external():
        yield named(place)
        return
    with embedded(place, held, say) as database:
        yield database


def named(place: Place) -> Database:
    """The server of QINCE_DATABASE_URL."""
    binaries = find(place)
    return Database(*external.urls(place, binaries), binaries, place.data)


@contextmanager
def throwaway(
    place: Place,
    purpose: str,
    progress: Progress,
    *,
    durable: bool = False,
    start_from: Template | None = None,
) -> Iterator[Database]:
    """A cluster of its own for tests or measurements; `durable` keeps fsync on, as production has it.

    It is empty, or a copy of `start_from`.
    """
    own = _temporary(place, purpose)
    try:
        if start_from is not None:
            start_from.lay(own.data)
        with (
            owning(own, purpose) as held,
            embedded(own, held, progress.say, throwaway=not durable) as database,
        ):
            yield database
    finally:
        _remove(own.data)


def migrated(place: Place, progress: Progress, migrate: Callable[[Database], None]) -> Template | None:
    """The template of this checkout, made by `migrate` when there is none; None where it cannot be kept."""
    template = template_of(place)
    if template.is_made:
        return template
    own = _temporary(place, "template")
    try:
        with owning(own, "template") as held:
            with embedded(own, held, progress.say, throwaway=True) as database:
                migrate(database)
            return template if template.keep(own.data) else None
    finally:
        _remove(own.data)


def _temporary(place: Place, purpose: str) -> Place:
    place.prepare_data()
    parent = place.data / "throwaway"
    parent.mkdir(exist_ok=True)
    parent.chmod(place.data.stat().st_mode & 0o777)
    _sweep(parent)
    own = replace(place, data=Path(tempfile.mkdtemp(prefix=f"{purpose}-", dir=parent)))
    own.prepare_data()
    return own


def _sweep(parent: Path) -> None:
    """Remove what killed runs left behind; whoever still runs holds his lock."""
    for left in parent.iterdir():
        if time.time() - left.stat().st_mtime < YOUNG_SECONDS:
            continue  # perhaps its owner is just about to lock it
        try:
            ownership.acquire(left, "sweep").release()
        except (ownership.Owned, OSError):
            continue
        _remove(left)


def _remove(data: Path) -> None:
    note = data / "database_folder"
    home = Path(note.read_text().strip()) if note.exists() else data
    orphans.stop_all(home / "postgres")
    shutil.rmtree(home, ignore_errors=True)
    shutil.rmtree(data, ignore_errors=True)


def prepare(place: Place, say: Callable[[str], None], *, throwaway: bool = False) -> Cluster:
    """Find the programs and the folder, and create the cluster on first use."""
    account = database_account()
    log = ChildLog(place.logs, "postgres", shown=place.verbose)
    home = homes.database_home(place, account, say)
    secrets = credentials.passwords(place.data)
    cluster = Cluster(home, find(place, account), account, log, secrets, throwaway=throwaway)
    cluster.create()
    return cluster


def _running(place: Place) -> Database:
    folder = ownership.wait_for_database(place.data)
    secrets = credentials.passwords(place.data)
    urls = {role: url(role, secret, Path(folder), "qince") for role, secret in secrets.items()}
    return replace(_from(urls, find(place), place), shared=True)


def _of(cluster: Cluster, place: Place) -> Database:
    database = _from({role: cluster.url(role) for role in credentials.ROLES}, cluster.binaries, place)
    database.cluster = cluster
    return database


def _from(urls: dict[str, str], binaries: Binaries, place: Place) -> Database:
    return Database(
        urls["qince_owner"], urls["qince_app"], urls["qince_backup"], binaries, place.data, urls["postgres"]
    )
