"""Which rows can be chosen, and by what they are found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from qince.kit.actor import Actor

LIMIT = 20
LONGEST = 80


def _no_hints(actor: Actor, rows: Sequence[Any]) -> Mapping[UUID, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Collection:
    """`rows` are those this actor may choose among. `find` narrows them to what holds a text, `named` to what is
    called or numbered exactly so; both ask nothing of the actor that is masked for them. `hints` says of some rows
    what tells them apart, such as the department, in one query for all. `tree`, where the rows stand in one, says how
    deep each stands, by id, in the tree's order: a list then shows them so.
    """

    name: str
    rows: Callable[[Actor], Any]
    find: Callable[[Actor, str], Q]
    named: Callable[[Actor, str], Q]
    order: tuple[str, ...] = ("name_key", "pk")
    label: Callable[[Any], str] = str
    hints: Callable[[Actor, Sequence[Any]], Mapping[UUID, str]] = _no_hints
    tree: Callable[[], Mapping[UUID, int]] | None = None

    def found(
        self, actor: Actor, text: str, *, without: Iterable[UUID] = (), most: int = LIMIT
    ) -> list[dict[str, Any]]:
        """The first `most` rows that hold `text`, all of them for none, as the page shows them: for none as a tree,
        where they stand in one; for a text each with its hint, since those above need not be among what was found.
        """
        rows = self.rows(actor)
        if left_out := list(without):
            rows = rows.exclude(pk__in=left_out)
        if text:
            rows = rows.filter(self.find(actor, text))
        found = self.arranged(rows, most)
        if text or self.tree is None:
            return self.told(actor, found)
        depth = self.tree()
        return [
            {"id": str(row.pk), "label": self.label(row), "hint": "", "depth": depth[row.pk]} for row in found
        ]

    def arranged(self, rows: Any, most: int) -> list[Any]:
        """The first of these rows, in the collection's order."""
        if self.tree is None:
            return list(rows.order_by(*self.order)[:most])
        there = set(rows.values_list("pk", flat=True))
        first = [key for key in self.tree() if key in there][:most]
        found = rows.in_bulk(first)
        return [found[key] for key in first]

    def told(self, actor: Actor, rows: Sequence[Any]) -> list[dict[str, str]]:
        """These rows in words."""
        hints = self.hints(actor, rows) if rows else {}
        return [{"id": str(row.pk), "label": self.label(row), "hint": hints.get(row.pk, "")} for row in rows]


_known: dict[str, Collection] = {}


def offer(collection: Collection) -> Collection:
    """Let forms choose from it. A name belongs to one collection."""
    if collection.name in _known:
        raise ValueError(f"two collections are called {collection.name}")
    _known[collection.name] = collection
    return collection


def known() -> Mapping[str, Collection]:
    return _known
