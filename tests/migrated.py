"""Servers of their own for tests: each begins with a copy of the migrated cluster that `./qince test` keeps."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launcher.template import Template


@contextmanager
def data_folder(purpose: str) -> Iterator[Path]:
    """A data folder beside the tests' own database, where root's database account gets to; gone at the end."""
    with tempfile.TemporaryDirectory(
        prefix=f"{purpose}-", dir=os.environ.get("QINCE_DATA"), ignore_cleanup_errors=True
    ) as name:
        folder = Path(name) / "data"
        folder.parent.chmod(0o711)
        folder.mkdir()
        yield folder


def lay_tables(data: Path) -> bool:
    """Put the migrated cluster into an empty data folder; False where the run keeps none, and migrating is needed."""
    kept = os.environ.get("QINCE_TEST_TEMPLATE_FOLDER")
    if kept:
        Template(Path(kept)).lay(data)
    return bool(kept)
