"""Writing many rows at once, without the ORM's cost per query: one statement, its text made once per model.

For hot paths. The rows’ values must have the fields’ own types already (a UUID, not its text). Keys, policies and
constraints are the database’s as always.

Several rows travel as one JSON document: its writing is quick, and the statement's text stays the same however many
there are, so that the server plans it once.
"""

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
from django.conf import settings
from django.db import DataError, connection, models
from django.utils import timezone

from qince.kit.tenancy import TenantModel, current_organization_id
from qince.kit.vault.fields import EncryptedField, steadily

BATCH = 500


def insert(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model. Database errors are Django's (`IntegrityError` …)."""
    _insert(rows, "")


def put(rows: Sequence[models.Model], *, key: tuple[str, ...], replacing: tuple[str, ...] = ()) -> None:
    """Insert rows; where one with the same `key` (a unique constraint) exists, replace its fields `replacing`."""
    if rows:
        _insert(rows, _conflict(type(rows[0]), key, replacing))


def update(rows: Sequence[TenantModel], names: tuple[str, ...]) -> None:
    """Write the fields `names` of existing rows of one model in the current organization."""
    if not rows:
        return
    statement, fields = _update_statement(type(rows[0]), names)
    for first in range(0, len(rows), BATCH):
        with connection.cursor() as cursor:
            batch = rows[first : first + BATCH]
            cursor.execute(statement, [_document(batch, fields), current_organization_id()])


def _insert(rows: Sequence[models.Model], tail: str) -> None:
    for first in range(0, len(rows), BATCH):
        _insert_batch(rows[first : first + BATCH], tail)
    for row in rows:
        row._state.adding, row._state.db = False, "default"


def _insert_batch(rows: Sequence[models.Model], tail: str) -> None:
    """Citus refuses INSERT … SELECT under row security: there, and for a single row, plain VALUES."""
    fields, by_values, by_document = _statements(type(rows[0]))
    with connection.cursor() as cursor:
        if len(rows) == 1 or settings.CITUS:
            lines = ",".join([f"({','.join(['%s'] * len(fields))})"] * len(rows))
            with steadily(fields):
                values = [_value(row, field) for row in rows for field in fields]
            cursor.execute(f"{by_values}{lines}{tail}", values)
        else:
            cursor.execute(f"{by_document}{tail}", [_document(rows, fields)])


# Names in the statements come from the models, values are bound.


@cache
def _statements(model: type[models.Model]) -> tuple[tuple[Any, ...], str, str]:
    """A model's fields and its two INSERTs."""
    fields: tuple[Any, ...] = tuple(model._meta.local_concrete_fields)
    names = ",".join(_column(field) for field in fields)
    head = f"INSERT INTO {_table(model)} ({names}) "
    return fields, f"{head}VALUES ", f"{head}SELECT {names} FROM {_read(fields)}"  # nosec B608


@cache
def _update_statement(model: type[TenantModel], names: tuple[str, ...]) -> tuple[str, tuple[Any, ...]]:
    fields: tuple[Any, ...] = tuple(model._meta.get_field(name) for name in ("id", *names))
    sets = ",".join(f"{_column(field)}=new.{_column(field)}" for field in fields[1:])
    where = "old.organization_id=%s AND old.id=new.id"
    return f"UPDATE {_table(model)} old SET {sets} FROM {_read(fields)} WHERE {where}", fields  # nosec B608


@cache
def _conflict(model: type[models.Model], key: tuple[str, ...], replacing: tuple[str, ...]) -> str:
    columns = [_column(model._meta.get_field(name)) for name in replacing]
    found = ",".join(_column(model._meta.get_field(name)) for name in key)
    sets = ",".join(f"{name}=EXCLUDED.{name}" for name in columns)
    does = f"UPDATE SET {sets}" if columns else "NOTHING"  # nosec B608
    return f" ON CONFLICT ({found}) DO {does}"


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _column(field: Any) -> str:
    return connection.ops.quote_name(field.column)


def _read(fields: Sequence[Any]) -> str:
    """The rows of a document, as a table `new`."""
    columns = ",".join(f"{_column(field)} {field.cast_db_type(connection)}" for field in fields)
    return f"json_to_recordset(%s::json) AS new({columns})"


def _document(rows: Sequence[models.Model], fields: Sequence[Any]) -> str:
    with steadily(fields):
        lines = [{field.column: _written(row, field) for field in fields} for row in rows]
    try:
        return _json.encode(lines).decode()
    except UnicodeEncodeError as error:
        raise DataError("a text holds what is no character") from error


def _written(row: models.Model, field: Any) -> Any:
    """A value as it stands in the document. JSON stays JSON."""
    value = _current(row, field)
    if isinstance(value, bytes | memoryview):
        return f"\\x{bytes(value).hex()}"
    if value is not None and _is_json(field) and field.encoder:
        return msgspec.Raw(json.dumps(value, cls=field.encoder).encode())
    return value


def _value(row: models.Model, field: Any) -> Any:
    """A value as the driver takes it, which knows uuid, text, numbers and times; JSON goes as text."""
    value = _current(row, field)
    if value is not None and _is_json(field):
        return json.dumps(value, cls=field.encoder)
    return value


def _current(row: models.Model, field: Any) -> Any:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        setattr(row, field.attname, timezone.now())
    return field.pre_save(row, False) if isinstance(field, EncryptedField) else getattr(row, field.attname)


def _is_json(field: Any) -> bool:
    return isinstance(field, models.JSONField) and not isinstance(field, EncryptedField)


_json = msgspec.json.Encoder(enc_hook=str)
