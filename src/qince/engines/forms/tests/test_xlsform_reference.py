"""The whole XLSForm reference, entry by entry: taken over, or named by row and column with what to do. Never silence.

Types and heads come from `pyxform` itself, so that its next release is walked through as well; appearances and
parameters are those of the ODK, Enketo and Kobo documentation.
"""

import io

import openpyxl
import pytest
from pyxform import aliases, constants
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from qince.engines.forms.schema import Kind
from qince.engines.forms.xlsform import reference
from qince.engines.forms.xlsform.reading import read_xlsform
from qince.engines.forms.xlsform.sheets import head_of

KOBO = ("begin_kobomatrix", "begin_score", "score__row", "begin_rank", "rank__level")
SELECTS = sorted(name for name in aliases.select if "file" not in name)
HOLDERS = ("begin repeat", "begin group", "begin loop l", "begin lgroup")
TYPES = sorted({*QUESTION_TYPE_DICT, *SELECTS, *aliases.cascading, *KOBO, *HOLDERS})
FROM_FILE = sorted(name for name in aliases.select if "file" in name)
# What `pyxform` itself says of these, with the row.
BY_PYXFORM = {
    "audit": "Audits must always be named",
    "background-geopoint": "'trigger' column must not be empty",
    **dict.fromkeys(("select one external", "select one using"), "List name not in choices sheet"),
}
LISTED = {*aliases.select, *aliases.cascading}


def workbook(*rows, settings=None, choices=()):
    """Each row is a dict of survey cells."""
    book = openpyxl.Workbook()
    survey, heads = book.active, list(dict.fromkeys(head for row in rows for head in row))
    survey.title = "survey"
    survey.append(heads)
    for row in rows:
        survey.append([row.get(head) for head in heads])
    lists = book.create_sheet("choices")
    own = list(dict.fromkeys(["list_name", "name", "label", *(head for row in choices for head in row)]))
    lists.append(own)
    for option in choices or ({"list_name": "l", "name": "1", "label": "One"},):
        lists.append([option.get(head) for head in own])
    if settings:
        sheet = book.create_sheet("settings")
        sheet.append(list(settings))
        sheet.append(list(settings.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def brought(*rows, **more):
    return read_xlsform(workbook(*rows, **more), language="en")


def question(kind, **cells):
    rows = [{"type": kind, "name": "a", "label": "A", **cells}]
    if kind.startswith("begin"):
        rows += (
            [{"type": "text", "name": "x", "label": "X"}, {"type": f"end {kind.split()[1]}"}]
            if " " in kind
            else []
        )
    return rows


def told(found, row=2):
    """What is said of that row: (column, words)."""
    return [
        (each.column, each.what) for each in found.findings if each.row == row and each.what and each.remedy
    ]


@pytest.mark.parametrize("kind", TYPES)
def test_each_type_becomes_a_field_or_is_named(kind, in_english):
    calculation = {"calculation": "1"} if "calculate" in kind else {}
    written = f"{kind} l" if kind in LISTED else kind
    found = brought(*question(written, **calculation), {"type": "text", "name": "other", "label": "Other"})
    if found.definition is not None and len(found.definition.fields) == 2:
        assert isinstance(found.definition.fields[0].kind, Kind)
        assert found.findings == []
        return
    assert told(found), kind
    assert written in told(found)[0][1] or BY_PYXFORM.get(kind, "-") in told(found)[0][1]


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("gps", Kind.LOCATION), ("q picture", Kind.PHOTO), ("add location prompt", Kind.LOCATION),
        ("q string", Kind.TEXT), ("add dateTime prompt", Kind.DATETIME), ("date time", Kind.DATETIME),
        ("add barcode prompt", Kind.BARCODE), ("q int", Kind.INTEGER), ("get today", Kind.FORMULA),
        ("percentage", Kind.INTEGER), ("q acknowledge", Kind.CHOICE),
    ],
)  # fmt: skip
def test_spellings_of_old_become_what_they_are_called_now(old, now):
    [field] = brought(*question(old)).definition.fields
    assert field.kind is now


def test_a_percentage_keeps_its_bounds():
    [field] = brought(*question("percentage", constraint=". != 50")).definition.fields
    assert field.constraint == "(. != 50) and . >= 0 and . <= 100"


@pytest.mark.parametrize("kind", FROM_FILE)
def test_options_from_a_file_are_refused_by_row(kind, in_english):
    found = brought(*question(f"{kind} shops.csv"))
    assert found.definition is None
    assert told(found)


# Heads and a value for each, and where in the field it has to turn up.
TAKEN = {
    "label": ("Other words", "label"), "caption": ("Other words", "label"), "hint": ("Look", "hint"),
    "relevant": ("${b} = 'x'", "visible_if"), "relevance": ("${b} = 'x'", "visible_if"),
    "bind::relevant": ("${b} = 'x'", "visible_if"), "required": ("yes", "required"),
    "bind::required": ("yes", "required"), "constraint": (". != 'x'", "constraint"),
    "bind::constraint": (". != 'x'", "constraint"), "default": ("x", "default"),
    "constraint_message": ("No", "constraint_message"), "constraining_message": ("No", "constraint_message"),
    "bind::jr:constraintMsg": ("No", "constraint_message"),
    "required_message": ("Say it", "required_message"), "requiredMsg": ("Say it", "required_message"),
    "bind::jr:requiredMsg": ("Say it", "required_message"),
    "read_only": ("yes", "read_only"), "readonly": ("yes", "read_only"), "bind::readonly": ("yes", "read_only"),
    "calculation": ("1 + 1", "formula"), "calculate": ("1 + 1", "formula"), "bind::calculate": ("1 + 1", "formula"),
    "appearance": ("multiline", "appearance"), "control::appearance": ("multiline", "appearance"),
    "body::appearance": ("multiline", "appearance"),
}  # fmt: skip
ELSEWHERE = {  # shown by tests of their own, since one text question cannot show them
    "type", "command", "name", "tag", "value", "choice_filter", "parameters", "count", "repeat_count", "jr:count",
    "control::jr:count", "body::jr:count", "disabled",
}  # fmt: skip


@pytest.mark.parametrize("head", sorted(TAKEN))
def test_each_column_taken_over_has_its_effect(head):
    value, part = TAKEN[head]
    other = {"type": "text", "name": "b", "label": "B"}
    asked = {"type": "text", "name": "a", head: value}
    if part != "label":
        asked["label"] = "A"
    elif head != "label":
        other = {"type": "text", "name": "b", head: "B"}
    found = brought(other, asked)
    assert found.findings == [], head
    assert getattr(found.definition.fields[1], part), head


def test_no_column_counts_as_taken_without_being_shown():
    plain = {
        "".join([head_of(each).name, f"::{head_of(each).part}" if head_of(each).part else ""])
        for each in TAKEN
    }
    assert plain | ELSEWHERE == reference.TAKEN


def test_columns_that_need_a_question_of_their_own():
    """Old names of the heads, a count of a repeat, a filter of choices, a row that is switched off."""
    book = workbook(
        {"command": "text", "tag": "a", "caption": "A"}, {"command": "integer", "tag": "n", "caption": "N"}
    )
    assert [field.name for field in read_xlsform(book).definition.fields] == ["a", "n"]
    for head in ("repeat_count", "count", "jr:count", "control::jr:count", "body::jr:count"):
        count = {"type": "integer", "name": "n", "label": "N"}
        rows = [
            {**each, head: "${n}"} if each["type"] == "begin repeat" else each
            for each in question("begin repeat")
        ]
        found = brought(count, *rows)
        assert found.findings == [], head
        assert found.definition.fields[1].repeat_count == "${n}", head
    filtered = brought({"type": "text", "name": "b", "label": "B"}, *question("select_one l", choice_filter="k = ${b}"),
                       choices=[{"list_name": "l", "name": "1", "label": "One", "k": "x"}])  # fmt: skip
    assert filtered.findings == []
    assert filtered.definition.fields[1].choice_filter == "k = ${b}"
    assert filtered.definition.lists["l"][0].attributes == {"k": "x"}
    off = brought({"type": "text", "name": "b", "label": "B"}, *question("text", disabled="yes"))
    assert [field.name for field in off.definition.fields] == ["b"]


OTHER_HEADS = sorted(
    {*aliases.survey_header, *aliases.TRANSLATABLE_SURVEY_COLUMNS, "media::image", "media::audio::English (en)",
     "guidance_hint", "guidance_hint::English (en)", "trigger", "bind::type", "bind::oc:itemgroup", "instance::note",
     "body::accuracyThreshold", "body::kb:flash", "kuid", "$kuid", "$autoname", "kobo--matrix_list",
     "kobo--score-choices", "kobo--rank-items", "kobo--locking-profile", "tags", "hxl", "remarks for the team"}
    - set(TAKEN) - ELSEWHERE
)  # fmt: skip


@pytest.mark.parametrize("head", OTHER_HEADS)
def test_each_other_column_is_named(head, in_english):
    lowered = head_of(head).name
    if lowered in reference.TAKEN and not head_of(head).part:
        return  # another spelling of one that is taken
    value = {"trigger": "${b}", "bind::type": "string"}.get(head, "1")
    found = brought({"type": "text", "name": "b", "label": "B"}, *question("text", **{head: value}))
    assert any(column.lower() == head.lower() for column, _what in told(found, 3)) or found.errors, head


APPEARANCES = (
    # ODK Collect
    "numbers", "thousands-sep", "multiline", "masked", "ex:org.example.scale(unit='kg')", "no-calendar", "month-year",
    "year", "coptic", "ethiopian", "islamic", "bikram-sambat", "myanmar", "persian", "minimal", "autocomplete",
    "minimal autocomplete", "search", "search('shops')", "quick", "quickcompact", "compact", "compact-2", "columns",
    "columns-3", "columns-pack", "columns-flex", "columns no-buttons", "likert", "map", "image-map", "label",
    "list-nolabel", "list", "maps", "placement-map", "annotate", "draw", "signature", "new", "new-front", "selfie",
    "front", "hidden-answer", "counter", "bearing", "picker", "rating", "vertical", "no-ticks", "url", "field-list",
    "table-list", "background", "printer:org.example", "intent",
    # Enketo and Kobo
    "horizontal", "horizontal-compact", "w1", "w2 h3", "distress", "analog-scale", "analog-scale horizontal no-ticks",
    "comment", "show_formatted", "no-collapse", "pages", "theme-grid", "kobo-disclaimer",
)  # fmt: skip
STYLED = ("text", "integer", "date", "select_one l", "image", "geopoint", "barcode", "begin group")
WITH_EFFECT = {("multiline", "text"), ("minimal", "select_one l"), ("signature", "image"), ("new", "image"),
               ("field-list", "begin group")}  # fmt: skip


@pytest.mark.parametrize("name", APPEARANCES)
@pytest.mark.parametrize("kind", STYLED)
def test_each_appearance_has_its_effect_or_is_named(name, kind, in_english):
    found = brought(*question(kind, appearance=name))
    said = [what for column, what in told(found) if column == "appearance"]
    if (name, kind) in WITH_EFFECT:
        assert found.findings == []
        return
    tokens = name.split(" ") if "'" not in name else [name]
    unused = [token for token in tokens if (token, kind) not in WITH_EFFECT]
    assert len(said) == len(unused) or "file" in said[0], said
    assert all(any(token in what for what in said) or "file" in said[0] for token in unused)


PARAMETERS = [
    *(("select_one l", f"{each.value}=true") for each in constants.ParametersSelect if each.value == "randomize"),
    ("select_multiple l", "randomize=true seed=5"),
    *(("range", f"{each}={value}") for each, value in (("tick_interval", 2), ("placeholder", 5))),
    ("image", "max-pixels=640"), ("image", "app=org.example.camera"), ("text", "rows=4"),
    ("geopoint", "capture-accuracy=5"), ("geopoint", "warning-accuracy=50"), ("geopoint", "allow-mock-accuracy=true"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "given"), PARAMETERS)
def test_each_parameter_is_named(kind, given, in_english):
    found = brought(*question(kind, parameters=given))
    assert found.definition is not None, found.findings
    said = [what for column, what in told(found) if column == "parameters"]
    names = [part.split("=")[0] for part in given.split(" ")]
    assert len(said) == len(names)
    assert all(name in what for name, what in zip(names, said, strict=True))


def test_the_parameters_of_a_range_have_their_effect():
    found = brought(*question("range", parameters="start=0 end=20 step=5"))
    assert found.findings == []
    assert found.definition.fields[0].constraint == ". >= 0 and . <= 20 and (. - 0) mod 5 = 0"


SETTINGS = sorted(
    {*aliases.settings_header, "version", "default_language", "public_key", "submission_url", "auto_send",
     "auto_delete",
     "client_editable", "instance_name", "style", "allow_choice_duplicates", "namespaces", "sms_keyword", "prefix",
     "delimiter", "name", "omit_instanceID", "clean_text_values", "attribute::x", "crs"}
)  # fmt: skip


@pytest.mark.parametrize("name", SETTINGS)
def test_each_setting_is_taken_over_or_named(name, in_english):
    value = {
        "namespaces": 'x="http://example.com/x"', "allow_choice_duplicates": "yes", "default_language": "English (en)",
    }.get(name, "shops")  # fmt: skip
    other = "form_id" if "title" in name else "form_title"
    found = brought(*question("text"), settings={other: "t", name: value})
    if head_of(name).name in reference.SETTINGS_TAKEN:
        assert found.findings == []
        return
    assert [(each.sheet, each.row, each.column) for each in found.findings] == [("settings", 2, name)]
    assert found.findings[0].remedy


def test_a_key_of_the_forms_own_keeps_the_form_out():
    """Whoever asks for encrypted answers must not believe that they are."""
    found = brought(*question("text"), settings={"form_title": "t", "public_key": "MIIB"})
    assert found.definition is None


@pytest.mark.parametrize("head", ["image", "media::image", "audio", "video::English (en)", "big-image"])
def test_pictures_of_options_are_named(head, in_english):
    found = brought(
        *question("select_one l"), choices=[{"list_name": "l", "name": "1", "label": "One", head: "a.jpg"}]
    )
    assert [(each.sheet, each.row, each.column) for each in found.findings] == [("choices", 2, head)]


def test_sheets_of_entities_are_refused(in_english):
    book = openpyxl.load_workbook(io.BytesIO(workbook(*question("text"))))
    sheet = book.create_sheet("entities")
    for row in (["dataset", "label"], ["trees", "a"]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    found = read_xlsform(out.getvalue(), language="en")
    assert found.definition is None
    assert found.errors[0].sheet == "entities"
