"""The words that the shared modules say on a console page: from the phone's catalogue, English text as the key."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation.trans_real import DjangoTranslation

PLACES = (Path(settings.ROOT) / "pwa/features/forms", Path(__file__).parent / "static/forms")


def words(language: str) -> dict[str, str]:
    return _read(language) if settings.DEBUG else _kept(language)


def _read(language: str) -> dict[str, str]:
    ours = "".join(
        path.read_text(encoding="utf-8") for place in PLACES for path in sorted(place.rglob("*.js"))
    )
    known = DjangoTranslation(language, domain="djangojs")._catalog.items()  # type: ignore[attr-defined]
    return {
        key: text
        for key, text in known
        if isinstance(key, str) and key and text and json.dumps(key, ensure_ascii=False) in ours
    }


_kept = cache(_read)
