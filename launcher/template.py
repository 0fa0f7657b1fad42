"""A migrated cluster kept for the tests: every run starts from a copy of it instead of migrating anew.

It is known by a digest of what it was made from: migrations, and the declarations, whose first release migrating
writes down. What changes makes a new one, and the old one goes.
"""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from launcher import stamps
from launcher.place import Place

DATABASE = "qince"  # migrated; test databases are copies of it
_PARTS = ("postgres", "database_passwords.json")


@dataclass(frozen=True)
class Template:
    folder: Path

    @property
    def is_made(self) -> bool:
        return (self.folder / "postgres" / "PG_VERSION").is_file()

    def keep(self, data: Path) -> bool:
        """Remember the stopped cluster in `data`; False where its database lies elsewhere (see `homes`)."""
        if not (data / "postgres").is_dir():
            return False
        shutil.rmtree(self.folder.parent, ignore_errors=True)
        beside = self.folder.with_suffix(".new")
        beside.mkdir(parents=True)
        self._copy(data, beside)
        beside.rename(self.folder)
        return True

    def lay(self, data: Path) -> None:
        """Put a copy into the empty folder `data`."""
        self._copy(self.folder, data)

    def _copy(self, source: Path, target: Path) -> None:
        # cp keeps owners and modes, which the server insists on
        subprocess.run(["cp", "-a", *(str(source / part) for part in _PARTS), str(target)], check=True)


def template_of(place: Place) -> Template:
    """The template for the checkout as it is."""
    source = place.root / "src" / "qince"
    files = [*source.rglob("migrations/*.py"), *(source / "kit" / "postgresql").glob("*.py")]
    files += [*source.rglob("privacy.py"), *(source / "core" / "policy").rglob("*.*")]
    files += [path for path in (source / "core" / "privacy").rglob("*.*") if path.suffix in (".py", ".md")]
    files += [*(place.root / "launcher").glob("*.py"), place.root / "requirements.lock"]
    key = stamps.digest(str(place.root), files=files)[:16]
    return Template(place.data / "test-template" / key)
