"""The timeline of a record: who did what to it. Read from a provider, since the kit knows no audit trail."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qince.kit.actor import Actor
from qince.kit.errors import Text


@dataclass(frozen=True, slots=True)
class Moment:
    """One act upon the record; `changes` are (field label, old, new) in words."""

    at: datetime
    by: str
    act: Text
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    icon: str = "history"


_words: dict[str, Text] = {}
_facts: dict[str, Text] = {}
_kinds: dict[str, Text] = {}
_values: dict[str, Mapping[str, Text]] = {}
_providers: list[Callable[[Actor, Any], list[Moment]]] = []


def provide(provider: Callable[[Actor, Any], list[Moment]]) -> None:
    _providers.append(provider)


def of(actor: Actor, row: Any) -> list[Moment]:
    """Newest first."""
    moments = [moment for provider in _providers for moment in provider(actor, row)]
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def name_acts(words: Mapping[str, Text]) -> None:
    """Say in words what acts are: `{"people.leave": _("Left")}`."""
    _words.update(words)


def words_for(act: str) -> Text:
    """The act in words; an unnamed one by its own verb: `people.edit_employee` is "Edit employee"."""
    return _words.get(act) or act.rpartition(".")[2].replace("_", " ").capitalize()


def name_facts(words: Mapping[str, Text]) -> None:
    """Say in words what an act notes beside fields: `{"duration_s": _("duration, s")}`."""
    _facts.update(words)


def fact_words(name: str) -> str:
    return str(_facts.get(name) or name.replace("_", " "))


def name_values(words: Mapping[str, Mapping[str, Text]]) -> None:
    """Say in words what the codes of a field without choices mean: `{"partners.recipient.fields": {"phone": …}}`."""
    _values.update(words)


def value_words(name: str) -> Mapping[str, Text]:
    return _values.get(name, {})


def name_kinds(words: Mapping[str, Text]) -> None:
    """Say in words what the things are that acts are upon: `{"visits.visit": _("Visit")}`."""
    _kinds.update(words)


def kind_words(kind: str) -> str:
    """The kind in words; an unnamed one by its own name."""
    return str(_kinds.get(kind) or kind.rpartition(".")[2].capitalize())
