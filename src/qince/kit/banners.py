"""Lines above every page that everybody has to see, offered by features: the end of the service, an incident."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction

from qince.kit.actor import Actor
from qince.kit.errors import Text


@dataclass(frozen=True, slots=True)
class Banner:
    """`tone` is one of the alert's: info, warning, error. `url` leads to the whole text."""

    text: Text
    tone: str = "warning"
    url: str = ""


Provider = Callable[[Actor | None], Iterable[Banner]]
_providers: list[Provider] = []


def provide(provider: Provider) -> Provider:
    """Register a function that says, for somebody (None: a stranger), what stands above the page. Asked for each
    page, so it must be cheap.
    """
    _providers.append(provider)
    return provider


KEPT_S = 30  # how long a process goes on with what it read: every page asks


def kept(key: str, read: Callable[[], Any]) -> Any:
    """What `read` says, kept for a while under `key`. It must not be None."""
    found = cache.get(key)
    if found is None:
        found = read()
        cache.set(key, found, KEPT_S)
    return found


def forget(key: str) -> None:
    """What stands under `key` has changed; other processes notice within `KEPT_S` seconds."""
    cache.delete(key)
    transaction.on_commit(lambda: cache.delete(key))  # somebody may have read the old state meanwhile


def banners(actor: Actor | None) -> list[Banner]:
    return [each for provider in _providers for each in provider(actor)]
