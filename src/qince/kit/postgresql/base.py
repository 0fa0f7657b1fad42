"""Django's PostgreSQL backend, made to write the tenant's keys, policies and composite references.

It reads field classes, which migrations keep, so migrations stay ordinary and reversible. See `kit.tenancy`.
"""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base, features, schema
from psycopg import ClientCursor
from psycopg.adapt import AdaptersMap
from psycopg.types.datetime import TimestamptzLoader

from qince.kit.postgresql.policy import TENANT_SQL, is_tenant


class DatabaseFeatures(features.DatabaseFeatures):
    def allows_group_by_selected_pks_on_model(self, model: Any) -> bool:
        return not is_tenant(model) and super().allows_group_by_selected_pks_on_model(model)


class DatabaseSchemaEditor(schema.DatabaseSchemaEditor):
    sql_create_column_inline_fk = None  # type: ignore[assignment]

    def column_sql(self, model: Any, field: Any, include_default: bool = False) -> Any:
        definition, params = super().column_sql(model, field, include_default)
        if definition and hasattr(field, "within_tenant"):
            definition = definition.removesuffix(" PRIMARY KEY")
        return definition, params

    def create_model(self, model: Any) -> None:
        super().create_model(model)
        table = self.quote_name(model._meta.db_table)
        if is_tenant(model):
            for step in TENANT_SQL:
                self.execute(step.format(table=table))
            if settings.CITUS:
                self.execute(f"SELECT create_distributed_table('{table}', 'organization_id')")
        elif settings.CITUS and model._meta.label in settings.REFERENCE_TABLES:
            self.execute(f"SELECT create_reference_table('{table}')")

    def _create_fk_sql(self, model: Any, field: Any, suffix: Any) -> Any:
        statement = super()._create_fk_sql(model, field, suffix)  # type: ignore[misc]
        if hasattr(field, "within_tenant"):
            for side in ("column", "to_column"):
                statement.parts[side].columns.insert(0, "organization_id")
        if is_tenant(model) and field.related_model is not model:
            statement.parts["deferrable"] = " DEFERRABLE INITIALLY IMMEDIATE"
        return statement

    def _create_index_sql(self, model: Any, *, fields: Any = None, **kwargs: Any) -> Any:
        if fields and len(fields) == 1 and hasattr(fields[0], "within_tenant"):
            fields = [model._meta.get_field("organization"), *fields]
        return super()._create_index_sql(model, fields=fields, **kwargs)  # type: ignore[misc]


class Cursor(base.ServerBindingCursor):
    """Binds on the server. A statement with more values than the wire protocol counts has them written into it."""

    MOST = 65_535

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        if params is not None and len(params) > self.MOST:
            query, params = ClientCursor(self.connection).mogrify(query, params), None  # type: ignore[attr-defined]
        return super().execute(query, params, **how)  # type: ignore[misc]


class InstantLoader(TimestamptzLoader):
    """Reads an instant as Python's own parser can, eight times as fast as Django's way. Connections speak UTC."""

    timezone = UTC

    def load(self, data: Any) -> datetime:
        try:
            return datetime.fromisoformat(str(data, "ascii"))
        except ValueError:  # infinity, before Christ: let psycopg say what is wrong
            return super().load(data)


# Prepared statements a connection keeps. The console has some hundreds of pages of a dozen statements each; with
# psycopg's hundred they would push each other out and be planned again and again.
STATEMENTS = 1000


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    SchemaEditorClass = DatabaseSchemaEditor

    def get_new_connection(self, conn_params: Any) -> Any:
        connection = super().get_new_connection(conn_params)
        connection.prepared_max = STATEMENTS
        return connection

    def get_connection_params(self) -> Any:
        params = super().get_connection_params()
        if params["cursor_factory"] is base.ServerBindingCursor:
            params["cursor_factory"] = Cursor
        if self.timezone == UTC:
            params["context"] = AdaptersMap(params["context"].adapters)
            params["context"].register_loader("timestamptz", InstantLoader)
        return params
