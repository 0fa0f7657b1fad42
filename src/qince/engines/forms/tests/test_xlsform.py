"""XLSForms in and out: ten of different kinds, and what is not supported named cell by cell."""

import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from pyxform.xls2xform import convert

from qince.engines.forms import schema
from qince.engines.forms.schema.types import Privacy
from qince.engines.forms.xlsform.reading import read_xlsform
from qince.engines.forms.xlsform.writing import sheets, workbook

EXAMPLES = Path(__file__).resolve().parents[5] / "examples/forms"
GOOD = sorted(path.stem for path in EXAMPLES.glob("*.xlsx") if path.stem != "unsupported")
NOW = datetime.fromisoformat("2026-03-01T12:00:00+08:00")


def brought(name, **how):
    return read_xlsform((EXAMPLES / f"{name}.xlsx").read_bytes(), **{"language": "en", **how})


def answered(name, data):
    """The answers as kept, and problems as code and field."""
    found = schema.validate(brought(name).definition, data, now=NOW)
    return found.answers, [(each.code, each.field) for each in found.problems]


def test_there_are_ten_of_different_kinds():
    assert len(GOOD) == 10


@pytest.mark.parametrize("name", GOOD)
def test_an_xlsform_comes_in_whole_and_goes_out_the_same(name):
    found = brought(name)
    told = (
        [("notice", 3, "parameters")] if name == "place_photo" else []
    )  # the organization sets the size of photos
    assert [(each.level, each.row, each.column) for each in found.findings] == told
    assert schema.faults(found.definition) == []
    again = read_xlsform(workbook(found.definition, code=found.code, version=2), language="en")
    assert again.definition == found.definition
    assert again.code == found.code


@pytest.mark.parametrize("name", GOOD)
def test_what_goes_out_is_an_xlsform_that_pyxform_takes(name):
    found = brought(name)
    made = convert(sheets(found.definition, code=found.code, version=7), validate=False)
    assert f'id="{found.code}"' in made.xform
    assert 'version="7"' in made.xform


def test_what_is_said_about_privacy_and_ids_survive_the_way_out_and_in():
    made = brought("signature").definition
    first, last = made.fields[0], made.fields[-1]
    first.id = "f_other"
    first.privacy = Privacy(is_personal=True, category="identity", purpose="basic")
    last.privacy = Privacy(is_personal=False)
    again = read_xlsform(workbook(made, code="x", version=1), language="en").definition
    assert again == made


def test_repeats_count_and_reckon():
    drinks = [{"_id": "1", "kind": "tea", "litres": "0.5"}, {"_id": "2", "kind": "soda", "litres": "0.25"}]
    rows = [
        {"_id": "1", "first_name": "An", "age": 40, "drink": drinks},
        {"_id": "2", "first_name": "Bo", "age": 8, "at_school": "yes"},
    ]
    answers, problems = answered("household", {"people": 2, "member": rows})
    assert problems == []
    assert (answers["all_litres"], answers["children"], answers["oldest"]) == ("0.75", "1", "40")
    assert answered("household", {"people": 3, "member": rows})[1] == [("count", "member")]


def test_cascades_offer_what_belongs_together():
    good = {"province": "js", "city": "nanjing", "district": "xuanwu", "street": "1"}
    assert answered("cascade", good)[1] == []
    assert answered("cascade", {**good, "city": "hangzhou"})[1] == [
        ("choice", "city"),
        ("choice", "district"),
    ]


def test_calculations_are_exact():
    answers, problems = answered(
        "calculations",
        {"ordered_on": "2026-02-27", "cases": 120, "price": "99.90", "discount": 3, "agreed": "yes"},
    )
    assert problems == []
    assert (answers["net"], answers["tax"], answers["gross"]) == ("11628.36", "1511.69", "13140.05")
    assert (answers["due_on"], answers["due_text"]) == ("2026-04-28", "28.04.2026 (large)")


def test_other_asks_what():
    assert answered("or_other", {"source": "other"})[1] == []
    assert answered("or_other", {"source": "friend", "source_other": "gone"})[0] == {"source": "friend"}
    assert answered("or_other", {"source": "other", "source_other": "radio"})[0]["source_other"] == "radio"


def test_nested_groups_hide_with_what_holds_them():
    data = {"outlet_name": "A", "contact_name": "B", "has_freezer": "no", "works": "no", "fault": "noise"}
    answers, problems = answered("nested_groups", data)
    assert problems == []
    assert set(answers) == {"outlet_name", "contact_name", "has_freezer", "channel"}


def test_constraints_hold():
    good = {"mobile": "13800138000", "born": "2000-01-01", "days": ["mon", "wed"], "main_day": "mon"}
    assert answered("constraints", good)[1] == []
    bad = {
        **good,
        "mobile": "123",
        "born": "2010-01-01",
        "weight": "70.55",
        "main_day": "fri",
        "at": "07:59:00",
    }
    assert answered("constraints", bad)[1] == [
        ("constraint", "mobile"), ("constraint", "born"), ("constraint", "weight"), ("constraint", "main_day"),
        ("constraint", "at"),
    ]  # fmt: skip


def test_a_signature_is_one_and_three_languages_stay_three():
    assert brought("signature").definition.fields[-2].kind == schema.Kind.SIGNATURE
    found = brought("three_languages").definition
    assert found.languages == ["en", "zh-Hans", "fr"]
    assert found.lists["mood"][0].label == {"en": "Good", "zh-Hans": "好", "fr": "Bonne"}


def test_what_is_not_supported_is_told_by_row_and_column(in_english):
    found = brought("unsupported")
    assert found.definition is None
    assert [(each.level, each.row, each.column) for each in found.findings] == [
        ("notice", 2, "type"), ("notice", 3, "type"), ("error", 5, "type"), ("error", 6, "type"), ("error", 8, "type"),
        ("error", 7, "calculation"), ("error", 9, "constraint"), ("error", 10, "constraint"),
    ]  # fmt: skip
    assert all(each.what and each.remedy for each in found.findings)
    assert "pulldata" in found.findings[5].what


def xlsx(survey, choices=()):
    book = openpyxl.Workbook()
    book.active.title = "survey"
    for row in survey:
        book.active.append(row)
    if choices:
        sheet = book.create_sheet("choices")
        for row in choices:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("survey", "row", "column"),
    [
        ([["type", "name", "label"], ["text", "a b", "A"]], 2, "name"),
        ([["type", "name", "label", "relevant"], ["text", "a", "A", "${gone} = 1"]], 2, "relevant"),
        ([["type", "name", "label"], ["select_one gone", "a", "A"]], 2, ""),
        ([["type", "name", "label"], ["begin group", "g", "G"], ["text", "a", "A"]], 2, ""),
    ],
)
def test_what_pyxform_finds_is_told_by_row(survey, row, column):
    found = read_xlsform(xlsx(survey, [["list_name", "name", "label"], ["some", "1", "One"]]))
    assert found.definition is None
    assert [(each.level, each.row, each.column) for each in found.findings] == [("error", row, column)]


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 broken", b"x" * 3_000_000])
def test_what_is_no_workbook_is_refused_in_words(content):
    found = read_xlsform(content)
    assert found.definition is None
    assert found.errors[0].what


def test_coming_again_keeps_the_fields_the_same_ones():
    known = {"receiver": "f0001"}
    assert brought("signature", known=known).definition.fields[0].id == "f0001"
