"""Writing many rows at once, without the ORM's cost per query: one statement, its text made once per model.

For hot paths. The rows’ values must have the fields’ own types already (a UUID, not its text). Keys, policies and
constraints are the database’s as always.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models
from django.utils import timezone
from psycopg.types.json import Jsonb

from qince.kit.tenancy import TenantModel, current_organization_id

BATCH = 500


def insert(rows: Sequence[models.Model]) -> None:
    """Insert new rows of one model. Database errors are Django's (`IntegrityError` …)."""
    if not rows:
        return
    head, line, fields = _statement(type(rows[0]))
    for first in range(0, len(rows), BATCH):
        batch = rows[first : first + BATCH]
        values = [value for row in batch for value in _values(row, fields)]
        with connection.cursor() as cursor:
            cursor.execute(head + ",".join([line] * len(batch)), values)
    for row in rows:
        row._state.adding, row._state.db = False, "default"


def update(rows: Sequence[TenantModel], names: tuple[str, ...]) -> None:
    """Write the fields `names` of existing rows of one model in the current organization."""
    if not rows:
        return
    head, line, tail, fields = _update_statement(type(rows[0]), names)
    for first in range(0, len(rows), BATCH):
        batch = rows[first : first + BATCH]
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
def _statement(model: type[models.Model]) -> tuple[str, str, tuple[Any, ...]]:
    fields: tuple[Any, ...] = tuple(model._meta.local_concrete_fields)
    columns = ",".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    return f"INSERT INTO {table} ({columns}) VALUES ", f"({','.join(['%s'] * len(fields))})", fields  # nosec B608


def _values(row: models.Model, fields: Sequence[Any]) -> list[Any]:
    return [_value(row, field) for field in fields]


def _value(row: models.Model, field: Any) -> Any:
    """Values go to the driver as they are, which knows uuid, text, numbers and times; JSON alone is wrapped."""
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        setattr(row, field.attname, timezone.now())
    value = getattr(row, field.attname)
    return Jsonb(value) if value is not None and isinstance(field, models.JSONField) else value
