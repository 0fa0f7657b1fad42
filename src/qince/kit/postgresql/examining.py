"""Row security read back from the database's own catalogue: nothing here believes the models."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection

from qince.kit.postgresql.policy import RULE, is_tenant

_CATALOGUE = """
SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
       (SELECT array_agg(ARRAY[p.qual, p.with_check]) FROM pg_policies p
         WHERE p.schemaname = current_schema() AND p.tablename = c.relname)
  FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relname = ANY (%s)
"""


def faults() -> Iterator[tuple[str, str]]:
    """(table, what is wrong) for each tenant table whose rows another organization might see."""
    tables = sorted(model._meta.db_table for model in apps.get_models() if is_tenant(model))
    with connection.cursor() as cursor:
        cursor.execute(_CATALOGUE, [tables])
        found = {name: rest for name, *rest in cursor.fetchall()}
    for table in tables:
        if table not in found:
            yield table, "is not there"
            continue
        enabled, forced, policies = found[table]
        if not (enabled and forced):
            yield table, "has no forced row security"
        elif not _is_the_one(policies or []):
            yield table, "has another policy than the one on the organization"


def _is_the_one(policies: list[list[str]]) -> bool:
    return len(policies) == 1 and {_bare(text) for text in policies[0]} == {_bare(RULE)}


def _bare(text: str) -> str:
    """A rule without the brackets and casts that PostgreSQL writes into it."""
    letters = "".join(c for c in (text or "").lower() if c.isalnum() or c in "_=")
    return letters.replace("text", "")
