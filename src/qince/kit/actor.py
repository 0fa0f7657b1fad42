"""Who acts. Built once per request or job by `core.access`, then handed to every action and query."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose rows a permission reaches: everyone's in the organization, or those of the listed employees.

    `excluded` are people whose data may only be stored and kept safe for now (C6.2-12): no permission reaches them.
    """

    everyone: bool = False
    employee_ids: frozenset[UUID] = frozenset()
    excluded: frozenset[UUID] = frozenset()

    def covers(self, employee_id: UUID | None) -> bool:
        return employee_id not in self.excluded and (self.everyone or employee_id in self.employee_ids)

    def without(self, employee_ids: frozenset[UUID]) -> "Scope":
        """The same, reaching none of these people."""
        return Scope(self.everyone, self.employee_ids - employee_ids, employee_ids)

    def within(self, other: "Scope") -> bool:
        """Whether this scope reaches nobody that `other` does not."""
        return other.everyone or (not self.everyone and self.employee_ids <= other.employee_ids)

    def filter(self, rows: "QuerySet[M]", field: str = "employee") -> "QuerySet[M]":
        """`rows` limited to those whose `field` (a reference to an employee) is in this scope."""
        if self.everyone:
            return rows.exclude(**{f"{field}__in": self.excluded}) if self.excluded else rows
        if not self.employee_ids:
            return rows.none()
        return rows.filter(**{f"{field}__in": self.employee_ids})


NOBODY = Scope()
EVERYONE = Scope(everyone=True)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in an organization, or (employee_id None) the system itself doing a named job."""

    organization_id: UUID
    employee_id: UUID | None
    account_id: UUID | None = None
    name: str = ""
    permissions: Mapping[str, Scope] = field(default_factory=dict)
    masked_fields: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()  # granted, but the organization has the function closed now
    client: str = "console"
    locale: str = "zh-hans"
    device_id: UUID | None = None
    is_system: bool = False
    # The use of this person's own data is restricted: nothing new is taken from them meanwhile.
    is_restricted: bool = False

    @property
    def person_id(self) -> UUID:
        """The acting employee, for acts only a person can do."""
        if self.employee_id is None:
            raise TypeError(f"{self.name or 'the system'} is nobody")
        return self.employee_id

    def may(self, permission: str) -> bool:
        return self.is_system or permission in self.permissions

    def scope(self, permission: str) -> Scope:
        if self.is_system:
            return EVERYONE
        return self.permissions.get(permission, NOBODY)

    def sees_field(self, name: str) -> bool:
        """Whether the field `app.Model.field` is shown to this actor in clear."""
        return name not in self.masked_fields


def system_actor(organization_id: UUID, name: str) -> Actor:
    """The actor of a job or command; `name` says which, and stands in the audit trail."""
    return Actor(
        organization_id=organization_id, employee_id=None, name=name, client="system", is_system=True
    )
