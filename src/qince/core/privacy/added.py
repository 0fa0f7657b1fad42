"""Purposes that an organization adds by what it sets up, such as one for each recipient.

They are asked, recorded and withdrawn like the declared ones. A feature of a floor above provides them under a prefix;
a code is `prefix.rest`. What the person read before deciding is that purpose's own text, not the notice.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from qince.core.privacy.notice import release_in_force
from qince.core.privacy.registry import Purpose


@dataclass(frozen=True, slots=True)
class Shown:
    """The text a person read, as the ledger names it."""

    version: str
    hash: str
    release: int = 1  # of the policy in force; the text itself has versions of its own


@dataclass(frozen=True, slots=True)
class Source:
    find: Callable[[str], Purpose | None]  # by the full code
    shown: Callable[
        [str, str], Shown | None
    ]  # the text of that purpose with this hash, if it is now in force


_sources: dict[str, Source] = {}


def provide(
    prefix: str, *, find: Callable[[str], Purpose | None], shown: Callable[[str, str], Shown | None]
) -> None:
    _sources[prefix] = Source(find, shown)


def purpose(code: str) -> Purpose | None:
    """The added purpose `code` of the current organization."""
    source = _sources.get(code.partition(".")[0])
    return source.find(code) if source else None


def shown(code: str, text_hash: str) -> Shown | None:
    source = _sources.get(code.partition(".")[0])
    found = source.shown(code, text_hash) if source else None
    return replace(found, release=release_in_force().number) if found else None
