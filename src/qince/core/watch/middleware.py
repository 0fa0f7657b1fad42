"""Around every request: a line in the access log, and a reading for each person whose sensitive data was opened."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse

from qince.core.watch.buffer import buffer
from qince.core.watch.lines import line_of
from qince.core.watch.reads import Looking
from qince.kit import clock
from qince.kit.vault.openings import watched_by


class Watch:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        at, looking = clock.now(), Looking(request)
        with watched_by(looking):
            response = self.get_response(request)
        looking.write()
        if isinstance(response, StreamingHttpResponse) and not response.is_async:
            response.streaming_content = _watched(response.streaming_content, looking)
        if (line := line_of(request, response, at=at)) is not None:
            buffer.put(line)
        return response


def _watched(content: Any, looking: Looking) -> Iterator[bytes]:
    """A streamed body opens what it shows only while it is sent. Cut short, what was opened is still written."""
    try:
        with watched_by(looking):
            yield from content
    finally:
        looking.write()
