"""The phone app's words, from the same catalogues as everything else (domain `djangojs`)."""

import hashlib
import json
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation.trans_real import DjangoTranslation

from qince.surfaces.phone.modules import SOURCE

LANGUAGES = ("en", "zh-hans")


def catalogue(language: str) -> str:
    """JSON of English text to translation, a list where it has plural forms; only what the phone says."""
    return _read(language) if settings.DEBUG else _catalogue(language)


def address(language: str) -> str:
    """Where the catalogue is served; it changes with the content, so it can be kept for ever."""
    return reverse("phone:words", args=[language, digest(language)])


def digest(language: str) -> str:
    return hashlib.sha256(catalogue(language).encode()).hexdigest()[:12]


def _read(language: str) -> str:
    words: dict[str, str | list[str]] = {}
    ours = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.js"))
    known = DjangoTranslation(language, domain="djangojs")._catalog.items()  # type: ignore[attr-defined]
    for key, text in sorted(known, key=lambda item: str(item[0])):
        if json.dumps(key[0] if isinstance(key, tuple) else key, ensure_ascii=False) not in ours:
            continue  # the console's
        if isinstance(key, tuple):
            forms = words.setdefault(key[0], [])
            if isinstance(forms, list):
                forms.append(text)
        elif key and text:
            words[key] = text
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))


_catalogue = cache(_read)
