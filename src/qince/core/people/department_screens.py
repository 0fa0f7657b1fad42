"""Departments in the console: the kit's pages, beside the tree of `views.department_tree`."""

from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from qince.core.people import departments, queries
from qince.core.people.forms import DepartmentForm
from qince.core.people.models import Department
from qince.core.people.rules import EDIT, EXPORT, VIEW
from qince.kit.actor import Actor
from qince.kit.resource import Column, FormPage, Permissions, Resource, RowAct, Section, Tab


def _people_tab(actor: Actor, department: Department) -> dict[str, Any]:
    held = department.memberships.filter(ends_on__isnull=True).select_related("employee")
    visible = queries.employees_visible_to(actor).values("pk")
    return {"memberships": held.filter(employee__in=visible).order_by("-is_head", "employee__name_key")}


NAME = Column("name", sort="name_key", is_link=True)
PARENT = Column("parent__name", sort="parent__name_key")
CODE = Column("code")
PEOPLE = Column("people", _("People"), is_numeric=True)

DEPARTMENTS = Resource(
    namespace="people",
    name="departments",
    model=Department,
    title=_("Departments"),
    singular=_("Department"),
    icon="sitemap",
    hint=_("Departments come with the address book, or are made here."),
    rows=queries.departments_visible_to,
    prepare=lambda rows: rows.select_related("parent").annotate(
        people=Count("memberships", filter=Q(memberships__ends_on__isnull=True))
    ),
    permissions=Permissions(view=VIEW, add=EDIT, edit=EDIT, export=EXPORT),
    columns=(NAME, PARENT, CODE, PEOPLE),
    order="name_key",
    search=("name", "code"),
    sections=(Section("", (NAME, PARENT, CODE, PEOPLE)),),
    tabs=(Tab("people", _("People"), "people/_members.html", _people_tab, icon="users"),),
    create=FormPage(DepartmentForm, departments.create_department),
    edit=FormPage(DepartmentForm, departments.edit_department),
    acts=(
        RowAct(
            "delete",
            _("Delete"),
            departments.delete_department,
            EDIT,
            "trash",
            is_dangerous=True,
            question=_("Only a department that never had people can be deleted."),
        ),
    ),
)
