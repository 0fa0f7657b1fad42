"""Writing many rows at once, without the ORM's cost per query: one statement, its text made once per model.

For hot paths. The rows’ values must have the fields’ own types already (a UUID, not its text). Keys, policies and
constraints are the database’s as always.

Several rows travel as one JSON document: its writing is quick, and the statement's text stays the same however many
there are, so that the server plans it once.
"""

import json
from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

import msgspec
from django.conf import settings
from django.db import DataError, connection, models
from django.db.models.base import ModelState
from django.utils import timezone

from qince.kit.tenancy import TenantModel, current_organization_id
from qince.kit.vault.fields import EncryptedField, steadily

Reader = Callable[[models.Model], Any]
Row = TypeVar("Row", bound=models.Model)

BATCH = 500


def row(model: type[Row], **values: Any) -> Row:
    """A new row without Django's constructor, which costs more than writing the row does.

    Values by column (`employee_id`), in the fields' own types; what is left out has its default. TypeError for a name
    that is no column.
    """
    plain, called = _defaults(model)
    if not values.keys() <= plain.keys():
        raise TypeError(f"{model._meta.label} has no {', '.join(sorted(values.keys() - plain.keys()))}")
    made = model.__new__(model)
    made._state = ModelState()
    held = made.__dict__
    held.update(plain)
    for name, default in called:
        if name not in values:
            held[name] = default()
    held.update(values)
    return made


@cache
def _defaults(model: type[models.Model]) -> tuple[dict[str, Any], tuple[tuple[str, Callable[[], Any]], ...]]:
    """What each column holds when nothing is said: values as they are, and what is called anew for each row."""
    fields = model._meta.local_concrete_fields
    called = tuple((field.attname, field.get_default) for field in fields if callable(field.default))
    return {
        field.attname: None if callable(field.default) else field.get_default() for field in fields
    }, called


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
            readers = _value_readers(fields)
            with steadily(fields):
                values = [read(row) for row in rows for read in readers]
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
    readers = _document_readers(tuple(fields))
    with steadily(fields):
        lines = [{column: read(row) for column, read in readers} for row in rows]
    try:
        return _json.encode(lines).decode()
    except UnicodeEncodeError as error:
        raise DataError("a text holds what is no character") from error


# How a field is read off a row is decided once: rows come by the thousand.


@cache
def _document_readers(fields: tuple[Any, ...]) -> tuple[tuple[str, Reader], ...]:
    """(column, reader of a value as it stands in the document). JSON stays JSON."""
    return tuple((field.column, _for_document(field)) for field in fields)


def _for_document(field: Any) -> Reader:
    read = _reader(field)
    if isinstance(field, EncryptedField | models.BinaryField):
        return lambda row: None if (value := read(row)) is None else f"\\x{bytes(value).hex()}"
    if _is_json(field) and field.encoder:
        return lambda row: (
            None
            if (value := read(row)) is None
            else msgspec.Raw(json.dumps(value, cls=field.encoder).encode())
        )
    return read


@cache
def _value_readers(fields: tuple[Any, ...]) -> tuple[Reader, ...]:
    """Readers of values as the driver takes them, which knows uuid, text, numbers and times; JSON goes as text."""
    return tuple(_for_driver(field) for field in fields)


def _for_driver(field: Any) -> Reader:
    read = _reader(field)
    if not _is_json(field):
        return read
    return lambda row: None if (value := read(row)) is None else json.dumps(value, cls=field.encoder)


def _reader(field: Any) -> Reader:
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return lambda row: _stamped(row, field.attname)
    if isinstance(field, EncryptedField):
        return lambda row: field.pre_save(row, False)
    return attrgetter(field.attname)


def _stamped(row: models.Model, name: str) -> Any:
    setattr(row, name, timezone.now())
    return getattr(row, name)


def _is_json(field: Any) -> bool:
    return isinstance(field, models.JSONField) and not isinstance(field, EncryptedField)


_json = msgspec.json.Encoder(enc_hook=str)
