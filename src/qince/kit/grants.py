"""The application role: it may read and write rows, and nothing else. Granted after each migration, by the owner.

Some tables only ever grow: `append_only("privacy.ConsentEntry")` takes the right to change and remove rows away
again, so that even a fault in this program cannot rewrite what was recorded. What is past its term is removed by a
function of the database that a migration makes: it runs with the owner's rights and looks at the term once more.
"""

from typing import Any
from uuid import UUID

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
# Model label → the function (organization, ids) → how many it removed.
_expired_by: dict[str, str] = {}


def append_only(model: str, *, updatable: tuple[str, ...] = (), expired_by: str = "") -> None:
    """Let the application role add rows of `model` (`app.Model`), change `updatable` columns, and no more.

    `expired_by` names the database function that removes rows past their term; without one they stay.
    """
    _append_only[model] = updatable
    if expired_by:
        expires_by(model, expired_by)


def expires_by(model: str, function: str) -> None:
    """Rows of `model` go only through a database function, such as those that a ledger's rows refer to."""
    _expired_by[model] = function


def is_append_only(model: type[Model]) -> bool:
    """Whether the application role may not remove rows of `model`."""
    return model._meta.label in _append_only


def expire(model: type[Model], organization_id: UUID, keys: list[Any]) -> int | None:
    """Have the database remove what is past its term among `keys`; None where `model` has no such function."""
    function = _expired_by.get(model._meta.label)
    if function is None:
        return None
    with connections["default"].cursor() as cursor:
        cursor.execute(sql.SQL("SELECT {}(%s, %s)").format(sql.Identifier(function)), [organization_id, keys])
        return int(cursor.fetchone()[0])


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
