"""Questions to ask of keys and of what they sealed, from outside: permissions, and values without a key."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection

from qince.kit.postgresql.policy import is_tenant
from qince.kit.tenancy import tenant
from qince.kit.vault.fields import encrypted_fields
from qince.kit.vault.ring import ring


def permissions(folder: Path) -> list[str]:
    """What others than the owner may do with the folder or a file in it: each a sentence with the remedy."""
    return [
        f"{path} can be reached by others: chmod {'700' if path.is_dir() else '600'} {path}"
        for path in (folder, *sorted(folder.iterdir()))
        if stat.S_IMODE(path.stat().st_mode) & 0o077
    ]


def unreadable() -> Iterator[tuple[str, int]]:
    """(field, number of values) for which this key store has no key, not even a destroyed one's tombstone."""
    organizations = list(apps.get_model("organizations", "Organization").objects.values_list("pk", flat=True))
    for model in apps.get_models():
        if not is_tenant(model):
            continue
        for field in encrypted_fields(model):
            count = sum(_unknown(model, field, organization) for organization in organizations)
            if count:
                yield field.label, count


def _unknown(model: Any, field: Any, organization: UUID) -> int:
    """By key, not by value: the database groups by the id that stands in every sealed value."""
    quote = connection.ops.quote_name
    question = (
        f"SELECT substring({quote(field.column)} FROM 2 FOR 16), count(*) FROM {quote(model._meta.db_table)} "  # nosec B608
        f"WHERE organization_id = %s AND {quote(field.column)} IS NOT NULL GROUP BY 1"
    )
    with tenant(organization), connection.cursor() as cursor:
        if not _is_sealed(cursor, model._meta.db_table, field.column):
            return 0
        cursor.execute(question, [organization])
        found = cursor.fetchall()
    store = ring().store()
    return sum(count for key, count in found if store.by_id(bytes(key)) is None)


def _is_sealed(cursor: Any, table: str, column: str) -> bool:
    """A database restored from an older version has the column clear until it is migrated."""
    cursor.execute(
        "SELECT data_type FROM information_schema.columns WHERE table_name = %s AND column_name = %s",
        [table, column],
    )
    return cursor.fetchall() == [("bytea",)]
