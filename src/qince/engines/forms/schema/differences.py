"""What changed from one version of a form to the next, field by field, told by stable id."""

from typing import Any

import msgspec

from qince.engines.forms.schema.layout import lay_out
from qince.engines.forms.schema.types import Definition, spoken

TOLD = (
    "name", "kind", "label", "hint", "required", "visible_if", "constraint", "constraint_message", "default", "formula",
    "read_only", "choices", "choice_filter", "repeat_count", "maximum", "privacy",
)  # fmt: skip


class Difference(msgspec.Struct, frozen=True):
    """`act`: added, removed, moved or changed; `parts`: name of a property → (before, after)."""

    act: str
    field: str
    label: str
    parts: dict[str, tuple[Any, Any]] = {}


def differences(old: Definition, new: Definition) -> list[Difference]:
    before, after = lay_out(old).places, lay_out(new).places
    found = [
        Difference("removed", key, label_of(place.field.label, old, place.field.name))
        for key, place in before.items()
        if key not in after
    ]
    kept = [key for key in after if key in before]
    moved = _moved([key for key in before if key in after], kept)
    for key, place in after.items():
        label = label_of(place.field.label, new, place.field.name)
        if key not in before:
            found.append(Difference("added", key, label))
            continue
        was = before[key]
        if key in moved or [each.id for each in was.holders] != [each.id for each in place.holders]:
            found.append(Difference("moved", key, label))
        parts = {
            name: (_plain(getattr(was.field, name)), _plain(getattr(place.field, name)))
            for name in TOLD
            if getattr(was.field, name) != getattr(place.field, name)
        }
        if place.field.choices and _options(old, was.field.choices) != _options(new, place.field.choices):
            parts["options"] = (_options(old, was.field.choices), _options(new, place.field.choices))
        if parts:
            found.append(Difference("changed", key, label, parts))
    return found


def label_of(label: dict[str, str], definition: Definition, name: str) -> str:
    return spoken(label, definition.language) or name


def _options(definition: Definition, name: str) -> list[str]:
    own = definition.language
    return [spoken(each.label, own) or each.value for each in definition.lists.get(name, [])]


def _plain(value: Any) -> Any:
    return msgspec.to_builtins(value)


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Those that stand elsewhere among the others: all but the longest run that kept its order."""
    place = {key: number for number, key in enumerate(before)}
    best: list[
        tuple[int, str | None]
    ] = []  # per key: length of the longest run that ends there, and what came before
    for at, key in enumerate(after):
        runs = [(best[i][0], after[i]) for i in range(at) if place[after[i]] < place[key]]
        length, previous = max(runs, key=lambda run: run[0], default=(0, None))
        best.append((length + 1, previous))
    kept: set[str] = set()
    last = max(range(len(after)), key=lambda at: best[at][0], default=None)
    key_: str | None = None if last is None else after[last]
    while key_ is not None:
        kept.add(key_)
        key_ = best[after.index(key_)][1]
    return set(after) - kept
