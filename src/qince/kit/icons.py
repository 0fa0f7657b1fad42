"""The icon sprite: which symbols it holds, and where it is served."""

import re
from functools import cache
from pathlib import Path

from django.templatetags.static import static

SPRITE = Path(__file__).parent / "static/kit/icons.svg"


@cache
def known_icons() -> frozenset[str]:
    return frozenset(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text()))


@cache
def sprite_url() -> str:
    """The sprite's hashed address; asked for dozens of times a page and fixed while the process lives."""
    return static("kit/icons.svg")
