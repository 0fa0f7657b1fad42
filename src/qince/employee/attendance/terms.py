"""The rules that hold for one person on one day."""

from datetime import date
from uuid import UUID

from qince.employee.attendance.book import Book, People
from qince.employee.attendance.definitions import GroupTerms, terms_of
from qince.employee.attendance.models import Group, GroupVersion


def terms_for(employee_id: UUID, on: date) -> GroupTerms:
    """The rules of the person's group on that day; the usual ones for who is in none."""
    if not Group.objects.exists():
        return GroupTerms()
    book = Book(on, on)
    group = People(book, [employee_id]).group_on(employee_id, on)
    rule = book.rule_on(group, on) if group else None
    if rule is None:
        return GroupTerms()
    return terms_of(GroupVersion.objects.get(pk=rule.id).definition)


class TermsOf:
    """The rules of one person by date, each read once: a phone may send presses of several days."""

    def __init__(self, employee_id: UUID) -> None:
        self._employee_id = employee_id
        self._known: dict[date, GroupTerms] = {}

    def __call__(self, on: date) -> GroupTerms:
        if on not in self._known:
            self._known[on] = terms_for(self._employee_id, on)
        return self._known[on]
