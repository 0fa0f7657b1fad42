"""The application role: it may read and write rows, and nothing else. Granted after each migration, by the owner.

Some tables only ever grow: `append_only("privacy.ConsentEntry")` takes the right to change and remove rows away
again, so that even a fault in this program cannot rewrite what was recorded.
"""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.models import Model
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from psycopg import sql

GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
)

# Model label → the columns that may still change, such as a seal put on later.
_append_only: dict[str, tuple[str, ...]] = {}


def append_only(model: str, *, updatable: tuple[str, ...] = ()) -> None:
    """Let the application role add rows of `model` (`app.Model`), change `updatable` columns, and no more."""
    _append_only[model] = updatable


def is_append_only(model: type[Model]) -> bool:
    """Whether the application role may not remove rows of `model`."""
    return model._meta.label in _append_only


@receiver(post_migrate)
def grant_application_role(sender: Any, using: str, **kwargs: Any) -> None:
    # Sent once for each app that has tables, after all migrations ran; once is enough.
    if sender.label != "organizations":
        return
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.APPLICATION_ROLE])
        if cursor.fetchone() is None:
            return
        cursor.execute("SELECT current_user = %s", [settings.APPLICATION_ROLE])
        if cursor.fetchone()[0]:
            return
        role = sql.Identifier(settings.APPLICATION_ROLE)
        for grant in GRANTS:
            cursor.execute(sql.SQL(grant).format(role=role))
        for model, updatable in _append_only.items():
            _protect(cursor, role, model, updatable)


def _protect(cursor: Any, role: sql.Identifier, model: str, updatable: tuple[str, ...]) -> None:
    table = sql.Identifier(apps.get_model(model)._meta.db_table)
    cursor.execute(sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(table, role))
    if updatable:
        columns = sql.SQL(", ").join(map(sql.Identifier, updatable))
        cursor.execute(sql.SQL("GRANT UPDATE ({}) ON {} TO {}").format(columns, table, role))
