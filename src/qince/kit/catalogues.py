"""The message catalogues: one per language and kind (`django` for Python and templates, `djangojs` for modules)."""

import contextlib
import io
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test.utils import override_settings

from launcher.catalogues import messages

LOCALE = "zh_Hans"
DOMAINS = {"django": ["py", "html", "txt", "svg"], "djangojs": ["js"]}
IGNORED = [
    ".venv/*", ".tools/*", ".cache/*", "data/*", "docs/*", "examples/*", "launcher/*", "tests/*", "bench/*", "tools/*",
    "*/tests/*", "*/static/vendor/*", "*/migrations/*", "node_modules/*",
]  # fmt: skip


def extract(into: Path) -> None:
    """Bring the catalogues under `into` up to date with the sources. Needs the gettext tools."""
    (into / LOCALE / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    with override_settings(LOCALE_PATHS=[str(into)]), contextlib.chdir(settings.ROOT):
        for domain, extensions in DOMAINS.items():
            call_command(
                "makemessages",
                locale=[LOCALE],
                domain=domain,
                extensions=extensions,
                ignore_patterns=IGNORED,
                no_location=True,
                no_wrap=True,
                no_obsolete=True,
                verbosity=0,
                stdout=io.StringIO(),
            )


def catalogue(folder: Path, domain: str) -> Path:
    return folder / LOCALE / "LC_MESSAGES" / f"{domain}.po"


def entries(path: Path) -> dict[str, str]:
    """Message id → translation; untranslated and fuzzy ones are missing."""
    return messages(path.read_text(encoding="utf-8")) if path.exists() else {}


def ids(path: Path) -> Iterator[str]:
    """Every message id in a catalogue, translated or not."""
    from launcher.catalogues import _entries

    for entry in _entries(path.read_text(encoding="utf-8")):
        if entry.get("msgid"):
            yield entry["msgid"]


def gettext_is_missing() -> bool:
    return not any(Path(folder, "xgettext").exists() for folder in os.environ["PATH"].split(os.pathsep))
