"""From an employee to an actor: grants become permissions, each with the rows it reaches."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from qince.core.access.models import Grant
from qince.core.access.registry import permissions_of_role
from qince.core.people import queries as people
from qince.core.people.models import Employee
from qince.kit.actor import EVERYONE, Actor, Scope


class Permissions(Mapping[str, Scope]):
    """Permission code → scope. Which permissions there are is known at once; a scope is computed when asked for."""

    def __init__(self, employee_id: UUID, reaches: dict[str, frozenset[tuple[str, tuple[str, ...]]]]) -> None:
        self._employee_id = employee_id
        self._reaches = reaches
        self._scopes: dict[frozenset[tuple[str, tuple[str, ...]]], Scope] = {}

    def __contains__(self, code: object) -> bool:
        return code in self._reaches

    def __getitem__(self, code: str) -> Scope:
        reaches = self._reaches[code]
        if reaches not in self._scopes:
            self._scopes[reaches] = self._resolve(reaches)
        return self._scopes[reaches]

    def __iter__(self) -> Iterator[str]:
        return iter(self._reaches)

    def __len__(self) -> int:
        return len(self._reaches)

    def _resolve(self, reaches: frozenset[tuple[str, tuple[str, ...]]]) -> Scope:
        kinds = {kind for kind, _ in reaches}
        if Grant.Reach.ORGANIZATION in kinds:
            return EVERYONE
        ids = {self._employee_id}
        if Grant.Reach.SUBORDINATES in kinds:
            ids |= people.subordinate_ids(self._employee_id)
        for kind, departments in reaches:
            if kind == Grant.Reach.DEPARTMENTS:
                ids |= people.employee_ids_under(departments)
        return Scope(employee_ids=frozenset(ids))


def actor_for(employee: Employee, *, client: str, locale: str, device_id: UUID | None = None) -> Actor:
    """The actor that `employee` is. One query; scopes follow when first needed."""
    reaches: dict[str, set[tuple[str, tuple[str, ...]]]] = {}
    masks: list[set[str]] = []
    for grant in Grant.objects.filter(employee=employee).select_related("role"):
        codes = permissions_of_role(grant.role.key) if grant.role.key else grant.role.permissions
        masks.append(set(grant.role.masked_fields))
        for code in codes:
            reaches.setdefault(code, set()).add((grant.reach, tuple(grant.department_ids)))
    return Actor(
        organization_id=employee.organization_id,
        employee_id=employee.pk,
        account_id=employee.account_id,
        name=employee.name,
        permissions=Permissions(employee.pk, {code: frozenset(found) for code, found in reaches.items()}),
        # A field stays masked only if every role held masks it.
        masked_fields=frozenset(set.intersection(*masks)) if masks else frozenset(),
        client=client,
        locale=locale,
        device_id=device_id,
    )
