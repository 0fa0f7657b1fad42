"""Pagination by key, over real rows: nothing twice, nothing missed, in both directions, whatever is empty."""

import itertools

import pytest

from qince.core.people.models import Employee
from qince.core.people.tests import factories
from qince.kit.resource.paging import Order


@pytest.fixture
def people(inside):
    """Names, numbers and leaders that repeat or are missing."""
    leaders = [factories.employee(name) for name in ("甲", "乙")]
    for n, leader in zip(range(21), itertools.cycle([None, *leaders]), strict=False):
        factories.employee(
            "同名" if n % 3 else f"员工{n}", leader=leader, hired_on="2026-01-01" if n % 4 else None
        )
    return Employee.objects.select_related("leader")


ORDERS = [
    ["name"],
    ["-name"],
    ["leader__name"],
    ["-leader__name"],
    ["hired_on", "-name"],
    ["-hired_on", "leader__name"],
    ["id"],
]


def walk(order, size, direction):
    """Every page from one end to the other."""
    page, pages = order.page(size), []
    while True:
        pages.append([row.pk for row in page.rows])
        cursor = page.next if direction == "after" else page.previous
        if not cursor:
            return pages
        page = order.page(size, **{direction: cursor})


@pytest.mark.parametrize("paths", ORDERS, ids=str)
@pytest.mark.parametrize("size", [1, 4, 7, 50])
def test_forth_and_back_meet_every_row_once_in_order(people, paths, size):
    order = Order(people, paths)
    expected = [row.pk for row in order.slice(None)]
    forth = walk(order, size, "after")
    assert list(itertools.chain(*forth)) == expected
    last = order.page(size)
    while last.next:
        last = order.page(size, after=last.next)
    back = []
    while last.previous:
        last = order.page(size, before=last.previous)
        back.append([row.pk for row in last.rows])
    assert back[::-1][1:] == forth[1 : len(back)]
    assert all(len(page) == size for page in back)


@pytest.mark.parametrize("paths", ORDERS, ids=str)
def test_empty_values_stand_last_both_ways(people, paths):
    path = paths[0].removeprefix("-")
    values = list(Order(people, paths).slice(None).values_list(path, flat=True))
    filled = [value for value in values if value is not None]
    assert values == filled + [None] * (len(values) - len(filled))
    assert filled == sorted(filled, reverse=paths[0].startswith("-"))


def test_the_place_outlives_the_row_it_was_at(people):
    order = Order(people, ["name"])
    first = order.page(5)
    following = order.page(5, after=first.next).rows
    first.rows[-1].reporting_lines.all().delete()
    Employee.objects.filter(leader=first.rows[-1]).update(leader=None)
    Employee.objects.filter(pk=first.rows[-1].pk).delete()
    assert order.page(5, after=first.next).rows == following


def test_going_back_to_a_beginning_that_grew_shows_it_whole(people):
    order = Order(people, ["name"])
    second = order.page(5, after=order.page(5).next)
    Employee.objects.filter(pk__in=[row.pk for row in order.page(5).rows[:2]]).update(name="龥")
    first = order.page(5, before=second.previous)
    assert len(first.rows) == 5
    assert not first.previous


def test_chunks_hold_every_row_once(people):
    order = Order(people, ["leader__name"])
    chunks = list(order.chunks(4))
    assert [row.pk for chunk in chunks for row in chunk] == [row.pk for row in order.slice(None)]
    assert max(map(len, chunks)) == 4
