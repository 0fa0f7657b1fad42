"""`./qince restore FILE`: bring back what `./qince backup` wrote."""

import argparse
from pathlib import Path

from launcher import application, archive, database, environment, erasures, keys, unarchive
from launcher.database import Database
from launcher.place import Place
from launcher.problem import Problem
from launcher.progress import Progress
from launcher.signals import stop_in_order
from launcher.words import _

SUMMARY = _("restore an archive written by ./qince backup")
DETAIL = _(
    "Checks every byte first. All or nothing: if it fails, the present data stays as it is. Sensitive data "
    "is read with the keys in the data folder; --keys adds those of a copy. What has been destroyed here stays "
    "destroyed."
)
PASSES_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--replace", action="store_true", help=_("replace the data that is there now"))
    parser.add_argument(
        "--keys",
        type=Path,
        metavar="FILE.keys",
        help=_("the keys written beside the archive, for a new data folder"),
    )


def run(options: argparse.Namespace, place: Place, progress: Progress) -> int:
    file: Path = options.file.expanduser().resolve()
    copy: Path | None = options.keys.expanduser().resolve() if options.keys else None
    environment.ensure(place)
    with progress.step(_("Checking the archive")) as note:
        manifest = unarchive.verify(file)
        if copy:
            keys.verify(copy)
        note(_("Qince {version}, {time}").format(version=manifest.version, time=manifest.created_at))
    with stop_in_order(), database.attached(place, "restore", progress) as opened:
        if not options.replace and archive.has_data(opened):
            raise Problem(
                _("The database in {data} is not empty.").format(data=place.data),
                _("Restore into a new folder: --data NEWDIR"),
                _("Or replace what is there: --replace (make a backup first)"),
            )
        erasures.refuse_open_service(place, opened)
        with progress.step(_("Restoring")) as note:
            unarchive.restore(file, manifest, place, opened)
            note(_("{rows} rows, {files} files").format(rows=manifest.total_rows, files=manifest.total_files))
        application.forget_migrations(place)
        _keys(copy, place, opened, progress)
        if erasures.missing(place, opened):
            with progress.step(_("Erasing again whoever was erased")) as note:
                application.migrate(place, opened)
                note(erasures.replay(place, opened))
    if opened.shared:
        progress.say(_("Restored. Now restart the running Qince, so that it updates the tables if needed."))
        return 0
    progress.say(_("Restored. Start with ./qince up; it updates the tables if this version is newer."))
    return 0


def _keys(copy: Path | None, place: Place, opened: Database, progress: Progress) -> None:
    """Bring keys back, then say what still cannot be read, and what helps."""
    with progress.step(_("Keys")) as note:
        if copy:
            added, destroyed = keys.bring_back(copy, place, opened)
            note(
                _("{added} brought back, {destroyed} stay destroyed").format(added=added, destroyed=destroyed)
            )
        lost = keys.unreadable(place, opened)
    if not lost:
        return
    progress.say(
        _("There is no key for the following. It stays empty, and the photos of the same people absent:")
    )
    for label, count in lost:
        progress.say(f"  ✗ {label}: {count}")
    progress.say(_("Bring the keys: ./qince restore FILE --replace --keys FILE.keys"))
