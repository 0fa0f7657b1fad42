"""What fields may refer to: people, and whatever higher floors offer. Forms know only ids and how to ask.

references.provide(Kind.CUSTOMER, CUSTOMERS)  # a collection of `qince.kit.choosing`
"""

from collections.abc import Iterable

from qince.core.people.choices import PEOPLE
from qince.engines.forms.schema import Kind
from qince.engines.forms.schema.validating import Lookup
from qince.kit.actor import Actor
from qince.kit.choosing import Collection

MOST_FOUND = 20

_references: dict[Kind, Collection] = {}


def provide(kind: Kind, collection: Collection) -> None:
    _references[kind] = collection


def offered() -> frozenset[Kind]:
    return frozenset(_references)


def lookup_for(actor: Actor) -> Lookup:
    """Which of the asked ids exist for this actor."""

    def lookup(kind: Kind, ids: set[str]) -> set[str]:
        found = _references.get(kind)
        if found is None:
            return set()
        return {str(key) for key in found.rows(actor).filter(pk__in=ids).values_list("pk", flat=True)}

    return lookup


def labels(actor: Actor, kind: Kind, ids: Iterable[str]) -> dict[str, str]:
    """Names of what was chosen, as far as the actor may see it."""
    found, wanted = _references.get(kind), set(ids)
    if found is None or not wanted:
        return {}
    return {str(row.pk): found.label(row) for row in found.rows(actor).filter(pk__in=wanted)}


def everything(actor: Actor, kind: Kind, most: int) -> list[tuple[str, str]]:
    """(id, name) of what the actor may choose, up to `most`."""
    found = _references.get(kind)
    if found is None:
        return []
    return [(str(row.pk), found.label(row)) for row in found.rows(actor).order_by(*found.order)[:most]]


def matching(actor: Actor, kind: Kind, text: str, *, most: int = MOST_FOUND) -> list[dict[str, str]]:
    """What the actor may choose that holds the text, found as in the console's forms."""
    found = _references.get(kind)
    return found.found(actor, text, most=most) if found else []


provide(Kind.PERSON, PEOPLE)
