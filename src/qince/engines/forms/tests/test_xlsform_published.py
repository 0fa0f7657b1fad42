"""Published workbooks, whole: each is taken over, or says cell by cell what keeps it out. Never silence."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation import override

from qince.core.people.tests import factories as people
from qince.engines.forms.models import Form
from qince.engines.forms.tests.test_xlsform_reference import workbook
from qince.engines.forms.xlsform.findings import ERROR, NOTICE
from qince.engines.forms.xlsform.reading import read_xlsform
from qince.kit.tenancy import tenant

PUBLISHED = Path(__file__).resolve().parents[5] / "tests/examples/xlsforms"
WHOLE = [
    ("survey", 37, "type"),  # sounds
    ("survey", 38, "type"),  # films
    ("settings", 2, "public_key"),
    ("survey", 10, "label"),  # a picture and no word
]
# What keeps each out, by sheet, row and column; nothing where it is taken over.
KEPT_OUT = {
    "ODKValidateWarnings.xlsx": [],
    "attribute_columns_test.xlsx": WHOLE,
    "bad_calc.xlsx": [("survey", 2, "calculation")],
    "choice_filter_test.xlsx": [("choices", 6, "name")],
    "duplicate_columns.xlsx": [("survey", 1, "label")],
    "excel_with_macros.xlsm": [],
    "flat_xlsform_test.xlsx": WHOLE,
    "or_other.xlsx": [("survey", 3, "choice_filter")],
    "pull_data.xlsx": [("survey", 2, "calculation")],
    "search_and_select.xlsx": [("survey", 2, "appearance")],
    "select_one_external.xlsx": [("survey", 3, "type"), ("survey", 4, "type")],
    "settings.xls": [("", None, "")],
    "survey_no_name.xlsx": [],
    "text_and_integer_xlsx.xlsx": [("survey", 2, "label")],
    "tutorial.xls": [("", None, "")],
    "xl_date_ambiguous.xlsx": [("survey", 5, "choice_filter")],
    "xl_date_ambiguous_v1.xlsx": [],
    "xlsform_spec_test.xlsx": WHOLE,
}
# What is left out of those that are taken over.
LEFT_OUT = {
    "ODKValidateWarnings.xlsx": [("survey", 3, "type"), ("survey", 2, "D")],
    "excel_with_macros.xlsm": [
        ("survey", 3, "type"), ("survey", 2, "tr_id"), ("survey", 2, "bind::saveIncomplete"),
        ("survey", 2, "label_en"), ("settings", 2, "style"),
    ],
    "survey_no_name.xlsx": [],
    "xl_date_ambiguous_v1.xlsx": [
        ("settings", 2, "xml_root"), ("settings", 2, "instance_name"), ("changelog", None, ""),
    ],
}  # fmt: skip


@pytest.fixture
def desk(organization):
    with tenant(organization):
        return people.browser(people.employee("周主任", roles=["administrator"]))


def content(name):
    return (PUBLISHED / name).read_bytes()


def told(findings, level):
    return [(each.sheet, each.row, each.column) for each in findings if each.level == level]


def test_every_published_workbook_is_looked_at():
    assert sorted(KEPT_OUT) == sorted(each.name for each in PUBLISHED.glob("*.xls*"))


@pytest.mark.parametrize("name", KEPT_OUT)
def test_a_published_workbook_is_taken_over_or_told_cell_by_cell(name):
    found = read_xlsform(content(name), language="en")
    assert told(found.findings, ERROR) == KEPT_OUT[name]
    assert (found.definition is None) == bool(KEPT_OUT[name])
    assert all(each.what and each.remedy for each in found.findings)
    if found.definition:
        assert told(found.findings, NOTICE) == LEFT_OUT[name]


@pytest.mark.parametrize("name", KEPT_OUT)
def test_at_the_console_it_opens_and_goes_out_again_or_says_what_to_do(name, desk, organization):
    with (PUBLISHED / name).open("rb") as file:
        answer = desk.post(reverse("forms:bring"), {"file": file})
    found = read_xlsform(content(name), language="en")
    assert answer.status_code == (200 if found.findings else 302)
    for each in found.findings:
        assert (each.column or "—") in answer.text
    if KEPT_OUT[name]:
        with tenant(organization):
            assert not Form.objects.exists()
        return
    opens = re.search(r'href="(/[^"]+)">Open the draft', answer.text)
    designer = opens[1] if opens else answer.headers["Location"]
    assert desk.get(designer).status_code == 200
    with tenant(organization):
        form = Form.objects.get()
    out = b"".join(desk.get(reverse("forms:xlsform", args=[form.pk])).streaming_content)
    again = read_xlsform(out, language="en")
    assert again.findings == []
    assert again.definition == found.definition


def test_a_workbook_under_a_password_and_one_of_the_old_kind_say_what_they_are():
    [old] = read_xlsform(content("tutorial.xls"), language="en").findings
    assert ".xls" in old.what
    assert ".xlsx" in old.remedy
    locked = content("tutorial.xls")[:512] + "EncryptedPackage".encode("utf-16-le")
    with override("en"):
        [found] = read_xlsform(locked, language="en").findings
    assert found.what == "The workbook is protected by a password."


def test_a_group_shown_as_a_table_keeps_its_title_and_gets_no_question_that_nobody_wrote():
    made = workbook(
        {"type": "begin group", "name": "g", "label": "Rooms", "appearance": "table-list"},
        {"type": "select_one l", "name": "a", "label": "Hall"},
        {"type": "end group"},
    )
    [group] = read_xlsform(made, language="en").definition.fields
    assert (group.label, [each.name for each in group.fields]) == ({"en": "Rooms"}, ["a"])
