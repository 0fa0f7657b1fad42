"""`./qince backup FILE`: the database and the files in one archive."""

import argparse
from pathlib import Path

from launcher import archive, database, environment, keys
from launcher.place import Place
from launcher.problem import Problem
from launcher.progress import Progress
from launcher.signals import stop_in_order
from launcher.words import _

SUMMARY = _("write the database and all files into one archive")
DETAIL = _(
    "Works while Qince runs. The archive holds personal data and secrets: keep it safe. The keys of sensitive data go "
    "to FILE.keys, apart from it: keep that elsewhere, and only the newest one. Erasing a person destroys a key; an "
    "old archive tells nothing about that person as long as no older FILE.keys is left."
)
PASSES_ON = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--replace", action="store_true", help=_("overwrite FILE if it exists"))


def run(options: argparse.Namespace, place: Place, progress: Progress) -> int:
    file: Path = options.file.expanduser().resolve()
    if file.exists() and not options.replace:
        raise Problem(
            _("{file} exists already.").format(file=file), _("Choose another name, or add --replace.")
        )
    if not file.parent.is_dir():
        raise Problem(_("{folder} does not exist.").format(folder=file.parent), _("Create it first."))
    environment.ensure(place)
    with (
        stop_in_order(),
        database.attached(place, "backup", progress) as opened,
        progress.step(_("Backup")) as note,
    ):
        manifest = archive.write(file, place, opened)
        beside = keys.write(file, place)
        note(_("{rows} rows, {files} files").format(rows=manifest.total_rows, files=manifest.total_files))
    size = file.stat().st_size / 1e6
    progress.say(
        _("Written: {file} ({size:.1f} MB). It holds personal data and secrets.").format(file=file, size=size)
    )
    if beside:
        progress.say(
            _("Keys: {file}. Keep it apart from the archive, and delete older ones.").format(file=beside)
        )
    return 0
