"""Granting and withdrawing roles, and making roles. Nobody gives what they do not hold."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from qince.core.access import leaders
from qince.core.access.models import Grant, Role
from qince.core.access.queries import codes_of, scope_of
from qince.core.access.registry import (
    ADMINISTRATOR,
    MANAGER,
    PRIVACY_OFFICER,
    hidden_by,
    maskable_fields,
    permissions,
)
from qince.core.access.rules import EDIT_ROLES, GRANT
from qince.core.organizations.models import Organization
from qince.core.people.models import Department, Employee
from qince.core.people.queries import get_employee, pick_departments
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Forbidden, NotFound, Refusal
from qince.kit.tenancy import current_organization_id
from qince.kit.validation import check

Reach = Grant.Reach


@action("access.grant_role", permission=GRANT)
def grant_role(
    actor: Actor,
    employee: Employee,
    *,
    now: datetime,
    role: Role,
    reach: str,
    departments: list[Department] | None = None,
) -> Grant:
    """Give `employee` a role over a reach, both within what the actor holds."""
    return _give(actor, employee, role=role, reach=reach, departments=departments or [])


@action("access.grant_manager_roles", permission=GRANT)
def grant_manager_roles(actor: Actor, employees: list[Employee], *, now: datetime) -> list[Grant]:
    """Make each of `employees` a manager over those whom they lead (see `leaders.offered`); all of them or none."""
    role = _role_called(MANAGER)
    return [
        _give(actor, each, role=role, reach=reach, departments=departments)
        for each in employees
        for reach, departments in [leaders.reach_of(each)]
    ]


def _give(
    actor: Actor, employee: Employee, *, role: Role, reach: str, departments: list[Department]
) -> Grant:
    employee = _grantee(actor, employee)
    chosen = pick_departments(departments) if reach == Reach.DEPARTMENTS else []
    if reach == Reach.DEPARTMENTS and not chosen:
        raise Refusal("departments_required", _("Choose at least one department."), field="departments")
    grant = Grant(
        employee=employee,
        role=_role(role),
        reach=reach,
        department_ids=[str(found.pk) for found in chosen],
        granted_by_id=actor.employee_id,
    )
    _require_held(actor, grant)
    if Grant.objects.filter(employee=employee, role=role, reach=reach).exists():
        message = _("%(name)s already has this role over this reach.") % {"name": employee.name}
        raise Refusal("granted_already", message, field="role")
    check(grant)
    grant.save(force_insert=True)
    note(employee, role=grant.role.name, reach=reach, departments=[found.name for found in chosen])
    return grant


@action("access.revoke_grant", permission=GRANT)
def revoke_grant(actor: Actor, grant: Grant, *, now: datetime) -> None:
    """Withdraw a grant that the actor could have given; the last administrator keeps theirs (C1.1-06)."""
    held = Grant.objects.select_related("employee", "role").filter(pk=grant.pk).first()
    if held is None:
        raise NotFound
    _grantee(actor, held.employee)
    _require_held(actor, held)
    if held.role.key in LAST_ONES and held.reach == Reach.ORGANIZATION:
        _require_another(held.role.key, held.employee_id)
    note(held.employee, role=(held.role.name, ""), reach=held.reach)
    held.delete()


def _grantee(actor: Actor, employee: Employee) -> Employee:
    """The employee, in sight and within the actor's scope for granting."""
    found = get_employee(actor, employee.pk)
    if not actor.scope(GRANT).covers(found.pk) or found.status == Employee.Status.LEFT:
        raise NotFound
    return found


def _role_called(key: str) -> Role:
    found: Role | None = Role.objects.filter(key=key).first()
    if found is None:
        raise NotFound
    return found


def _role(role: Role) -> Role:
    found: Role | None = Role.objects.filter(pk=role.pk).first()
    if found is None:
        raise NotFound
    return found


def _require_held(actor: Actor, grant: Grant) -> None:
    """Refuse what exceeds the actor: a permission, a reach, or a field they see masked themselves."""
    scope = scope_of(grant)
    for code in codes_of(grant.role):
        if not actor.may(code) or not scope.within(actor.scope(code)):
            raise Refusal(
                "beyond_own_scope",
                _("You cannot give or withdraw what you do not hold over the same people yourself."),
                field="reach" if actor.may(code) else "role",
                permission=code,
            )
    if not actor.masked_fields <= hidden_by(grant.role.masked_fields):
        raise Refusal("beyond_own_fields", _("This role shows fields that are masked for you."), field="role")


# Roles that somebody must always hold over the whole organization, and what to do before the last one gives it up.
LAST_ONES = {
    ADMINISTRATOR: _("This is the last administrator. Make somebody else administrator first."),  # C1.1-06
    PRIVACY_OFFICER: _("This is the last privacy officer. Appoint somebody else first."),  # C9-01
}


def require_replaceable(employee_id: UUID) -> None:
    """Refuse to go on if `employee_id` is the only one left in one of `LAST_ONES`.

    An organization that is closed needs nobody.
    """
    closed = Organization.objects.filter(pk=current_organization_id(), state=Organization.State.CLOSED)
    if closed.exists():
        return
    for key in LAST_ONES:
        _require_another(key, employee_id)


def _require_another(key: str, employee_id: UUID) -> None:
    """Refuse if nobody else active holds the role. Holds the role's row against a second loss."""
    Role.objects.select_for_update().filter(key=key).first()
    grants = Grant.objects.filter(role__key=key, reach=Reach.ORGANIZATION)
    if not grants.filter(employee=employee_id).exists():
        return
    if not grants.filter(employee__status=Employee.Status.ACTIVE).exclude(employee=employee_id).exists():
        raise Refusal(f"last_{key}", LAST_ONES[key])


@action("access.create_role", permission=EDIT_ROLES)
def create_role(
    actor: Actor, *, now: datetime, name: str, codes: list[str], masked_fields: list[str] | None = None
) -> Role:
    """A role of one's own making: permissions, and personal fields that it shows as asterisks."""
    role = Role(
        name=name.strip(), permissions=sorted(set(codes)), masked_fields=sorted(set(masked_fields or []))
    )
    _check_role(actor, role)
    role.save(force_insert=True)
    note(role, permissions=role.permissions, masked_fields=role.masked_fields)
    return role


@action("access.edit_role", permission=EDIT_ROLES)
def edit_role(
    actor: Actor,
    role: Role,
    *,
    now: datetime,
    name: str,
    codes: list[str],
    masked_fields: list[str] | None = None,
) -> Role:
    """Change a role for everybody who holds it, effective at their next request."""
    role = _own_role(role)
    _check_role(actor, role)  # as it was: who could not have made it may not change it
    new = {
        "name": name.strip(),
        "permissions": sorted(set(codes)),
        "masked_fields": sorted(set(masked_fields or [])),
    }
    changed = {key: (getattr(role, key), value) for key, value in new.items() if getattr(role, key) != value}
    for key, (_old, value) in changed.items():
        setattr(role, key, value)
    _check_role(actor, role)
    role.save()
    note(role, **{key: list(pair) for key, pair in changed.items()})
    return role


@action("access.delete_role", permission=EDIT_ROLES)
def delete_role(actor: Actor, role: Role, *, now: datetime) -> None:
    role = _own_role(role)
    _check_role(actor, role)
    if holders := role.grants.count():
        message = _("%(n)d people hold this role. Withdraw it from them first.") % {"n": holders}
        raise Refusal("role_in_use", message)
    note(role, name=role.name)
    role.delete()


def _own_role(role: Role) -> Role:
    found: Role | None = Role.objects.select_for_update().filter(pk=role.pk).first()
    if found is None:
        raise NotFound
    if found.key:
        raise Refusal("built_in_role", _("Built-in roles cannot be changed. Make one of your own."))
    return found


def _check_role(actor: Actor, role: Role) -> None:
    """Known permissions only, all held over the whole organization by whoever makes them part of a role."""
    if not actor.scope(EDIT_ROLES).everyone:
        raise Forbidden
    unknown = set(role.permissions) - set(permissions) or set(role.masked_fields) - set(maskable_fields)
    if unknown:
        raise Refusal("unknown_permission", _("There is no such permission."), field="codes")
    if any(not actor.scope(code).everyone for code in role.permissions):
        raise Refusal(
            "beyond_own_scope", _("A role cannot hold what you do not hold yourself."), field="codes"
        )
    if not actor.masked_fields <= hidden_by(role.masked_fields):
        raise Refusal(
            "beyond_own_fields", _("Fields masked for you stay masked in this role."), field="masked_fields"
        )
    check(role)
