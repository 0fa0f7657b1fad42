"""Every module of `pwa/` under the name the others import it by: `pwa/kit/db.js` is `#kit/db`."""

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


def names() -> dict[str, str]:
    """Import name to static path, for libraries and for our own files."""
    own = {
        f"#{path.relative_to(SOURCE).with_suffix('').as_posix()}": f"pwa/{path.relative_to(SOURCE).as_posix()}"
        for folder in FOLDERS
        for path in sorted((SOURCE / folder).rglob("*.js"))
    }
    return LIBRARIES | own


def register() -> None:
    for name, path in names().items():
        assets.module(name, path, page=PAGE, preload=True)
