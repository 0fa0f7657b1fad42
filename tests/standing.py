"""A scene that takes long to set is set once; each test plays in it and leaves it as it was.

What stands lies in an open transaction, in which every test's own is nested, and in a folder that each gets a copy of.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.transaction import atomic, set_rollback
from django.test import override_settings

from conftest import storages


@dataclass(frozen=True)
class Scene:
    made: Any
    folder: Path

    def played(self, folder: Path) -> Any:
        """What was made, for one test alone: rows it may change, files of its own in `folder`."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return deepcopy(self.made)


@contextmanager
def standing(
    make: Callable[..., Any], *, blocker: Any, folder: Path, on: Scene | None = None
) -> Iterator[Scene]:
    """Set the scene; `on` another that stands, what was made there is given to `make`.

    `blocker` is `django_db_blocker`. The fixture must have a wider scope than a test's, to stand before `db`.
    """
    with blocker.unblock(), override_settings(DATA=folder, STORAGES=storages(folder)), atomic():
        yield Scene(make(*([on.played(folder)] if on else [])), folder)
        set_rollback(True)
