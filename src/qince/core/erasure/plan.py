"""What erasing a person would do, told before it is done: per model what goes, what is emptied, what stays and why."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.text import capfirst

from qince.core.erasure.holds import all_held
from qince.core.erasure.subjects import Subject
from qince.core.erasure.walk import Part, employee_of, parts
from qince.core.privacy.retention import Retention, Trigger
from qince.kit import clock
from qince.kit.errors import Text
from qince.kit.resource.timeline import kind_words


@dataclass(frozen=True, slots=True)
class Kept:
    """Fields that outlive the erasure for a duty, and the first day on which they must be gone."""

    fields: tuple[str, ...]
    rule: str
    label: Text
    reason: str
    until: date


@dataclass(frozen=True, slots=True)
class Line:
    """One part of the walk: so many rows, and what happens to them."""

    key: str
    model: str
    title: str
    rows: int
    held: int
    deletes: bool
    empties: tuple[str, ...] = ()
    pseudonyms: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()


@dataclass(slots=True)
class Plan:
    subject: Subject
    pseudonym: str
    lines: list[Line] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(line.rows for line in self.lines)

    @property
    def held(self) -> int:
        return sum(line.held for line in self.lines)

    @property
    def counts(self) -> dict[str, int]:
        return {line.key: line.rows for line in self.lines if line.rows}

    def of(self, model: str) -> Line | None:
        return next((line for line in self.lines if line.model.lower() == model.lower()), None)


def plan_for(subject: Subject, *, on: date | None = None) -> Plan:
    """The plan for `subject` in the current organization. It reads only; counts may move until it is carried out."""
    day = on or clock.now().date()
    found, held = Plan(subject, subject.pseudonym), all_held(day)
    for part in parts():
        if subject.kind in part.lead.kinds:
            found.lines.append(_line(part, subject, day, held.get(part.model._meta.label_lower, ())))
    return found


def _line(part: Part, subject: Subject, day: date, held: Collection[Any]) -> Line:
    rows = part.rows(subject)
    count = rows.count()
    done = part.treatment
    return Line(
        key=part.key,
        model=part.label,
        title=capfirst(str(kind_words(part.model._meta.label_lower))),
        rows=count,
        held=rows.filter(pk__in=held).count() if held and count else 0,
        deletes=done.deletes,
        empties=tuple(done.empties),
        pseudonyms=tuple(done.pseudonyms),
        stays=tuple(done.stays),
        kept=tuple(_kept(part, rows, subject, day)) if count else (),
    )


def _kept(part: Part, rows: Any, subject: Subject, day: date) -> list[Kept]:
    by_rule: dict[str, list[str]] = {}
    for name, rule in part.treatment.kept.items():
        by_rule.setdefault(rule.code, []).append(name)
    found = []
    for names in by_rule.values():
        rule = part.treatment.kept[names[0]]
        start = _start(rule, part, names[0], rows, subject, day)
        found.append(Kept(tuple(names), rule.code, rule.label, rule.reason.value, rule.ends_on(start)))
    return found


def _start(rule: Retention, part: Part, name: str, rows: Any, subject: Subject, day: date) -> date:
    """When the clock of the last of these rows begins: with the erasure, unless an earlier day is known."""
    if rule.trigger is Trigger.RECORDED:
        last = rows.aggregate(last=Max(part.fields[name].aged_by))["last"]
        return (last.date() if hasattr(last, "date") else last) or day
    employee = employee_of(subject)
    if rule.trigger is Trigger.EMPLOYMENT_ENDED and employee and employee.left_on:
        return employee.left_on
    return day
