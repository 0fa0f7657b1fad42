"""The phone app's words, from the same catalogues as everything else (domain `djangojs`).

Two parts for each language: what the first page says, and the rest, which is fetched behind it.
"""

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation.trans_real import DjangoTranslation

from qince.surfaces.phone import modules

LANGUAGES = ("en", "zh-hans")
FIRST, REST = PARTS = ("first", "rest")


def catalogue(language: str, part: str) -> str:
    """JSON of English text to translation, a list where it has plural forms; only what the phone says."""
    return (_read(language) if settings.DEBUG else _catalogues(language))[part]


def address(language: str, part: str) -> str:
    """Where the catalogue is served; it changes with the content, so it can be kept for ever."""
    return reverse("phone:words", args=[language, part, digest(language, part)])


def addresses() -> dict[str, dict[str, str]]:
    """Language to part to address."""
    return {language: {part: address(language, part) for part in PARTS} for language in LANGUAGES}


def digest(language: str, part: str) -> str:
    return hashlib.sha256(catalogue(language, part).encode()).hexdigest()[:12]


def _read(language: str) -> dict[str, str]:
    at_once = modules.files_at_once()
    ours = _text_of(modules.SOURCE.rglob("*.js"))
    early = _text_of(at_once)
    words: dict[str, dict[str, str | list[str]]] = {part: {} for part in PARTS}
    known = DjangoTranslation(language, domain="djangojs")._catalog.items()  # type: ignore[attr-defined]
    for key, text in sorted(known, key=lambda item: str(item[0])):
        english, plural = (key[0], True) if isinstance(key, tuple) else (key, False)
        literal = json.dumps(english, ensure_ascii=False)
        if literal not in ours:
            continue  # the console's
        part = words[FIRST if literal in early else REST]
        if plural:
            forms = part.setdefault(english, [])
            if isinstance(forms, list):
                forms.append(text)
        elif english and text:
            part[english] = text
    return {part: json.dumps(held, ensure_ascii=False, separators=(",", ":")) for part, held in words.items()}


def _text_of(files: Iterable[Path]) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in files)


_catalogues = cache(_read)
