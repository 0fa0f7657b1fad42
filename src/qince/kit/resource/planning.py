"""The plan of an import: what a row of the table would do to what is stored. A feature gives its own `Planner`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from qince.kit.actor import Actor


class Kind(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a row: at which field, why, and how to mend it."""

    field: str
    message: str
    remedy: str = ""


@dataclass(slots=True)
class Row:
    """A row of the table: `values` has the mapped columns that are filled in; blank ones are left out."""

    number: int
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Plan:
    """What would be done with a row. `changes` maps fields to (old, new)."""

    row: Row
    name: str = ""
    target: Any = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        if self.problems or self.row.problems:
            return Kind.FAULTY
        if self.target is None:
            return Kind.NEW
        return Kind.CHANGED if self.changes else Kind.SAME

    @property
    def all_problems(self) -> list[Problem]:
        return [*self.row.problems, *self.problems]


class Planner:
    """Compares rows with what is stored and writes them: one object per run.

    `key` is the field that identifies a row. Give `existing`, `create` and `update`; override `current` where
    a stored value is not the attribute of the same name, `scan` to see the whole file before, `finish` to act
    after.
    """

    key: str = "code"

    def __init__(self, actor: Actor, now: datetime) -> None:
        self.actor, self.now = actor, now
        self._found: dict[str, Any] = {}
        self._seen: dict[str, int] = {}

    def scan(self, rows: Iterator[Row]) -> None:
        """Look at every row before the first is planned. Reads the file once more, so only if overridden."""

    def existing(self, keys: list[Any]) -> Iterable[Any]:
        """The stored rows with these keys that the actor may change."""
        raise NotImplementedError

    def create(self, values: dict[str, Any]) -> Any:
        raise NotImplementedError

    def update(self, target: Any, values: dict[str, Any]) -> Any:
        raise NotImplementedError

    def current(self, target: Any, name: str) -> Any:
        return getattr(target, name)

    def name_of(self, row: Row) -> str:
        return str(row.values.get("name") or row.values.get(self.key) or "")

    def load(self, rows: list[Row]) -> None:
        """Fetch what a chunk of rows is compared with: one query, not one per row."""
        keys = [row.values[self.key] for row in rows if self.key in row.values]
        self._found = {str(self.current(target, self.key)): target for target in self.existing(keys)}

    def plan(self, row: Row) -> Plan:
        plan = Plan(row, self.name_of(row))
        key = str(row.values.get(self.key, ""))
        if not row.problems and (first := self._seen.setdefault(key, row.number)) != row.number:
            plan.problems.append(twice(self.key, first))
        plan.target = self._found.get(key)
        if plan.target is not None and not plan.all_problems:
            plan.changes = self.differences(plan.target, row.values)
        return plan

    def differences(self, target: Any, values: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
        pairs = {name: (self.current(target, name), value) for name, value in values.items()}
        return {name: pair for name, pair in pairs.items() if not is_same(*pair)}

    def save(self, plan: Plan) -> None:
        """Write one good row. A `Refusal` makes it faulty; the others go on."""
        if plan.target is None:
            self.create(plan.row.values)
        else:
            self.update(plan.target, {name: new for name, (_old, new) in plan.changes.items()})

    def finish(self) -> None:
        """After the last row was written."""


def twice(field: str, first: int) -> Problem:
    return Problem(
        field, _("The same value stands in row %(row)d.") % {"row": first}, _("Delete one of the two rows.")
    )


def is_same(old: Any, new: Any) -> bool:
    """Equal; for text, spaces around it do not count (exports of other programs trim them)."""
    if isinstance(old, str) and isinstance(new, str):
        return old.strip() == new.strip()
    return bool(old == new)
