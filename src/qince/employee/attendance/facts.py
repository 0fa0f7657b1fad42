"""What replay needs of many people, read in a few statements, and their results."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from qince.employee.attendance.book import Book, People
from qince.employee.attendance.models import Correction, Decided, TimeRequest
from qince.employee.attendance.replay import shapes
from qince.employee.attendance.replay.days import AFTER, BEFORE, Case, replay
from qince.employee.attendance.replay.results import Day
from qince.employee.attendance.supplements import Supplement, supplements
from qince.kit.tenancy import current_organization_id

# Our own text; values are bound. Sealed columns are not read: results need no place.
_PUNCHES = """
    SELECT employee_id, id::text, floor(extract(epoch FROM at))::bigint, kind, source, is_field
      FROM attendance_punch
     WHERE organization_id = %s AND employee_id = ANY(%s) AND work_date BETWEEN %s AND %s AND counting = 'counted'
     ORDER BY employee_id, at, id
"""
# A press carries the date of its group's zone then; a newer version of the rules may have another, a day off.
SLACK = timedelta(days=1)


class Facts:
    """The rules, presses and stand-ins of these people for the dates `first` to `last`."""

    def __init__(
        self, employee_ids: Collection[UUID], first: date, last: date, *, book: Book | None = None
    ) -> None:
        self.first, self.last = first, last
        self.begin, self.end = reach(first, last)
        self.book = book or Book(self.begin, self.end)
        self.people = People(self.book, employee_ids)
        self._punches = _punches(self.people.ids, self.begin - SLACK, self.end + SLACK)
        self.supplements = _supplements(self.people.ids, self.begin, self.end)
        self._fixes = _fixes(self.people.ids, self.begin, self.end)

    def case(self, employee_id: UUID, now: datetime) -> Case:
        return Case(
            list(self.people.plans(employee_id)),
            self.first,
            self.last,
            int(now.timestamp()),
            self._punches.get(employee_id, ()),
            [_segment(each) for each in self.supplements.get(employee_id, ())],
            self._fixes.get(employee_id, ()),
        )

    def results(self, now: datetime) -> Iterator[tuple[UUID, list[Day]]]:
        for employee in self.people.ids:
            yield employee, replay(self.case(employee, now))


def reach(first: date, last: date) -> tuple[date, date]:
    """The dates whose shifts bear on the results from `first` to `last`."""
    return first - timedelta(days=BEFORE), last + timedelta(days=AFTER)


def _punches(ids: list[UUID], first: date, last: date) -> dict[UUID, list[shapes.Punch]]:
    found: dict[UUID, list[shapes.Punch]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_PUNCHES, [current_organization_id(), ids, first, last])
        for employee, *row in cursor.fetchall():
            found[employee].append(shapes.Punch(*row))
    return found


def _supplements(ids: list[UUID], first: date, last: date) -> dict[UUID, list[Supplement]]:
    """Own requests and what the rooms above add, in the order of their beginning."""
    start = datetime(first.year, first.month, first.day, tzinfo=UTC) - SLACK
    end = datetime(last.year, last.month, last.day, tzinfo=UTC) + 2 * SLACK
    rows = TimeRequest.objects.filter(
        employee__in=ids, state=Decided.APPROVED, starts_at__lt=end, ends_at__gt=start
    )
    own = [
        Supplement(row.employee_id, row.pk, row.kind, row.starts_at, row.ends_at, row.get_kind_display())
        for row in rows
    ]
    found: dict[UUID, list[Supplement]] = defaultdict(list)
    for each in sorted(
        [*own, *supplements(ids, first, last)], key=lambda each: (each.starts_at, str(each.id))
    ):
        found[each.employee_id].append(each)
    return found


def _segment(each: Supplement) -> shapes.Segment:
    return shapes.Segment(
        str(each.id), each.kind, int(each.starts_at.timestamp()), int(each.ends_at.timestamp())
    )


def _fixes(ids: list[UUID], first: date, last: date) -> dict[UUID, list[shapes.Fix]]:
    found: dict[UUID, list[shapes.Fix]] = defaultdict(list)
    rows: Any = Correction.objects.filter(employee__in=ids, on__range=(first, last), state=Decided.APPROVED)
    for row in rows.order_by("on", "id"):
        found[row.employee_id].append(
            shapes.Fix(
                str(row.pk),
                row.on.isoformat(),
                row.slot,
                row.end,
                row.kind,
                int(row.at.timestamp()) if row.at else None,
                row.result,
            )
        )
    return found
