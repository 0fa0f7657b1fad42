"""`./qince restore FILE`: bring back what `./qince backup` wrote."""

import argparse
from pathlib import Path

from launcher import application, archive, database, environment, unarchive
from launcher.place import Place
from launcher.problem import Problem
from launcher.progress import Progress
from launcher.signals import stop_in_order
from launcher.words import _

SUMMARY = _("restore an archive written by ./qince backup")
DETAIL = _("Checks every byte first. All or nothing: if it fails, the present data stays as it is.")
PASSES_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--replace", action="store_true", help=_("replace the data that is there now"))


def run(options: argparse.Namespace, place: Place, progress: Progress) -> int:
    file: Path = options.file.expanduser().resolve()
    environment.ensure(place)
    with progress.step(_("Checking the archive")) as note:
        manifest = unarchive.verify(file)
        note(_("Qince {version}, {time}").format(version=manifest.version, time=manifest.created_at))
    with stop_in_order(), database.attached(place, "restore", progress) as opened:
        if not options.replace and archive.has_data(opened):
            raise Problem(
                _("The database in {data} is not empty.").format(data=place.data),
                _("Restore into a new folder: --data NEWDIR"),
                _("Or replace what is there: --replace (make a backup first)"),
            )
        with progress.step(_("Restoring")) as note:
            unarchive.restore(file, manifest, place, opened)
            note(_("{rows} rows, {files} files").format(rows=manifest.total_rows, files=manifest.total_files))
        application.forget_migrations(place)
    if opened.shared:
        progress.say(_("Restored. Now restart the running Qince, so that it updates the tables if needed."))
        return 0
    progress.say(_("Restored. Start with ./qince up; it updates the tables if this version is newer."))
    return 0
