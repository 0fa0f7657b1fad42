"""What came in as a table: columns stand for fields by their stable ids over all versions."""

import io

import openpyxl
import pytest

from qince.core.audit.models import Entry
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree
from qince.engines.forms import actions, results
from qince.engines.forms.models import Submission
from qince.engines.forms.tests import factories as forms
from qince.kit import clock

NOW = clock.now()


@pytest.fixture
def scene(inside):
    manager = people.employee("李经理", roles=["manager"])
    rep = people.employee("王芳", leader=manager, roles=["rep"])
    agree(rep)
    return forms.administrator(), people.actor(manager), people.actor(rep)


def sheets(actor, form):
    content, count = results.workbook(actor, form)
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets], count


def fill(actor, form, version, **data):
    return actions.submit(actor, form=form, data=data, now=NOW, version=version)


def test_a_moved_field_stays_one_column(scene):
    """Version 2 moves and renames a field while a phone offline still holds version 1: both go into one column."""
    designer, manager, rep = scene
    first = forms.definition(forms.field("store", "text", "Store"), forms.field("count", "integer", "Count"))
    form = forms.form(designer, first)
    moved = {**forms.field("count", "integer", "Facings"), "name": "facings"}
    second = forms.definition(
        forms.field("part", "section", "Shelf", fields=[moved]), forms.field("store", "text", "Store")
    )
    forms.revise(designer, form, second)
    fill(rep, form, 2, store="new", count=8)
    fill(rep, form, 1, store="old", count=5)  # what the phone held comes later
    [table], count = sheets(manager, form)
    assert count == 2
    assert table[0][5:] == ["Facings", "Store"]
    assert sorted(row[4:] for row in table[1:]) == [["1", 5, "old"], ["2", 8, "new"]]


def test_a_field_that_was_removed_keeps_its_column(scene):
    designer, manager, rep = scene
    form = forms.form(
        designer, forms.definition(forms.field("a", "text", "A"), forms.field("b", "text", "B"))
    )
    fill(rep, form, 1, a="1", b="2")
    forms.revise(
        designer, form, forms.definition(forms.field("a", "text", "A"), forms.field("c", "text", "C"))
    )
    fill(rep, form, 2, a="3", c="4")
    [table], _count = sheets(manager, form)
    assert table[0][5:] == ["A", "C", "B"]
    assert sorted([cell or "" for cell in row[5:]] for row in table[1:]) == [["1", "", "2"], ["3", "4", ""]]


def test_tables_go_to_sheets_of_their_own(scene):
    designer, manager, rep = scene
    form = forms.form(designer)
    made = fill(
        rep, form, 1, store="A", lines=[{"_id": "1", "sku": "S1", "qty": 2}, {"_id": "2", "sku": "=1+1"}]
    )
    [plain, lines], _count = sheets(manager, form)
    assert plain[0][5:8] == ["Store", "Facings", "Price"]
    assert [row[0] for row in lines[1:]] == [str(made.pk)] * 2
    assert [row[5:7] for row in lines[1:]] == [["S1", 2], ["'=1+1", None]]


def test_an_export_reaches_as_far_as_the_permission_and_is_on_record(scene):
    designer, manager, rep = scene
    form = forms.form(designer)
    other = people.employee("赵强", roles=["rep"])
    agree(other)
    fill(rep, form, 1, store="seen")
    fill(people.actor(other), form, 1, store="hidden")
    [table, _lines], count = sheets(manager, form)
    assert (count, [row[5] for row in table[1:]]) == (1, ["seen"])
    results.record_export(manager, form=form, rows=count, now=NOW)
    assert Entry.objects.get(action="forms.export").changes == {"rows": 1}


def test_charts_count_and_reckon_and_leave_sensitive_answers_out(scene):
    designer, _manager, rep = scene
    lists = {"mood": [{"value": "g", "label": {"en": "Good"}}, {"value": "b", "label": {"en": "Bad"}}]}
    made = forms.definition(
        forms.field("mood", "choice", "Mood", choices="mood"),
        forms.field("price", "number", "Price"),
        forms.field("ill", "choice", "Ill", choices="mood", privacy=forms.SENSITIVE),
        lists=lists,
    )
    form = forms.form(designer, made)
    for mood, price in (("g", "0.1"), ("g", "0.2"), ("b", "10")):
        fill(rep, form, 1, mood=mood, price=price)
    sheet = results.sheet_of(form)
    mood, price = results.charts(sheet, results.attach(sheet, Submission.objects.select_related("employee")))
    assert mood["data"]["categories"] == ["Good", "Bad"]
    assert mood["data"]["series"][0]["values"] == [2, 1]
    assert [value for _name, value in price["figures"]] == ["3", "10.3", "3.43", "0.1", "10"]
