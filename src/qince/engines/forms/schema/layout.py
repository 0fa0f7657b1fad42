"""A form laid out for reckoning: each field with the tables it lies in, and the order in which answers depend."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from qince.engines.forms.schema.parsing import Faulty, references
from qince.engines.forms.schema.types import HOLDERS, Choice, Definition, Field, Kind


@dataclass(frozen=True, slots=True)
class Place:
    """A field and where it stands: `holders` from outside to inside, `tables` those of them that repeat."""

    field: Field
    holders: tuple[Field, ...]
    tables: tuple[str, ...]
    number: int  # in the order of the form


@dataclass
class Layout:
    definition: Definition
    places: dict[str, Place] = field(default_factory=dict)  # by id

    @cached_property
    def by_name(self) -> dict[str, Place]:
        return {place.field.name: place for place in self.places.values()}

    def inside(self, tables: tuple[str, ...]) -> list[Place]:
        """Fields whose answers lie directly in a row of these tables (none: in the form itself)."""
        return [
            place
            for place in self.places.values()
            if place.tables == tables and place.field.kind not in (Kind.SECTION, Kind.NOTE)
        ]

    def options(self, of: Field) -> list[Choice]:
        return self.definition.lists.get(of.choices, [])

    @cached_property
    def order(self) -> list[Place]:
        """Each field after those that its visibility, formula, filter or count of rows speak of."""
        found, cyclic = self._sorted()
        return found + cyclic

    @property
    def cyclic(self) -> list[Place]:
        """Fields that depend on themselves."""
        return self._sorted()[1]

    def needs(self, place: Place) -> set[str]:
        """Ids of the fields that must be settled before this one."""
        own = place.field
        texts = [own.visible_if, own.formula, own.repeat_count, own.choice_filter]
        if own.read_only:
            texts.append(own.default)
        names = {name for text in texts for name in _spoken_of(text)}
        found = {self.by_name[name].field.id for name in names if name in self.by_name}
        return found | {holder.id for holder in place.holders}

    def _sorted(self) -> tuple[list[Place], list[Place]]:
        needs = {key: self.needs(place) for key, place in self.places.items()}
        done: dict[str, None] = {}
        left = list(self.places)
        while left:
            ready = [key for key in left if needs[key] <= done.keys()]
            if not ready:
                return [self.places[key] for key in done], [self.places[key] for key in left]
            done.update(dict.fromkeys(ready))
            left = [key for key in left if key not in done]
        return [self.places[key] for key in done], []


def _spoken_of(text: str) -> tuple[str, ...]:
    try:
        return references(text)
    except Faulty:
        return ()


def lay_out(definition: Definition) -> Layout:
    layout = Layout(definition)
    for number, (each, holders) in enumerate(walk(definition.fields)):
        tables = tuple(holder.id for holder in holders if holder.kind is Kind.TABLE)
        layout.places.setdefault(each.id, Place(each, holders, tables, number))
    return layout


def walk(fields: list[Field], holders: tuple[Field, ...] = ()) -> Iterator[tuple[Field, tuple[Field, ...]]]:
    """Every field in the order of the form, with what holds it."""
    for each in fields:
        yield each, holders
        if each.kind in HOLDERS:
            yield from walk(each.fields, (*holders, each))
