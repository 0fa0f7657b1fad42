"""Short notices after an act, shown once as a toast; instead of asking "are you sure", offer to undo."""

import json
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LEVELS = {
    "info": messages.INFO,
    "success": messages.SUCCESS,
    "warning": messages.WARNING,
    "error": messages.ERROR,
}
UNDO = "undo:"


def flash(request: HttpRequest, text: "str | _StrPromise", *, level: str = "success", undo: str = "") -> None:
    """Show `text` on the next full page. `undo` is an address that takes the act back when posted to."""
    messages.add_message(request, LEVELS[level], text, extra_tags=UNDO + undo if undo else "")


def flash_now(
    response: HttpResponseBase, text: "str | _StrPromise", *, level: str = "success", undo: str = ""
) -> None:
    """Show `text` as soon as htmx has swapped in this `response`, without a full page."""
    notice = {"toast": {"text": str(text), "level": level, "undo": undo}}
    response["HX-Trigger"] = json.dumps(notice)
