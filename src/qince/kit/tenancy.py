"""Tenancy: whose rows these are, held by three locks.

1. Every query of a tenant's table names the current organization (managers, lookups and joins below).
2. Primary keys, foreign keys and unique constraints carry `organization_id`, so the database refuses a reference
   across organizations (`kit.postgresql` writes them).
3. Row-level security, forced, compares each row with the organization set for the transaction.

`tenant(organization)` is the only way in: it owns the transaction and the `SET LOCAL`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any
from uuid import UUID

import psycopg
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db import connections, models, transaction
from django.db.models.constants import LOOKUP_SEP
from django.db.models.lookups import Exact, In
from psycopg import sql
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, ExecStatus

from qince.kit.ids import uuid7

_current: ContextVar[UUID | None] = ContextVar("organization", default=None)


class NoTenant(RuntimeError):
    """A tenant's rows were asked for outside `tenant()`: a programming error, never a person's."""


class TenantSwitch(RuntimeError):
    """One organization's transaction tried to enter another's."""


def current_organization_id() -> UUID:
    if (held := _current.get()) is None:
        raise NoTenant("enter tenant(organization) first")
    return held


def organization_or_none() -> UUID | None:
    return _current.get()


@contextmanager
def tenant(organization: Any, using: str = "default") -> Iterator[None]:
    """Open (or join) the transaction of `organization`, given as an object or an id."""
    key = UUID(str(getattr(organization, "pk", organization)))
    if (held := _current.get()) is not None:
        if held != key:
            raise TenantSwitch(f"already inside {held}")
        with transaction.atomic(using):
            yield
        return
    connection = connections[using]
    enclosed = connection.in_atomic_block
    with transaction.atomic(using):
        _set(connection, str(key)) if enclosed else _begin(connection, key)
        token = _current.set(key)
        try:
            yield
        finally:
            _current.reset(token)
        if enclosed and not connection.needs_rollback:
            _set(connection, "")  # releasing a savepoint keeps SET LOCAL


def _begin(connection: Any, key: UUID) -> None:
    """Open the transaction and set whose it is in one way to the server and back; the driver would take two."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        server = connection.connection.pgconn
        result = server.exec_(f"BEGIN; SET LOCAL app.organization = '{key}'".encode())
        if server.status != ConnStatus.OK:
            raise psycopg.OperationalError("the connection is lost")
        if result.status != ExecStatus.COMMAND_OK:
            raise error_from_result(result)


def _set(connection: Any, value: str) -> None:
    # SET LOCAL, not set_config: Citus sends only the former to its workers.
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET LOCAL app.organization = {}").format(sql.Literal(value)))


class CurrentOrganization(models.Expression):
    """The current organization, read when the query is compiled, so querysets made at import time are safe."""

    output_field = models.UUIDField()

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return "%s", [current_organization_id()]


class TenantQuerySet(models.QuerySet[Any]):
    """Base of every tenant model's own querysets."""

    def order_by(self, *names: Any) -> Any:
        """Refuses to sort by an encrypted column: the order would be that of random bytes."""
        for name in names:
            if isinstance(name, str) and name.lstrip("-") != "?":
                _require_open(self.model, name.lstrip("-"))  # type: ignore[arg-type]
        return super().order_by(*names)


@cache
def _require_open(model: type[models.Model], path: str) -> None:
    owner: Any = model
    for step in path.split(LOOKUP_SEP):
        try:
            field = owner._meta.get_field(owner._meta.pk.name if step == "pk" else step)
        except (AttributeError, FieldDoesNotExist):
            return  # an annotation, or a mistake that Django names itself
        if hasattr(field, "is_sealed"):
            raise FieldError(f"{owner._meta.label}.{step} is encrypted and cannot be sorted by")
        owner = field.related_model


class TenantManager(models.Manager.from_queryset(TenantQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> Any:
        return super().get_queryset().filter(organization=CurrentOrganization())


class TenantKey(models.UUIDField):
    within_tenant = True

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        return "%s"  # keeps bulk_create on VALUES: row security refuses the COPY Citus makes of unnest()


class WithinTenant:
    """Lookup of a key: every `id =` of save, delete and the collector also says whose."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        inner, params = super().as_sql(compiler, connection)  # type: ignore[misc]
        owner = self.lhs.target.model._meta.get_field("organization").get_col(self.lhs.alias)  # type: ignore[attr-defined]
        return f"({compiler.compile(owner)[0]} = %s AND {inner})", (current_organization_id(), *params)


TenantKey.register_lookup(type("TenantExact", (WithinTenant, Exact), {}))
TenantKey.register_lookup(type("TenantIn", (WithinTenant, In), {}))


class TenantForeignKey(models.ForeignKey):  # type: ignore[type-arg]
    """A reference inside one organization; the database's constraint spans `(organization_id, x_id)`."""

    within_tenant = True

    def get_extra_restriction(self, alias: str | None, related_alias: str) -> Any:
        mine = _organization_of(self.model, related_alias)
        if alias is None:  # the subquery of exclude()
            return Exact(mine, CurrentOrganization())
        return Exact(_organization_of(self.related_model, alias), mine)


def _organization_of(model: Any, alias: str) -> Any:
    return model._meta.get_field("organization").get_col(alias)


class TenantModel(models.Model):
    """A row of one organization."""

    id = TenantKey(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization",
        models.PROTECT,
        editable=False,
        default=organization_or_none,
        db_index=False,
        related_name="+",
    )
    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def validate_constraints(self, exclude: Any = None) -> None:
        super().validate_constraints(set(exclude or ()) - {"organization"})
