"""The application role: it may read and write rows, and nothing else. Granted after each migration, by the owner."""

from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from psycopg import sql

GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
)


@receiver(post_migrate)
def grant_application_role(sender: Any, using: str, **kwargs: Any) -> None:
    if sender.name != "qince.kit":
        return
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [settings.APPLICATION_ROLE])
        if cursor.fetchone() is None:
            return
        cursor.execute("SELECT current_user = %s", [settings.APPLICATION_ROLE])
        if cursor.fetchone()[0]:
            return
        for grant in GRANTS:
            cursor.execute(sql.SQL(grant).format(role=sql.Identifier(settings.APPLICATION_ROLE)))
