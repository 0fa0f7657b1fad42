"""Roles in the console, and the access tab on an employee's page."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from qince.core.access import actions, leaders, saved_views
from qince.core.access.forms import RoleForm, by_feature, role_initial
from qince.core.access.models import Role
from qince.core.access.queries import codes_of, grants_of, roles_visible_to
from qince.core.access.registry import maskable_fields
from qince.core.access.rules import EDIT_ROLES, GRANT, VIEW_ROLES
from qince.core.people.models import Employee
from qince.core.people.queries import department_names
from qince.core.people.screens import EMPLOYEES
from qince.kit.actor import Actor
from qince.kit.resource import Column, FormPage, Permissions, Resource, RowAct, Section, Tab
from qince.kit.resource import saved_views as kit_views

kit_views.provide(saved_views)


def _permissions_tab(actor: Actor, role: Role) -> dict[str, Any]:
    return {
        "features": by_feature(codes_of(role)),
        "masks": [maskable_fields[name] for name in role.masked_fields if name in maskable_fields],
    }


def _holders_tab(actor: Actor, role: Role) -> dict[str, Any]:
    return {
        "grants": role.grants.select_related("employee").order_by("employee__name_key"),
        "names": department_names(),
    }


NAME = Column("name", text=lambda role: role.label, is_link=True)
KIND = Column("key", _("Kind"), text=lambda role: _("Built in") if role.key else _("Own"))
HOLDERS = Column("holders", _("Held by"), is_numeric=True)
CODES = Column("permission_count", _("Permissions"), value=lambda role: len(codes_of(role)), is_numeric=True)

ROLES = Resource(
    namespace="access",
    name="roles",
    model=Role,
    title=_("Roles"),
    singular=_("Role"),
    icon="shield-check",
    rows=roles_visible_to,
    prepare=lambda rows: rows.annotate(holders=Count("grants")),
    permissions=Permissions(view=VIEW_ROLES, add=EDIT_ROLES, edit=EDIT_ROLES),
    columns=(NAME, KIND, CODES, HOLDERS),
    order="name",
    search=("name",),
    sections=(Section("", (NAME, KIND, CODES, HOLDERS)),),
    tabs=(
        Tab("permissions", _("Permissions"), "access/_permissions.html", _permissions_tab, icon="key"),
        Tab("holders", _("Held by"), "access/_holders.html", _holders_tab, icon="users"),
    ),
    create=FormPage(RoleForm, actions.create_role),
    edit=FormPage(RoleForm, actions.edit_role, role_initial),
    acts=(
        RowAct(
            "delete",
            _("Delete"),
            actions.delete_role,
            EDIT_ROLES,
            "trash",
            is_dangerous=True,
            question=_("The role is deleted for good."),
            offered=lambda role: not role.key,
        ),
    ),
)


def _access_tab(actor: Actor, employee: Employee) -> dict[str, Any]:
    return {
        "grants": grants_of(employee),
        "names": department_names(),
        "may_grant": actor.may(GRANT) and actor.scope(GRANT).covers(employee.pk),
        "may_trace": actor.may(VIEW_ROLES),
    }


EMPLOYEES.after_import(leaders.next_step)
EMPLOYEES.add_tab(
    Tab("access", _("Roles"), "access/_grants.html", _access_tab, permission=VIEW_ROLES, icon="shield-lock")
)
