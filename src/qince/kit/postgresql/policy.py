"""The database's side of tenancy, free of Django imports so that the backend can load it first."""

from typing import Any

RULE = "organization_id = nullif(current_setting('app.organization', true), '')::uuid"
TENANT_SQL = (
    "ALTER TABLE {table} ADD PRIMARY KEY (organization_id, id)",
    "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
    f"CREATE POLICY tenant ON {{table}} USING ({RULE}) WITH CHECK ({RULE})",
)


def is_tenant(model: Any) -> bool:
    """Whether rows of `model` belong to one organization."""
    return hasattr(model._meta.pk, "within_tenant")
