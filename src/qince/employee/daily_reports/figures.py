"""Figures of a template over some days: who reported when, by person and department, and numbers summed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from qince.core.people.models import Department
from qince.core.people.queries import department_names
from qince.employee.daily_reports import queries, words
from qince.employee.daily_reports.models import Obligation, Report, Template
from qince.employee.daily_reports.owing.tallies import Tally, tally
from qince.engines.forms.schema import Kind
from qince.engines.forms.schema.types import NUMERIC, spoken
from qince.engines.forms.words import language_of
from qince.kit.actor import Actor

MOST_PEOPLE = 300


@dataclass
class PersonRow:
    employee: Any
    department: str
    cells: dict[date, Obligation] = field(default_factory=dict)
    sums: dict[str, Decimal] = field(default_factory=dict)

    @property
    def tally(self) -> Tally:
        return tally(each.state for each in self.cells.values())  # type: ignore[attr-defined]


@dataclass
class Figures:
    periods: list[tuple[date, date]]
    people: list[PersonRow]
    departments: list[tuple[str, Tally]]
    total: Tally
    numbers: dict[str, str]  # fields that can be summed, with their labels
    is_cut: bool = False

    def grid(self) -> list[tuple[PersonRow, list[Obligation | None]]]:
        return [(row, [row.cells.get(first) for first, _last in self.periods]) for row in self.people]

    @property
    def sums(self) -> list[tuple[str, Decimal]]:
        return [
            (label, sum((row.sums.get(key, Decimal(0)) for row in self.people), Decimal(0)))
            for key, label in self.numbers.items()
        ]


def figures(
    actor: Actor, template: Template, first: date, last: date, *, now: datetime, department: UUID | None = None,
    most: int = MOST_PEOPLE,
) -> Figures:  # fmt: skip
    """Of those whom the actor sees. A number of queries that does not grow with them."""
    rows = queries.obligations_visible_to(actor, now=now).filter(
        template=template, period_on__range=(first, last)
    )
    if department is not None:
        rows = rows.filter(department__in=_below(department))
    found = list(rows.select_related("employee").order_by("employee__name_key", "employee", "period_on"))
    owed = {each.period_on: each.ends_on for each in found if not _is_off(each)}
    names = department_names()
    people: dict[UUID, PersonRow] = {}
    by_department: dict[str, list[str]] = defaultdict(list)
    for each in found:
        if each.period_on not in owed:
            continue
        where = names.get(each.department_id, "") if each.department_id else ""
        row = people.setdefault(each.employee_id, PersonRow(each.employee, where))
        row.cells[each.period_on] = each
        by_department[where].append(each.state)
    numbers = _numbers(actor, template)
    _sum(people, template, first, last, numbers)
    listed = list(people.values())
    return Figures(
        sorted(owed.items()), listed[:most],
        [(name or _("No department"), tally(states)) for name, states in sorted(by_department.items())],
        tally(state for states in by_department.values() for state in states), numbers, len(listed) > most,
    )  # fmt: skip


def _is_off(row: Obligation) -> bool:
    """Days on which nobody works are left out where it is so for everybody."""
    return row.reason in queries.NOTHING_ASKED and row.sent_at is None


def _below(department: UUID) -> Any:
    path = Department.objects.filter(pk=department).values_list("path", flat=True).first()
    return Department.objects.filter(path__startswith=path) if path else Department.objects.none()


def _numbers(actor: Actor, template: Template) -> dict[str, str]:
    """Fields that hold numbers in any version, by the words of the newest."""
    found: dict[str, str] = {}
    for version in template.versions.order_by("number"):
        for place in version.layout.places.values():
            own = place.field
            if own.kind in NUMERIC and not place.tables and own.kind is not Kind.FORMULA:
                found[own.id] = spoken(own.label, language_of(version.form), version.form.language)
    return found


def _sum(
    people: dict[UUID, PersonRow], template: Template, first: date, last: date, numbers: dict[str, str]
) -> None:
    if not numbers:
        return
    rows = Report.objects.filter(template=template, period_on__range=(first, last), employee__in=people)
    for employee, facts, answers in rows.values_list("employee_id", "facts", "answers"):
        sums = people[employee].sums
        for key in numbers:
            value = facts.get(key, answers.get(key))
            if value is not None:
                sums[key] = sums.get(key, Decimal(0)) + Decimal(str(value))


def table(found: Figures) -> Iterator[list[Any]]:
    """Headings, then one row for each person: states by period, counts, sums."""
    yield [
        *(_("Employee"), _("Employee number"), _("Department")),
        *(words.period(first, last) for first, last in found.periods),
        *(
            _("Owed"),
            _("In time"),
            _("Late reports"),
            pgettext("report", "Missing"),
            _("Exempt"),
            _("Not yet sent"),
        ),
        *found.numbers.values(),
    ]
    for row, cells in found.grid():
        counted = row.tally
        yield [
            *(row.employee.name, row.employee.number, row.department),
            *(words.state_words(each.state) if each else "" for each in cells),  # type: ignore[attr-defined]
            *(
                counted.owed, counted.on_time, counted.late, counted.missing, counted.exempt, counted.waiting,
            ),
            *(row.sums.get(key, "") for key in found.numbers),
        ]  # fmt: skip
