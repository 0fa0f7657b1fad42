"""Import: what a feature declares, and the run that compares a table with what is stored, then writes the
good rows.

The dry run and the import are the same walk over the file; only the last step of each row differs. So what
the dry run shows is what the import does, and an import run again finds nothing left to do.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from qince.kit.actor import Actor
from qince.kit.errors import Refusal, Text
from qince.kit.resource.columns import MASKED, as_text
from qince.kit.resource.parsing import BadValue, Parser, as_is
from qince.kit.tenancy import tenant

CHUNK = 500
SHOWN = 200  # rows of the diff that a page shows; all are counted
PROBLEMS = 500


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the table. `synonyms` are the headings other systems' exports use for it."""

    name: str
    label: Text
    synonyms: tuple[str, ...] = ()
    parse: Parser = as_is
    is_required: bool = False
    mask: str = ""
    example: str = ""
    words: Callable[[Any], str] = as_text


@dataclass(frozen=True, slots=True)
class Import:
    """`attestation` is a sentence the importing person must agree to; its agreement goes into the audit
    trail.
    """

    fields: tuple[Field, ...]
    planner: "Callable[[Actor, datetime], Planner]"
    attestation: Text = ""
    hint: Text = ""

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


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


@dataclass(frozen=True, slots=True)
class Line:
    """A planned row, as pages and stored results show it."""

    number: int
    kind: str
    name: str
    changes: list[tuple[str, str, str]]
    problems: list[tuple[str, str, str]]


@dataclass(slots=True)
class Report:
    """The outcome of a run: every row counted, the first of each kind shown, every fault kept for the faults'
    file.
    """

    counts: Counter[str] = field(default_factory=Counter)
    lines: list[Line] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)
    warnings: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def to_write(self) -> int:
        return self.counts[Kind.NEW] + self.counts[Kind.CHANGED]


class Run:
    """One walk over the file. With `writes` each good row is written, else only compared."""

    def __init__(self, declared: Import, actor: Actor, *, now: datetime, writes: bool) -> None:
        self.declared, self.actor, self.writes = declared, actor, writes
        self.planner = declared.planner(actor, now)
        self.report = Report()

    def over(self, read: Callable[[], Iterator[Row]]) -> Report:
        """`read` opens the table anew each time it is called."""
        if type(self.planner).scan is not Planner.scan:
            self.planner.scan(read())
        rows = read()
        while chunk := list(islice(rows, CHUNK)):
            self.planner.load(chunk)
            for row in chunk:
                self._take(row)
        if self.writes:
            self.planner.finish()
        return self.report

    def _take(self, row: Row) -> None:
        plan = self.planner.plan(row)
        kind = plan.kind
        if self.writes and kind in (Kind.NEW, Kind.CHANGED):
            self._save(plan)
            kind = plan.kind if plan.problems else kind
        self._count(plan, kind)

    def _save(self, plan: Plan) -> None:
        try:
            with tenant(self.actor.organization_id):  # a savepoint: this row alone fails
                self.planner.save(plan)
        except Refusal as refusal:
            plan.problems.extend(_problems_of(refusal))
        except IntegrityError:
            plan.problems.append(
                Problem("", _("It clashes with another record."), _("Look for a duplicate."))
            )

    def _count(self, plan: Plan, kind: Kind) -> None:
        report = self.report
        report.counts[kind] += 1
        report.warnings += len(plan.warnings)
        problems = [self._problem(found) for found in [*plan.all_problems, *plan.warnings]]
        if kind == Kind.FAULTY and len(report.faults) < CHUNK * 20:
            report.faults[plan.row.number] = "; ".join(
                " ".join(filter(None, problem)) for problem in problems
            )
        if self._has_room(kind) and (kind != Kind.SAME or problems):
            report.lines.append(Line(plan.row.number, kind, plan.name, self._changes(plan), problems))

    def _has_room(self, kind: Kind) -> bool:
        """Faults are what people look for: they get more room than the rest."""
        return len(self.report.lines) < (PROBLEMS if kind == Kind.FAULTY else SHOWN)

    def _problem(self, found: Problem) -> tuple[str, str, str]:
        labels = {each.name: str(each.label) for each in self.declared.fields}
        return labels.get(found.field, ""), found.message, found.remedy

    def _changes(self, plan: Plan) -> list[tuple[str, str, str]]:
        known = {each.name: each for each in self.declared.fields}
        return [self._change(known[name], *pair) for name, pair in plan.changes.items() if name in known]

    def _change(self, found: Field, old: Any, new: Any) -> tuple[str, str, str]:
        hidden = bool(found.mask) and not self.actor.sees_field(found.mask)
        return str(found.label), MASKED if hidden else found.words(old), found.words(new)


def _problems_of(refusal: Refusal) -> list[Problem]:
    if refusal.fields:
        return [Problem(name, str(message)) for name, message in refusal.fields.items()]
    return [Problem("", str(refusal.message))]


def parsed(
    declared: Import, mapping: dict[str, int], table: Iterable[tuple[int, list[str]]]
) -> Iterator[Row]:
    """Rows of text as rows of values; what cannot be read is a problem of that row."""
    fields = [(found, mapping[found.name]) for found in declared.fields if found.name in mapping]
    for number, cells in table:
        row = Row(number, {})
        for found, column in fields:
            _parse(row, found, cells[column].strip() if column < len(cells) else "")
        yield row


def _parse(row: Row, found: Field, cell: str) -> None:
    if not cell:
        if found.is_required:
            row.problems.append(Problem(found.name, _("It is empty."), _("Fill it in.")))
        return
    try:
        row.values[found.name] = found.parse(cell)
    except BadValue as bad:
        row.problems.append(Problem(found.name, str(bad.message), str(bad.remedy)))
