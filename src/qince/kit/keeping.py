"""What every page asks for and seldom changes, kept by each process for a while."""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.db import transaction

KEPT_S = 30  # how long a process goes on with what it read


def kept(key: str, read: Callable[[], Any], seconds: float | None = None) -> Any:
    """What `read` says, kept for `seconds` (or `KEPT_S`) under `key`. It must not be None."""
    found = cache.get(key)
    if found is None:
        found = read()
        cache.set(key, found, KEPT_S if seconds is None else seconds)
    return found


def any_yet(key: str, exists: Callable[[], bool]) -> bool:
    """Whether there is any: a yes is kept. A no is not, for another process may make the first one, and whoever asks
    this process should have it at once.
    """
    if cache.get(key):
        return True
    if found := exists():
        cache.set(key, True, KEPT_S)
    return found


def forget(key: str) -> None:
    """What stands under `key` has changed; other processes notice when their time is over."""
    cache.delete(key)
    if transaction.get_connection().in_atomic_block:
        transaction.on_commit(lambda: cache.delete(key))  # somebody may have read the old state meanwhile
