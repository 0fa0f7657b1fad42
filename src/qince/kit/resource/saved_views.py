"""Saved views: a list's state under a name, for oneself or shared. Kept by a provider, since the kit has no
tables.
"""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from qince.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class View:
    id: UUID
    name: str
    query: str
    is_shared: bool
    is_own: bool


class Provider(Protocol):
    def of(self, actor: Actor, key: str) -> list[View]: ...
    def save(self, actor: Actor, key: str, *, name: str, query: str, is_shared: bool) -> None: ...
    def delete(self, actor: Actor, view_id: UUID) -> None: ...


_provider: Provider | None = None


def provide(provider: Provider) -> None:
    global _provider
    _provider = provider


def of(actor: Actor, key: str) -> list[View]:
    """The actor's own views of the resource `key` and those shared with everyone who may open it."""
    return _provider.of(actor, key) if _provider else []


def provider() -> Provider:
    if _provider is None:
        raise RuntimeError("no provider of saved views is installed")
    return _provider
