"""The life of each personal field: how it is collected, stored, used, shared and erased (C5.2-01)."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from qince.core.privacy.inventory import kind_words
from qince.core.privacy.language import joined
from qince.core.privacy.recipients import Recipient, given
from qince.core.privacy.registry import CONTROLLERS, SOURCES, Personal, declared


@dataclass(frozen=True, slots=True)
class Life:
    """One field, or several of one table that live alike; `names` as the source spells them."""

    table: str
    names: str
    category: str
    kind: str
    is_sensitive: bool
    collected: str
    stored: str
    used: str
    shared: str
    erased: str


def lives(recipients: tuple[Recipient, ...] = ()) -> list[Life]:
    """Every declared personal field, in the active language, by table."""
    return [_life(label, names, meaning, shared) for label, names, meaning, shared in _groups(recipients)]


def _groups(recipients: tuple[Recipient, ...]) -> Iterator[tuple[str, list[str], Personal, tuple[str, ...]]]:
    """Fields of one table that mean the same and go to the same recipients."""
    found: dict[tuple[str, Personal, tuple[str, ...]], list[str]] = {}
    for key, meaning in declared.personal().items():
        label, _dot, name = key.rpartition(".")
        found.setdefault((label, meaning, tuple(given([key], recipients))), []).append(name)
    for (label, meaning, shared), names in sorted(found.items(), key=lambda each: each[0][0]):
        yield label, names, meaning, shared


def _life(label: str, names: list[str], meaning: Personal, shared: tuple[str, ...]) -> Life:
    functions = [str(each.title) for each in declared.functions.values() if each.app == app_of(label)]
    purposes = [str(declared.purposes[code].title) for code in meaning.purposes]
    return Life(
        table=label,
        names=" ".join(names),
        category=str(meaning.category),
        kind=kind_words(meaning.kind),
        is_sensitive=meaning.is_sensitive,
        collected=_("%(source)s; for: %(purposes)s")
        % {"source": SOURCES[meaning.source], "purposes": joined(purposes)},
        stored=_("%(term)s; responsible: %(controller)s")
        % {"term": meaning.kept, "controller": CONTROLLERS[meaning.controller]},
        used=joined(functions, _("; ")),
        shared=joined(list(shared)) if shared else _("with nobody outside"),
        erased=_erasing()[meaning.on_erase],
    )


def app_of(label: str) -> str:
    """The app whose functions use a table: the framework's sessions are those of signing in."""
    app = label.partition(".")[0]
    return "signin" if app == "sessions" else app


def _erasing() -> dict[str, str]:
    return {
        "delete": _("the whole record is removed"),
        "null": _("the field is emptied"),
        "pseudonym": _("a pseudonym takes its place that leads back to nobody"),
        "keep": _("kept until the term ends, because the law requires the proof"),
    }
