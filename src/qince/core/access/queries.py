"""From an employee to an actor: grants become permissions, each with the rows it reaches."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from uuid import UUID

from django.db.models import Exists, QuerySet

from qince.core.access.models import Grant, Role
from qince.core.access.registry import hidden_by, permissions_of_role
from qince.core.access.rules import GRANT, VIEW_ROLES
from qince.core.organizations.functions import Openness
from qince.core.organizations.models import Organization
from qince.core.people import queries as people
from qince.core.people.models import Employee
from qince.kit.actor import EVERYONE, Actor, Scope


class Permissions(Mapping[str, Scope]):
    """Permission code → scope. Which permissions there are is known at once; a scope is computed when asked
    for.
    """

    def __init__(
        self,
        employee_id: UUID,
        reaches: dict[str, frozenset[tuple[str, tuple[str, ...]]]],
        *,
        some_restricted: bool = False,
    ) -> None:
        """`some_restricted`: whether the use of anybody's data is restricted here; only then it is asked whose."""
        self._employee_id, self._some_restricted = employee_id, some_restricted
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
        found = _scope(self._employee_id, reaches)
        return found.without(self._restricted) if self._some_restricted else found

    @cached_property
    def _restricted(self) -> frozenset[UUID]:
        """Oneself is never hidden from oneself."""
        return people.restricted_ids() - {self._employee_id}


def _scope(employee_id: UUID, reaches: Iterable[tuple[str, tuple[str, ...]]]) -> Scope:
    """The rows that reaches of one employee come to, taken together; oneself always."""
    kinds = {kind for kind, _ in reaches}
    if Grant.Reach.ORGANIZATION in kinds:
        return EVERYONE
    ids = {employee_id}
    if Grant.Reach.SUBORDINATES in kinds:
        ids |= people.subordinate_ids(employee_id)
    for kind, departments in reaches:
        if kind == Grant.Reach.DEPARTMENTS:
            ids |= people.employee_ids_under(departments)
    return Scope(employee_ids=frozenset(ids))


def scope_of(grant: Grant) -> Scope:
    """The rows that one grant reaches."""
    return _scope(grant.employee_id, [(grant.reach, tuple(grant.department_ids))])


def codes_of(role: Role) -> list[str]:
    """The permissions a role stands for: a built-in one's from the code, another's as listed."""
    return permissions_of_role(role.key) if role.key else list(role.permissions)


def roles_visible_to(actor: Actor) -> "QuerySet[Role]":
    """Roles are the same for all who may look at them."""
    return Role.objects.all() if actor.may(VIEW_ROLES) or actor.may(GRANT) else Role.objects.none()


def holders_over(code: str, employee_id: UUID) -> list[UUID]:
    """Who may do it to this person's rows: present people who hold the permission over them, each once."""
    roles = [role.pk for role in Role.objects.all() if code in codes_of(role)]
    rows = Grant.objects.filter(role__in=roles, employee__in=Employee.objects.present())
    found = (
        row.employee_id for row in rows.order_by("granted_at", "pk") if scope_of(row).covers(employee_id)
    )
    return list(dict.fromkeys(found))


def grants_of(employee: Employee) -> "QuerySet[Grant]":
    return Grant.objects.filter(employee=employee).select_related("role", "granted_by").order_by("granted_at")


# One grant: reach, department ids, and the role's key, permissions and masked fields.
# and whether anybody in the organization is restricted.
Granted = tuple[str, Sequence[str], str, Sequence[str], Sequence[str], bool]
_GRANTED = ("reach", "department_ids", "role__key", "role__permissions", "role__masked_fields")


# The same of `e.id` as JSON, for statements that read a person as a whole.
GRANTS = """
    SELECT coalesce(json_agg(json_build_array(
                g.reach, g.department_ids, r.key, r.permissions, r.masked_fields,
                EXISTS (SELECT 1 FROM people_employee x
                         WHERE x.organization_id = g.organization_id AND x.restricted_at IS NOT NULL))), '[]')
      FROM access_grant g
      JOIN access_role r ON r.organization_id = g.organization_id AND r.id = g.role_id
     WHERE g.organization_id = e.organization_id AND g.employee_id = e.id
"""


def actor_for(employee: Employee, *, client: str, locale: str, device_id: UUID | None = None) -> Actor:
    """The actor that `employee` is. One query; scopes follow when first needed."""
    caller = Actor(
        organization_id=employee.organization_id,  # type: ignore[arg-type]
        employee_id=employee.pk,
        account_id=employee.account_id,
        name=employee.name,
        client=client,
        locale=locale,
        device_id=device_id,
        is_restricted=employee.restricted_at is not None,
    )
    restricted = Exists(Employee.objects.filter(restricted_at__isnull=False))
    grants = Grant.objects.filter(employee=employee).values_list(*_GRANTED, restricted)
    return actor_of(caller, grants, employee.organization)


def actor_of(caller: Actor, grants: Iterable[Granted], organization: Organization) -> Actor:
    """`caller` with the permissions and masks that `grants` come to, as far as `organization` has them open."""
    assert caller.employee_id is not None
    reaches: dict[str, set[tuple[str, tuple[str, ...]]]] = {}
    masks: list[tuple[str, set[str]]] = []
    some_restricted = False
    for reach, departments, key, permissions, masked, restricted in grants:
        some_restricted = some_restricted or restricted
        masks.append((reach, set(masked)))
        for code in permissions_of_role(key) if key else permissions:
            reaches.setdefault(code, set()).add((reach, tuple(departments)))
    opens = Openness(organization, partial(people.department_ids_above, caller.employee_id))
    held = {code: frozenset(over) for code, over in reaches.items() if opens(code)}
    return replace(
        caller,
        permissions=Permissions(caller.employee_id, held, some_restricted=some_restricted),
        masked_fields=_masked(masks),
        closed=frozenset(reaches.keys() - held.keys()),
    )


def _masked(masks: list[tuple[str, set[str]]]) -> frozenset[str]:
    """A field stays masked if every role that reaches others masks it; roles over oneself alone say nothing
    on that.
    """
    others = [fields for reach, fields in masks if reach != Grant.Reach.SELF] or [
        fields for _, fields in masks
    ]
    return hidden_by(set.intersection(*others)) if others else frozenset()
