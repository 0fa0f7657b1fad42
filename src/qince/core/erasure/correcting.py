"""Correcting what rows of work say of a contact outside: on the columns declared of contacts, wherever they stand."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from qince.core.erasure.events import ContactCorrected
from qince.core.erasure.restricting import columns_of, set_aside_of, used, write
from qince.core.erasure.subjects import Subject
from qince.kit.action import note
from qince.kit.errors import Refusal, Text
from qince.kit.events import publish


def correctable() -> set[str]:
    """Which of name, mobile and e-mail any row of work may hold of a contact."""
    return {told for part in used() for told in columns_of(part.model)}


def correct(subject: Subject, values: dict[str, str]) -> int:
    """Write the right `values` (name, mobile, email) where the rows that name the contact hold another; in how many.

    Each row's own trail keeps old and new. What is set aside for a restriction is corrected there. Call inside an
    action that has seen the request.
    """
    rows = sum(_correct(part.model, row, values) for part in used() for row in _rows(part, subject))
    for kept in set_aside_of(subject):
        for told, value in values.items():
            if getattr(kept, told):
                setattr(kept, told, value)
        kept.save()
        rows += 1
    if not rows:
        raise Refusal(
            "nothing_to_correct",
            _("No record of work names this person in that way, or it is right already."),
            field="stands_as",
        )
    return rows


def _rows(part: Any, subject: Subject) -> Any:
    return part.rows(subject).select_for_update(of=("self",))


def _correct(model: Any, row: Any, values: dict[str, str]) -> bool:
    columns = columns_of(model)
    wanted = {columns[told]: value for told, value in values.items() if told in columns}
    changes = {
        name: (getattr(row, name), value) for name, value in wanted.items() if getattr(row, name) != value
    }
    if not changes:
        return False
    for name, value in wanted.items():
        setattr(row, name, value)
    _check(row, columns)
    write(model, row.pk, {name: wanted[name] for name in changes})
    note(row, **changes)
    publish(ContactCorrected(model._meta.label_lower, row.pk))
    return True


def _check(row: Any, columns: dict[str, str]) -> None:
    """Refuse what the row's columns cannot hold, at the field of the form."""
    try:
        row.clean_fields(
            exclude=[each.name for each in row._meta.fields if each.name not in columns.values()]
        )
    except ValidationError as error:
        faults: dict[str, Text] = {
            told: error.message_dict[column][0]
            for told, column in columns.items()
            if column in error.message_dict
        }
        raise Refusal("invalid_value", next(iter(faults.values())), fields=faults) from error
