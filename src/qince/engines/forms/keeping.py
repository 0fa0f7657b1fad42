"""Which answers lie where: about nobody, personal, or sealed; and together again."""

from typing import Any

from qince.engines.forms.schema import Definition, Field, Kind, lay_out
from qince.engines.forms.schema.types import ALWAYS_SENSITIVE

Answers = dict[str, Any]
FACTS, ANSWERS, SEALED = "facts", "answers", "sealed"
ROW_ID = "_id"


def place_of(field: Field) -> str:
    """The column of a field's answers. What nobody classified is treated as sensitive."""
    if field.kind in ALWAYS_SENSITIVE or field.privacy.is_sensitive or field.privacy.is_personal is None:
        return SEALED
    return ANSWERS if field.privacy.is_personal else FACTS


def parted(definition: Definition, data: Answers) -> dict[str, Answers]:
    """The answers by column. A table's rows are split the same way and found again by their ids."""
    kinds = {key: place.field for key, place in lay_out(definition).places.items()}
    return {column: _of_column(kinds, data, column) for column in (FACTS, ANSWERS, SEALED)}


def _of_column(fields: dict[str, Field], data: Answers, column: str) -> Answers:
    found: Answers = {}
    for key, answer in data.items():
        field = fields.get(key)
        if field is None:
            continue
        if field.kind is Kind.TABLE:
            rows = [{ROW_ID: row[ROW_ID], **_of_column(fields, row, column)} for row in answer]
            # That there are rows is no secret: it stands among the facts, what is in them where it belongs.
            if column == FACTS or any(len(row) > 1 for row in rows):
                found[key] = rows
        elif place_of(field) == column:
            found[key] = answer
    return found


def joined(definition: Definition, *columns: Answers | None) -> Answers:
    """The answers of all columns together, rows merged by their ids, in the order of the first."""
    found: Answers = {}
    for column in columns:
        _merge(found, column or {})
    return found


def _merge(into: Answers, other: Answers) -> None:
    for key, answer in other.items():
        if not _is_rows(answer):
            into[key] = answer
            continue
        rows = {row[ROW_ID]: row for row in into.setdefault(key, [])}
        for row in answer:
            if row[ROW_ID] in rows:
                _merge(rows[row[ROW_ID]], row)
            else:
                into[key].append(rows.setdefault(row[ROW_ID], dict(row)))


def _is_rows(answer: Any) -> bool:
    return isinstance(answer, list) and bool(answer) and isinstance(answer[0], dict) and ROW_ID in answer[0]
