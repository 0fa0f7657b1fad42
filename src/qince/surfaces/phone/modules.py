"""Every module of `pwa/` under the name the others import it by: `pwa/kit/db.js` is `#kit/db`."""

import re
from pathlib import Path

from django.conf import settings

from qince.kit import assets

PAGE = "phone"
SOURCE = Path(settings.ROOT) / "pwa"
FOLDERS = ("kit", "parts", "features")
LIBRARIES = {
    "preact": "vendor/preact/dist/preact.mjs",
    "preact/hooks": "vendor/preact/hooks/dist/hooks.mjs",
    "@preact/signals": "vendor/signals/dist/signals.mjs",
    "@preact/signals-core": "vendor/signals-core/dist/signals-core.mjs",
    "htm": "vendor/htm/dist/htm.mjs",
    "dexie": "vendor/dexie/dist/modern/dexie.min.mjs",
}
# Fetched when first needed, and kept with the release from then on: not every phone needs them.
ON_DEMAND = {"zxing": "vendor/zxing/zxing.js"}
IMPORT = re.compile(r'^\s*(?:import|export)\s(?:[^;"]*?\sfrom\s)?"([^"]+)";', re.MULTILINE)


def names() -> dict[str, str]:
    """Import name to static path, for libraries and for our own files."""
    files = [path for folder in FOLDERS for path in sorted((SOURCE / folder).rglob("*.js"))]
    inside = [path.relative_to(SOURCE).as_posix() for path in files]
    own = {f"#{path.removesuffix('.js')}": f"pwa/{path}" for path in inside}
    return LIBRARIES | ON_DEMAND | own


def imports(path: Path) -> list[str]:
    """What a module needs before it can run; pages that are fetched when first shown do not count."""
    return IMPORT.findall(path.read_text(encoding="utf-8"))


def needed_at_once() -> set[str]:
    """Names of the modules without which the app does not open."""
    found = set(LIBRARIES)
    todo = imports(SOURCE / "main.js")
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += imports(SOURCE / f"{name.removeprefix('#')}.js")
    return found


def files_at_once() -> set[Path]:
    """Our own files among them, `main.js` included."""
    own = {name for name in needed_at_once() if name not in LIBRARIES}
    return {SOURCE / "main.js", *(SOURCE / f"{name.removeprefix('#')}.js" for name in own)}


def register() -> None:
    at_once = needed_at_once()
    for name, path in names().items():
        assets.module(name, path, page=PAGE, preload=name in at_once)
