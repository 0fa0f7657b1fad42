"""Writing many rows at once, without the ORM's cost per query: one statement, its text made once per model.

For hot paths. The rows’ values must have the fields’ own types already (a UUID, not its text). Keys, policies and
constraints are the database’s as always.
"""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.utils import timezone

from qince.kit.tenancy import TenantModel, current_organization_id
from qince.kit.vault.fields import EncryptedField, steadily

BATCH = 500


def insert(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model. Database errors are Django's (`IntegrityError` …)."""
    for first in range(0, len(rows), BATCH):
        _insert(rows[first : first + BATCH])
    for row in rows:
        row._state.adding, row._state.db = False, "default"


def _insert(rows: Sequence[models.Model]) -> None:
    """Several rows travel as one array a column, which keeps the statement's text short and always the same.

    Citus refuses INSERT … SELECT under row security: there, and for a single row, plain VALUES.
    """
    fields, by_values, by_arrays = _statements(type(rows[0]))
    with steadily(fields):
        values = [_values(row, fields) for row in rows]
    with connection.cursor() as cursor:
        if len(rows) == 1 or settings.CITUS:
            lines = ",".join([f"({','.join(['%s'] * len(fields))})"] * len(rows))
            cursor.execute(by_values + lines, [value for line in values for value in line])
        else:
            cursor.execute(by_arrays, [list(column) for column in zip(*values, strict=True)])


def update(rows: Sequence[TenantModel], names: tuple[str, ...]) -> None:
    """Write the fields `names` of existing rows of one model in the current organization."""
    if not rows:
        return
    head, line, tail, fields = _update_statement(type(rows[0]), names)
    for first in range(0, len(rows), BATCH):
        batch = rows[first : first + BATCH]
        with steadily(fields):
            values = [value for row in batch for value in _values(row, fields)]
        with connection.cursor() as cursor:
            cursor.execute(head + ",".join([line] * len(batch)) + tail, [*values, current_organization_id()])


@cache
def _update_statement(
    model: type[TenantModel], names: tuple[str, ...]
) -> tuple[str, str, str, tuple[Any, ...]]:
    fields: tuple[Any, ...] = tuple(model._meta.get_field(name) for name in ("id", *names))
    quote = connection.ops.quote_name
    columns = [quote(field.column) for field in fields]
    sets = ",".join(f"{column}=new.{column}" for column in columns[1:])
    line = ",".join(f"%s::{field.db_type(connection)}" for field in fields)
    # Names come from the models, values are bound.
    head = f"UPDATE {quote(model._meta.db_table)} old SET {sets} FROM (VALUES "  # nosec B608
    tail = f") new ({','.join(columns)}) WHERE old.organization_id=%s AND old.id=new.id"
    return head, f"({line})", tail, fields


@cache
def _statements(model: type[models.Model]) -> tuple[tuple[Any, ...], str, str]:
    """A model's fields and its two INSERTs. Names come from the model, values are bound."""
    fields: tuple[Any, ...] = tuple(model._meta.local_concrete_fields)
    names = [connection.ops.quote_name(field.column) for field in fields]
    head = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({','.join(names)}) "
    arrays = ",".join(f"%s::{_array_type(field)}" for field in fields)
    read = ",".join(
        f"{name}::jsonb" if _is_json(field) else name for name, field in zip(names, fields, strict=True)
    )
    by_arrays = f"{head}SELECT {read} FROM unnest({arrays}) AS new ({','.join(names)})"  # nosec B608
    return fields, f"{head}VALUES ", by_arrays


def _array_type(field: Any) -> str:
    """JSON travels as text: an array of documents would be taken for a document."""
    return "text[]" if _is_json(field) else f"{field.cast_db_type(connection)}[]"


def _values(row: models.Model, fields: Sequence[Any]) -> list[Any]:
    return [_value(row, field) for field in fields]


def _value(row: models.Model, field: Any) -> Any:
    """Values go to the driver as they are, which knows uuid, text, numbers and times; JSON goes as text."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        setattr(row, field.attname, timezone.now())
    if isinstance(field, EncryptedField):
        return field.pre_save(row, False)
    value = getattr(row, field.attname)
    return json.dumps(value, cls=field.encoder) if value is not None and _is_json(field) else value


def _is_json(field: Any) -> bool:
    return isinstance(field, models.JSONField) and not isinstance(field, EncryptedField)
