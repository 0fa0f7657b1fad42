"""The database a command works with: our own, one already running on the same folder, or a named server."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from launcher import credentials, external, homes, ownership, roles
from launcher.account import database_account
from launcher.binaries import Binaries, find
from launcher.cluster import Cluster, url
from launcher.logs import ChildLog
from launcher.place import Place
from launcher.progress import Progress


@dataclass
class Database:
    """Connection URLs by role. `cluster` is set only where this process runs the server itself."""

    owner: str
    app: str
    backup: str
    binaries: Binaries
    superuser: str | None = None
    cluster: Cluster | None = None

    def environment(self, *, as_owner: bool) -> dict[str, str]:
        """What Django is told: migrating commands get the owner's role, all others the application's."""
        shared = {"QINCE_BACKUP_DATABASE_URL": self.backup}
        return shared | ({"QINCE_DATABASE_URL": self.owner} if as_owner else {"QINCE_APP_DATABASE_URL": self.app})

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
        yield external.connect(place, find(place))
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
        yield _of(cluster)
    finally:
        held.note(socket_folder="")
        cluster.stop()


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
    return _from(urls, find(place))


def _of(cluster: Cluster) -> Database:
    database = _from({role: cluster.url(role) for role in credentials.ROLES}, cluster.binaries)
    database.cluster = cluster
    return database


def _from(urls: dict[str, str], binaries: Binaries) -> Database:
    return Database(urls["qince_owner"], urls["qince_app"], urls["qince_backup"], binaries, urls["postgres"])
