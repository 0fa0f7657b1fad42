"""Facts that other features may hear: small frozen dataclasses, delivered in-process.

A handler runs inside the transaction of the act, so what it writes stands or falls with it. Work that may come later
is queued by the handler as a job, which joins the same transaction.
"""

from collections import defaultdict
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

H = TypeVar("H", bound=Callable[[Any], None])
_handlers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)
_pending: ContextVar[list[object] | None] = ContextVar("pending_events", default=None)


def subscribe(*event_classes: type) -> Callable[[H], H]:
    """Register the decorated function as a handler of these events."""

    def register(handler: H) -> H:
        for event_class in event_classes:
            _handlers[event_class].append(handler)
        return handler

    return register


def publish(event: object) -> None:
    """Say that something happened. Delivered when the surrounding act has done its own writing."""
    pending = _pending.get()
    if pending is None:
        raise RuntimeError(f"{type(event).__name__} was published outside an action")
    pending.append(event)


def deliver(pending: list[object]) -> None:
    """Hand every pending event to its handlers, including those that handlers publish in turn."""
    while pending:
        event = pending.pop(0)
        for handler in _handlers[type(event)]:
            handler(event)
