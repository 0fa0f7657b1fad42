"""Running a Python module of ours against a database of its own that is thrown away afterwards."""

import subprocess
from collections.abc import Sequence

from launcher import database, django, environment
from launcher.place import Place
from launcher.progress import Progress
from launcher.signals import stop_in_order


def run_module(place: Place, module: str, words: Sequence[str], progress: Progress, *, durable: bool) -> int:
    """Run `python -m module words…` as owner, with its standard output untouched; returns its status."""
    environment.ensure(place, environment.DEVELOPMENT)
    with (
        stop_in_order(),
        database.throwaway(place, module.replace(".", "-"), progress, durable=durable) as opened,
    ):
        env = django.environment(place, opened.all_urls())
        env["QINCE_DATA"] = str(opened.data)
        return subprocess.run(
            [str(place.python), "-m", module, *words], cwd=place.root, env=env, check=False
        ).returncode
