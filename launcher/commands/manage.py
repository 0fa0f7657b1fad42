"""`./qince manage …`: Django's commands in the environment, with the database running."""

import argparse
import subprocess

from launcher import database, django, environment
from launcher.place import Place
from launcher.progress import Progress
from launcher.signals import stop_in_order
from launcher.words import _

SUMMARY = _("run a Django management command (./qince manage help lists them)")
DETAIL = _("Uses the running database, or starts it for as long as the command takes.")
USAGE = "./qince manage [--data DIR] COMMAND …"
PASSES_ON = True

# these change or inspect tables, which the application's role may not
OWNER_COMMANDS = frozenset(
    {
        "migrate", "makemigrations", "showmigrations", "sqlmigrate", "squashmigrations", "optimizemigration",
        "flush", "sqlflush", "sqlsequencereset", "dbshell", "inspectdb", "test",
        "check_tenancy",
    }
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="COMMAND …")


def run(options: argparse.Namespace, place: Place, progress: Progress) -> int:
    words = [*options.rest, *options.words] or ["help"]
    environment.ensure(place)
    with stop_in_order(), database.attached(place, "manage", progress) as opened:
        roles = opened.environment(as_owner=words[0] in OWNER_COMMANDS)
        env = django.environment(place, roles)
        return subprocess.run(django.command(place, *words), cwd=place.root, env=env, check=False).returncode
