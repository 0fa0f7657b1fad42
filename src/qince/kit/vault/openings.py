"""Whose values were opened: told to an onlooker while one is set, so that no page can forget to say whom it showed."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol
from uuid import UUID


class Onlooker(Protocol):
    def opens(self, organization_id: UUID, subject_id: UUID) -> None:
        """Called before a value of the subject is opened for reading. May refuse by raising."""


_onlooker: ContextVar[Onlooker | None] = ContextVar("onlooker", default=None)


@contextmanager
def watched_by(onlooker: Onlooker) -> Iterator[None]:
    """Tell `onlooker` of every subject whose key is used for reading inside. Writing is not told."""
    token = _onlooker.set(onlooker)
    try:
        yield
    finally:
        _onlooker.reset(token)


@contextmanager
def unwatched() -> Iterator[None]:
    """Reading that shows nobody anything: values opened only to be reckoned with or sealed again."""
    token = _onlooker.set(None)
    try:
        yield
    finally:
        _onlooker.reset(token)


def tell(organization_id: UUID, subject_id: UUID) -> None:
    if (onlooker := _onlooker.get()) is not None:
        onlooker.opens(organization_id, subject_id)
