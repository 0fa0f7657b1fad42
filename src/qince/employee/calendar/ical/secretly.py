"""Addresses that hold a secret fail without telling it: the framework would write the address into the error log."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)


def secretly(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 500 for what nobody expected, and log where it happened, but neither address nor the error's own words."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Exception as error:
            log.error("calendar: %s failed with %s at %s", view.__name__, type(error).__name__, _where(error))
            response = HttpResponse(status=500)
            response["Cache-Control"] = "no-store"
            response._has_been_logged = True  # type: ignore[attr-defined]
            return response

    return answered


def _where(error: BaseException) -> str:
    """The lines of our code that the error came through, innermost last."""
    found, at = [], error.__traceback__
    while at is not None:
        found.append(f"{at.tb_frame.f_globals.get('__name__', '?')}:{at.tb_lineno}")
        at = at.tb_next
    return " > ".join(found[-6:])
