"""Answers filled in from facts, and telling afterwards which of them a human changed."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from qince.core.privacy.gate import Standing
from qince.employee.daily_reports import facts
from qince.employee.daily_reports.models import TemplateVersion
from qince.employee.daily_reports.owing.periods import Period
from qince.engines.forms.schema import Field, Kind
from qince.engines.forms.schema.values import is_empty

ROW_ID = "_id"
TAKES: dict[str, frozenset[Kind]] = {
    facts.NUMBER: frozenset({Kind.INTEGER, Kind.NUMBER, Kind.TEXT}),
    facts.TEXT: frozenset({Kind.TEXT}),
    facts.CUSTOMERS: frozenset({Kind.TABLE}),
}


class Mark(StrEnum):
    FACTS = "facts"
    EDITED = "edited"
    HAND = "hand"


def fits(field: Field, kind: str) -> bool:
    """Whether a fact of that kind can fill the field in."""
    if field.kind not in TAKES[kind]:
        return False
    return kind != facts.CUSTOMERS or customer_column(field) is not None


def customer_column(field: Field) -> Field | None:
    return next((each for each in field.fields if each.kind is Kind.CUSTOMER), None)


def answer_of(field: Field, value: Any) -> Any:
    """A fact as an answer to the field, in the form in which answers are stored."""
    if field.kind is Kind.TABLE:
        column = customer_column(field)
        if column is None:
            return []
        return [{ROW_ID: str(key), column.id: str(key)} for key in value]
    if field.kind is Kind.INTEGER:
        return int(value)
    if field.kind is Kind.NUMBER:
        return _plain(value)
    return _plain(value) if isinstance(value, Decimal) else str(value)


def _plain(value: Any) -> str:
    text = format(Decimal(str(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def prefill(
    version: TemplateVersion, employee_id: Any, period: Period, *, until: datetime, standing: Standing
) -> dict[str, Any]:
    """Answers by field as the records give them, as of a moment."""
    asked = facts.Asked(employee_id, period.first, period.last, until)
    found = facts.gather(version.autofill, asked, standing)
    return {
        key: answer_of(place.field, found[code])
        for key, code in version.autofill.items()
        if code in found and (place := version.layout.places.get(key)) is not None
    }


def marks(version: TemplateVersion, answers: dict[str, Any], snapshot: dict[str, Any]) -> dict[str, str]:
    """Where each answer comes from. One that was filled in and then emptied counts as edited, too."""
    found: dict[str, str] = {}
    for place in version.layout.places.values():
        key = place.field.id
        if place.tables or place.field.kind in (Kind.SECTION, Kind.NOTE, Kind.FORMULA):
            continue
        answer, told = answers.get(key), snapshot.get(key)
        if is_empty(told):
            if not is_empty(answer):
                found[key] = Mark.HAND.value
        elif place.field.kind is Kind.TABLE:
            found[key] = _mark_of_rows(place.field, answer or [], told)
        else:
            found[key] = (Mark.FACTS if answer == told else Mark.EDITED).value
    return found


def _mark_of_rows(field: Field, rows: list[dict[str, Any]], told: Any) -> str:
    """By the customers alone: a remark beside one is what the table is there for."""
    column = customer_column(field)
    if column is None:
        return Mark.HAND.value
    same = [row.get(column.id) for row in rows] == [row.get(column.id) for row in told]
    return (Mark.FACTS if same else Mark.EDITED).value
