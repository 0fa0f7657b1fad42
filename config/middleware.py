"""What every request passes, and Django's console middlewares, skipped for the token API, which has neither session nor
cookies to read.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.middleware.common import CommonMiddleware
from django.middleware.csrf import CsrfViewMiddleware
from django_htmx.middleware import HtmxMiddleware

API = "/api/"
Answer = Callable[[HttpRequest], HttpResponseBase]


def without_nul(get_response: Answer) -> Answer:
    """Take the character NUL out of the query: nobody types it, and no text of the database can hold it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if "%00" in (query := request.META.get("QUERY_STRING", "")):
            request.META["QUERY_STRING"] = query.replace("%00", "")
        return get_response(request)

    return middleware


def console_only(middleware: type[Any]) -> type[Any]:
    def __call__(self: Any, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(API):
            return self.get_response(request)  # type: ignore[no-any-return]
        return middleware.__call__(self, request)  # type: ignore[no-any-return]

    return type(middleware.__name__, (middleware,), {"__call__": __call__})


Session = console_only(SessionMiddleware)
Common = console_only(CommonMiddleware)
Csrf = console_only(CsrfViewMiddleware)
Authentication = console_only(AuthenticationMiddleware)
Messages = console_only(MessageMiddleware)
Htmx = console_only(HtmxMiddleware)
