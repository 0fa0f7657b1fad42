"""Who is meant by a number, a mobile or a name, among those stored and those listed in a table."""

import re
from dataclasses import dataclass, field
from uuid import UUID

from qince.kit.resource import parsing

_NUMBER_BEHIND_NAME = re.compile(r"^(?P<name>.+?)[（(](?P<key>[^)）]+)[)）]$")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be named as a leader: stored already (`id`), or a row of this table."""

    mobile: str
    name: str
    number: str = ""
    id: UUID | None = None
    row: int = 0
    is_faulty: bool = False

    def __str__(self) -> str:
        return self.name


@dataclass(slots=True)
class Directory:
    """Everybody stored or listed, to be found by number, mobile or a name that only one person has."""

    people: dict[str, Person] = field(default_factory=dict)  # by mobile; for rows without one, by line
    _keys: dict[str, set[str]] = field(default_factory=dict)

    def add(self, person: Person) -> None:
        key = person.mobile or f"#{person.id or person.row}"
        if known := self.people.get(key):  # a listed row about somebody stored adds to what is known of them
            person = Person(
                known.mobile, known.name, known.number or person.number, known.id, person.row or known.row
            )
        self.people[key] = person
        for name in (person.mobile, person.number, person.name):
            if name:
                self._keys.setdefault(name, set()).add(key)

    def named(self, text: str) -> list[Person]:
        """Who `text` may mean. `张三(ZX001)` means the one with that number, or else name."""
        candidates = [text]
        if found := _NUMBER_BEHIND_NAME.match(text):
            candidates = [found["key"], found["name"], text]
        for candidate in (*candidates, *_as_mobile(text)):
            if keys := self._keys.get(candidate):
                return [self.people[key] for key in sorted(keys)]
        return []


def _as_mobile(text: str) -> list[str]:
    try:
        return [parsing.mobile(text)]
    except parsing.BadValue:
        return []
