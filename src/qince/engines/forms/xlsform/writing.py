"""From our schema to XLSForm: a workbook for people, and the same as sheets of rows for `pyxform`, which makes XForms.

Columns of our own carry what XLSForm has no word for, so that a form that went out comes back the same.
"""

import io
from collections.abc import Callable

import xlsxwriter

from qince.engines.forms.keeping import SEALED, place_of
from qince.engines.forms.schema import Choice, Definition, Field, Kind
from qince.engines.forms.schema.types import REFERENCES, SILENT, Text
from qince.engines.forms.xlsform.languages import column_of

Row = dict[str, str]
# Options for a field that refers to people, customers or products, where whoever fills in needs them in the form.
Options = Callable[[Kind], list[tuple[str, str]]]
TYPES = {
    Kind.TEXT: "text", Kind.NUMBER: "decimal", Kind.INTEGER: "integer", Kind.DATE: "date", Kind.TIME: "time",
    Kind.DATETIME: "dateTime", Kind.PHOTO: "image", Kind.FILE: "file", Kind.LOCATION: "geopoint",
    Kind.SIGNATURE: "image", Kind.BARCODE: "barcode", Kind.PERSON: "text", Kind.CUSTOMER: "text",
    Kind.PRODUCT: "text", Kind.FORMULA: "calculate", Kind.NOTE: "note",
}  # fmt: skip
HOLDERS = {Kind.SECTION: "group", Kind.TABLE: "repeat"}
SHEETS = ("survey", "choices", "settings")


def sheets(
    definition: Definition, *, code: str, version: int, options: Options | None = None, with_own: bool = True
) -> dict[str, list[Row]]:
    """The three sheets as rows, by column. `with_own`: with the columns of our own."""
    survey: list[Row] = []
    _add(definition, definition.fields, survey, options, with_own)
    choices = [_choice(definition, name, each) for name, found in definition.lists.items() for each in found]
    if options:
        used = {each.kind for each in _all(definition.fields)} & REFERENCES
        plain = column_of(definition.language)
        for kind in sorted(used):
            choices += [
                {"list_name": f"qince_{kind}", "name": value, f"label::{plain}": label}
                for value, label in options(kind)
            ]
    title = definition.title.get(definition.language) or next(iter(definition.title.values()), code)
    settings = {
        "form_title": title,
        "form_id": code,
        "version": str(version),
        "default_language": column_of(definition.language),
    }
    return {"survey": survey, "choices": choices, "settings": [settings]}


def workbook(definition: Definition, *, code: str, version: int) -> bytes:
    """The form as an XLSForm workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold = book.add_format({"bold": True})
        for name, rows in sheets(definition, code=code, version=version).items():
            sheet = book.add_worksheet(name)
            columns = list(dict.fromkeys(column for row in rows for column in row))
            for at, column in enumerate(columns):
                sheet.write_string(0, at, column, bold)
                sheet.set_column(at, at, 24)
            for number, row in enumerate(rows, start=1):
                for at, column in enumerate(columns):
                    if text := row.get(column, ""):
                        sheet.write_string(number, at, text)
            sheet.freeze_panes(1, 0)
    return out.getvalue()


def _all(fields: list[Field]) -> list[Field]:
    return [inner for each in fields for inner in (each, *_all(each.fields))]


def _add(
    definition: Definition, fields: list[Field], rows: list[Row], options: Options | None, with_own: bool
) -> None:
    for each in fields:
        rows.append(_row(definition, each, options, with_own))
        if each.kind in HOLDERS:
            _add(definition, each.fields, rows, options, with_own)
            rows.append({"type": f"end {HOLDERS[each.kind]}", "name": each.name})


def _row(definition: Definition, each: Field, options: Options | None, with_own: bool) -> Row:
    row: Row = {"type": _type(each, options), "name": each.name}
    row |= _texts("label", each.label, definition)
    row |= _texts("hint", each.hint, definition)
    row |= _texts("constraint_message", each.constraint_message, definition)
    row |= _texts("required_message", each.required_message, definition)
    plain = {
        "required": each.required, "relevant": each.visible_if, "constraint": each.constraint,
        "calculation": each.formula, "choice_filter": each.choice_filter, "repeat_count": each.repeat_count,
        "default": each.default, "appearance": "signature" if each.kind is Kind.SIGNATURE else each.appearance,
        "read_only": "yes" if each.read_only else "",
    }  # fmt: skip
    row |= {column: text for column, text in plain.items() if text}
    return row | (_own(each) if with_own else {})


def _type(each: Field, options: Options | None) -> str:
    if each.kind in HOLDERS:
        return f"begin {HOLDERS[each.kind]}"
    if each.kind is Kind.CHOICE:
        return f"select_one {each.choices}"
    if each.kind is Kind.CHOICES:
        return f"select_multiple {each.choices}"
    if each.kind in REFERENCES and options:
        return f"select_one qince_{each.kind}"
    return TYPES[each.kind]


def _texts(column: str, text: Text, definition: Definition) -> Row:
    """One column for each language; the form's own words stand in where one is missing, as XLSForm wants them all."""
    if not text:
        return {}
    own = text.get(definition.language) or next(iter(text.values()))
    return {f"{column}::{column_of(code)}": text.get(code) or own for code in definition.languages}


def _choice(definition: Definition, name: str, each: Choice) -> Row:
    label = each.label or {definition.language: each.value}
    return {"list_name": name, "name": each.value, **_texts("label", label, definition), **each.attributes}


def _own(each: Field) -> Row:
    row: Row = {"qince_id": each.id}
    if each.kind in REFERENCES or (each.kind is Kind.NUMBER and each.appearance):
        row["qince_kind"] = each.kind.value
    said = each.privacy
    if each.kind in SILENT or each.kind is Kind.TABLE or said.is_personal is None:
        return row
    row["qince_category"] = said.category if said.is_personal else "none"
    if said.is_personal:
        row["qince_purpose"] = said.purpose
        row["qince_sensitive"] = "yes" if place_of(each) == SEALED else "no"
        row["qince_reason"] = said.reason
        row["qince_others"] = "yes" if said.is_of_others else ""
    return {column: text for column, text in row.items() if text}
