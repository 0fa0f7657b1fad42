"""Import: what a feature declares, and the run that compares a table with what is stored, then writes the
good rows.

The dry run and the import are the same walk over the file; only the last step of each row differs. So what
the dry run shows is what the import does, and an import run again finds nothing left to do.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from qince.kit.actor import Actor
from qince.kit.errors import Refusal, Text
from qince.kit.resource.columns import MASKED, as_text
from qince.kit.resource.parsing import BadValue, Parser, as_is
from qince.kit.resource.planning import Kind, Plan, Planner, Problem, Row
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
    planner: Callable[[Actor, datetime], Planner]
    attestation: Text = ""
    hint: Text = ""

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


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
