"""Where the database lies: in the data folder, or, when root's user cannot get there, in /var/lib/qince."""

import os
from collections.abc import Callable
from pathlib import Path

from launcher.account import Account
from launcher.binaries import SHARED
from launcher.place import Place
from launcher.words import _


def database_home(
    place: Place, account: Account | None, say: Callable[[str], None] = lambda line: None
) -> Path:
    """Return the folder that holds `postgres/` and `run/`.

    A choice outside the data folder is remembered in the file `database_folder`, so that moving the data
    folder later does not lose sight of the database.
    """
    note = place.data / "database_folder"
    if note.exists():
        return Path(note.read_text().strip())
    if account is None or account.reaches(place.data):
        return place.data
    home = SHARED / f"{place.data.parent.name or 'data'}-{place.name}"
    home.mkdir(parents=True, exist_ok=True)
    for folder in (SHARED, home):
        os.chmod(folder, 0o755)  # to be passed through; the database inside is 0700  # nosec B103
    note.write_text(f"{home}\n")
    say(
        _("    The user “{user}” cannot enter {data}, so the database itself lies in {home}.").format(
            user=account.name, data=place.data, home=home
        )
    )
    return home
