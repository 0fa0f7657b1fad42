"""JavaScript modules by name. An import map gives each name its hashed address, so nothing needs bundling.

    assets.module("qince/visits", "visits/board.js")                 for the console
    assets.module("qince/outbox", "pwa/kit/outbox.js", page="phone")

Modules import each other only by these names: a relative import would miss the hash.
"""

import base64
import hashlib
import json
from functools import cache

from django.conf import settings
from django.templatetags.static import static

CONSOLE = "console"

_modules: dict[str, dict[str, str]] = {
    CONSOLE: {
        "htmx": "vendor/htmx/dist/htmx.esm.min.js",
        "leaflet": "vendor/leaflet/dist/leaflet.js",
        "echarts": "vendor/echarts/echarts.js",
    },
}
_preloaded: dict[str, list[str]] = {CONSOLE: ["htmx"]}


def module(name: str, path: str, *, page: str = CONSOLE, preload: bool = False) -> None:
    """Make the static file `path` importable as `name` on the pages that use the import map `page`."""
    _modules.setdefault(page, {})[name] = path
    if preload:
        _preloaded.setdefault(page, []).append(name)
    _rendered.cache_clear()


def modules(page: str = CONSOLE) -> dict[str, str]:
    """Every module of `page`: its name and the address it is served from."""
    return {name: static(path) for name, path in sorted(_modules.get(page, {}).items())}


def preloads(page: str = CONSOLE) -> list[str]:
    """Addresses that a page fetches at once rather than one import after another."""
    return [static(_modules[page][name]) for name in _preloaded.get(page, [])]


def import_map(page: str = CONSOLE) -> str:
    """The import map as text; in development read anew each time, since files change."""
    return _render(page) if settings.DEBUG else _rendered(page)


def content_hash(text: str) -> str:
    """`text` as a Content-Security-Policy source."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _render(page: str) -> str:
    text = json.dumps({"imports": modules(page)}, separators=(",", ":"))
    return text.replace("<", "\\u003c")


_rendered = cache(_render)

for _name in (
    "csrf",
    "strings",
    "theme",
    "shell",
    "menu",
    "dialog",
    "toast",
    "keys",
    "palette",
    "bulk",
    "forms",
    "choose",
    "banners",
):
    module(f"qince/{_name}", f"kit/js/{_name}.js", preload=True)
for _name in ("map", "map-layers", "map-clusters", "datum", "chart", "chart-options", "live"):
    module(f"qince/{_name}", f"kit/js/{_name}.js")
