"""Running a Python module of ours against a database of its own that is thrown away afterwards."""

import subprocess
from collections.abc import Sequence
from dataclasses import replace

from launcher import application, database, django, environment
from launcher.place import Place
from launcher.progress import Progress
from launcher.signals import stop_in_order
from launcher.words import _


def run_module(place: Place, module: str, words: Sequence[str], progress: Progress, *, durable: bool) -> int:
    """Run `python -m module words…` with its standard output untouched; returns its status.

    The database is migrated and the static files are there, so that the module may start servers.
    """
    environment.ensure(place, environment.DEVELOPMENT)
    with (
        stop_in_order(),
        database.throwaway(place, module.replace(".", "-"), progress, durable=durable) as opened,
    ):
        own = replace(place, data=opened.data)
        with progress.step(_("Tables")) as note:
            note(application.migrate(own, opened))
        with progress.step(_("Static files")) as note:
            application.compile_catalogues(own)
            note(application.collect_static(own))
        env = django.environment(own, opened.all_urls())
        return subprocess.run(
            [str(place.python), "-m", module, *words], cwd=place.root, env=env, check=False
        ).returncode
