"""What fields may refer to: people, and whatever higher floors offer. Forms know only ids and how to ask.

references.provide(Kind.CUSTOMER, references.Reference(customers_visible_to, label=str, search=("name", "code")))
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from qince.core.people.queries import employees_visible_to
from qince.engines.forms.schema import Kind
from qince.engines.forms.schema.validating import Lookup
from qince.kit.actor import Actor

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Reference:
    """`visible` gives the rows an actor may choose; `search` names the columns a typed text is looked for in."""

    visible: Callable[[Actor], Any]
    search: tuple[str, ...]
    label: Callable[[Any], str] = str
    hint: Callable[[Any], str] = lambda row: ""


_references: dict[Kind, Reference] = {}


def provide(kind: Kind, reference: Reference) -> None:
    _references[kind] = reference


def offered() -> frozenset[Kind]:
    return frozenset(_references)


def lookup_for(actor: Actor) -> Lookup:
    """Which of the asked ids exist for this actor."""

    def lookup(kind: Kind, ids: set[str]) -> set[str]:
        found = _references.get(kind)
        if found is None:
            return set()
        return {str(key) for key in found.visible(actor).filter(pk__in=ids).values_list("pk", flat=True)}

    return lookup


def labels(actor: Actor, kind: Kind, ids: Iterable[str]) -> dict[str, str]:
    """Names of what was chosen, as far as the actor may see it."""
    found, wanted = _references.get(kind), set(ids)
    if found is None or not wanted:
        return {}
    return {str(row.pk): found.label(row) for row in found.visible(actor).filter(pk__in=wanted)}


def everything(actor: Actor, kind: Kind, most: int) -> list[tuple[str, str]]:
    """(id, name) of what the actor may choose, up to `most`."""
    found = _references.get(kind)
    if found is None:
        return []
    return [
        (str(row.pk), found.label(row)) for row in found.visible(actor).order_by(found.search[0], "pk")[:most]
    ]


def matching(actor: Actor, kind: Kind, text: str, *, most: int = MOST_FOUND) -> list[dict[str, str]]:
    """What the actor may choose whose name or number holds the text."""
    found = _references.get(kind)
    if found is None:
        return []
    rows = found.visible(actor)
    if text:
        rows = rows.filter(reduce(or_, (Q(**{f"{name}__icontains": text}) for name in found.search)))
    return [
        {"id": str(row.pk), "label": found.label(row), "hint": found.hint(row)}
        for row in rows.order_by(found.search[0], "pk")[:most]
    ]


provide(
    Kind.PERSON,
    Reference(
        lambda actor: employees_visible_to(actor).present(),
        search=("name", "number"),
        hint=lambda row: " ".join(part for part in (row.number, row.position) if part),
    ),
)
