"""The organization's people as the resolver asks for them: read once per run, remembered while it lasts."""

from collections import defaultdict
from collections.abc import Collection
from functools import cache
from uuid import UUID

from django.db.models import Q

from qince.core.access.models import Grant
from qince.core.access.registry import ADMINISTRATOR
from qince.core.people.colleagues import ABLE
from qince.core.people.models import Department, Employee, Membership
from qince.core.people.queries import leaders_above


class OrganizationDirectory:
    """Make one per act: what it remembers is of one moment."""

    def __init__(self) -> None:
        self.leaders = cache(self._leaders)
        self.heads = cache(self._heads)
        self.holders = cache(self._holders)
        self.administrators = cache(self._administrators)

    def present(self, ids: Collection[UUID]) -> set[UUID]:
        if not ids:
            return set()
        return set(Employee.objects.filter(pk__in=ids, status__in=ABLE).values_list("pk", flat=True))

    def _leaders(self, employee: UUID) -> list[UUID | None]:
        found = Employee.objects.filter(pk=employee).first()
        if found is None:
            return []
        return [each.pk if each.status in ABLE else None for each in leaders_above(found)]

    def _heads(self, department: UUID) -> list[list[UUID]]:
        way = self._way_up(department)
        heads: dict[UUID, list[UUID]] = defaultdict(list)
        rows = Membership.objects.filter(
            department__in=way, is_head=True, ends_on__isnull=True, employee__status__in=ABLE
        )
        for key, employee in rows.order_by("starts_on", "employee").values_list("department", "employee"):
            heads[key].append(employee)
        return [heads[key] for key in way]

    def _way_up(self, department: UUID) -> list[UUID]:
        """The department and those above it, upwards."""
        path = Department.objects.filter(pk=department).values_list("path", flat=True).first() or ""
        return [UUID(key) for key in path.split("/") if key][::-1]

    def _holders(self, role: str, near: UUID | None) -> list[UUID]:
        rows = Grant.objects.filter(employee__status__in=ABLE).filter(_of(role))
        if near is not None:
            rows = rows.filter(
                employee__memberships__department__in=self._way_up(near),
                employee__memberships__ends_on__isnull=True,
            )
        return list(dict.fromkeys(rows.order_by("granted_at", "pk").values_list("employee", flat=True)))

    def _administrators(self) -> list[UUID]:
        return self.holders(ADMINISTRATOR, None)


def _of(role: str) -> Q:
    """A role by its key, or one of the organization's own by its id."""
    try:
        return Q(role=UUID(role))
    except ValueError:
        return Q(role__key=role)
