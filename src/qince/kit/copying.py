"""Many small rows at once, known ones passed over or replaced: through COPY, the database's own way in.

Row security refuses COPY into a tenant's table. So rows are copied into a temporary table, which belongs to the
connection alone, and one INSERT takes them from there through policies and constraints.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, models
from psycopg.types.json import Jsonb


def insert_new(model: type[models.Model], names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> int:
    """Insert `rows` (values in the order of the fields `names`) unless their keys are there; how many were new.

    Must run inside the tenant's transaction. Values go to the database as they are: no defaults, no preparation.
    """
    return _insert(model, names, rows, "NOTHING") if rows else 0


def put(
    model: type[models.Model],
    names: tuple[str, ...],
    rows: Sequence[tuple[Any, ...]],
    *,
    key: tuple[str, ...],
    replacing: tuple[str, ...],
) -> int:
    """Insert `rows` as `insert_new` does; where one with the same `key` (a unique constraint) is there, replace its
    fields `replacing`. How many rows were written.
    """
    if not rows:
        return 0
    columns, _types = _quoted(model, replacing)
    found, _types = _quoted(model, key)
    sets = ",".join(f"{column}=EXCLUDED.{column}" for column in columns)
    return _insert(model, names, rows, f"UPDATE SET {sets}", f" ({','.join(found)})")  # nosec B608


def _insert(
    model: type[models.Model],
    names: tuple[str, ...],
    rows: Sequence[tuple[Any, ...]],
    does: str,
    target: str = "",
) -> int:
    tail = f"ON CONFLICT{target} DO {does}"
    return _by_values(model, names, rows, tail) if settings.CITUS else _by_copy(model, names, rows, tail)


def _by_copy(
    model: type[models.Model], names: tuple[str, ...], rows: Sequence[tuple[Any, ...]], tail: str
) -> int:
    table, columns, types = _shape(model, names)
    incoming = f'pg_temp."incoming_{model._meta.db_table}"'
    # Made once for each connection; emptied here too, for a second call within one transaction.
    make = f"CREATE TEMPORARY TABLE IF NOT EXISTS {incoming} (LIKE {table}) ON COMMIT DELETE ROWS"
    clear = f"DELETE FROM {incoming}"  # nosec B608
    move = f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {incoming} {tail}"  # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(f"{make}; {clear}")
        with cursor.copy(f"COPY {incoming} ({columns}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(types)
            for row in rows:
                copy.write_row(row)
        cursor.execute(move)
        return int(cursor.rowcount)


def _by_values(
    model: type[models.Model], names: tuple[str, ...], rows: Sequence[tuple[Any, ...]], tail: str
) -> int:
    """For Citus, which sends no row of a local temporary table to its workers under row security."""
    table, columns, _types = _shape(model, names)
    line = f"({','.join(['%s'] * len(names))})"
    lines = ",".join([line] * len(rows))
    insert = f"INSERT INTO {table} ({columns}) VALUES {lines} {tail}"  # nosec B608
    with connection.cursor() as cursor:
        cursor.execute(insert, [value for row in rows for value in row])
        return int(cursor.rowcount)


def raw_json(content: bytes) -> Jsonb:
    """JSON that is encoded already, as the value of a column of that kind."""
    return Jsonb(content, dumps=_as_it_is)


def _as_it_is(content: bytes) -> bytes:
    return content


@cache
def _shape(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, str, list[str]]:
    """Quoted table, quoted columns, and their types as PostgreSQL calls them."""
    columns, types = _quoted(model, names)
    return connection.ops.quote_name(model._meta.db_table), ",".join(columns), types


def _quoted(model: type[models.Model], names: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Quoted columns, and their types without lengths."""
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = [connection.ops.quote_name(field.column) for field in fields]
    return columns, [field.db_type(connection).partition("(")[0] for field in fields]
