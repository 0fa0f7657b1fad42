"""`docs/sync.md` is enough to write another client: whatever the registry knows stands there, and nothing else."""

import re
from pathlib import Path

import msgspec
import pytest

from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.engines.sync.protocol import Operation, Result
from qince.engines.sync.registry import collections, operations
from qince.kit import clock

PAGE = (Path(__file__).resolve().parents[2] / "docs/sync.md").read_text(encoding="utf-8")
# What the page says once for all operations.
SAID_ELSEWHERE = {"evidence"}
NAME = re.compile(r"`(\w+)`")


def section(title):
    """From a heading to the next of its level or above."""
    level = title.partition(" ")[0]
    rest = PAGE.partition(f"\n{title}\n")[2]
    assert rest, title
    return re.split(rf"\n#{{2,{len(level)}}} ", rest)[0]


def rows(text):
    """Lines of tables by the name in their first column."""
    found = {}
    for line in text.splitlines():
        if (match := re.match(r"\| `([\w.]+)` \|", line)) is not None:
            found[match.group(1)] = line
    return found


OPERATIONS = rows(section("### Operations"))
COLLECTIONS = rows(section("## Fetching: `GET /pull?cursor=CURSOR`"))
EDITS = section("### Edits")


def test_every_operation_is_on_the_page_and_no_other():
    assert set(OPERATIONS) == set(operations)


def test_every_collection_is_on_the_page_and_no_other():
    assert set(COLLECTIONS) == set(collections)


def words_of(name):
    """The row, and where it says "the same" that of the operation before it."""
    names = list(OPERATIONS)
    row = OPERATIONS[name]
    return row + (words_of(names[names.index(name) - 1]) if "the same" in row else "")


@pytest.mark.parametrize("name", sorted(operations))
def test_every_part_of_a_payload_is_on_the_page(name):
    kind = operations[name]
    parts = {each.name for each in msgspec.structs.fields(kind.payload)} - SAID_ELSEWHERE
    if kind.record and kind.record.said:
        parts -= {kind.record.said}
        assert f"`{kind.record.said}`" in EDITS
    said = words_of(name)
    assert {part for part in parts if f"`{part}`" not in said} == set()


def test_every_edit_says_where_its_version_is_told():
    told = {
        name
        for line in EDITS.splitlines()
        if line.startswith("| `")
        for name in re.findall(r"`(\w+\.\w+)`", line)
    }
    told -= {"call_off.revision"}  # a part of a record, not an operation
    makes = {"forms.submit", "daily_reports.send", "calendar.create", "leave.request", "leave.call_off"}
    makes |= {"attendance.ask_correction", "attendance.ask_time"}
    assert told | makes == {name for name, kind in operations.items() if kind.record}
    assert {kind.record.collection for kind in operations.values() if kind.record} <= set(NAME.findall(EDITS))


@pytest.mark.parametrize("struct", [Operation, Result])
def test_the_messages_have_the_parts_the_page_shows(struct):
    text = section("## Sending work: `POST /push`")
    assert {each.name for each in msgspec.structs.fields(struct) if f'"{each.name}"' not in text} == set()


@pytest.mark.parametrize("name", ["me", "settings"])
def test_every_key_of_what_a_phone_holds_once_is_on_the_page(inside, name):
    found = people.employee("王芳", roles=["rep"])
    agree(found)
    actor = people.actor(found, client="phone")
    [row] = collections[name].load(actor, [], clock.now())
    keys = set(row) - {"id"} | {key for value in row.values() if isinstance(value, dict) for key in value}
    said = set(NAME.findall(COLLECTIONS[name])) - {name}
    assert keys == said


def test_a_part_that_is_missing_would_be_found():
    assert "`nothing_of_the_kind`" not in words_of("visits.check_in")
    assert "`customer_id`" in words_of("visits.check_in")
    assert rows("| `a.b` | x | |\n| c | |") == {"a.b": "| `a.b` | x | |"}
