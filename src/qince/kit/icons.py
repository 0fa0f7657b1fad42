"""The icon sprite: which symbols it holds, and where it is served."""

import re
from functools import cache
from pathlib import Path

from django.templatetags.static import static

SPRITE = Path(__file__).parent / "static/kit/icons.svg"


@cache
def known_icons() -> frozenset[str]:
    return frozenset(re.findall(r'<symbol id="([^"]+)"', SPRITE.read_text()))


def sprite_url() -> str:
    return static("kit/icons.svg")
