"""The part of a service worker that shows push messages; the phone's worker ends with it, the console's is it."""

from functools import cache
from pathlib import Path

from django.conf import settings

FILE = Path(__file__).parent / "static/notifications/worker.js"


def source() -> str:
    return _read.__wrapped__() if settings.DEBUG else _read()


@cache
def _read() -> str:
    return FILE.read_text(encoding="utf-8")
