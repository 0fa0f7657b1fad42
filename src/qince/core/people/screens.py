"""Employees in the console: one declaration, from which the resource kit makes the pages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from qince.core.people import actions, queries
from qince.core.people.address_book import ADDRESS_BOOK
from qince.core.people.forms import EmployeeForm, LeaveForm, MoveForm, initial
from qince.core.people.models import Department, Employee, EmployeeQuerySet
from qince.core.people.rules import EDIT, EXPORT, IMPORT, MASK_EMAIL, MASK_MOBILE, MASK_NUMBER, VIEW
from qince.kit.actor import Actor
from qince.kit.identifiers import mobile_local
from qince.kit.resource import Column, FormPage, Permissions, Resource, RowAct, Section, Tab
from qince.kit.resource.filters import choice, dates, reference, yes_no

Status = Employee.Status
TONES = {"invited": "orange", "active": "green", "suspended": "red", "left": "grey"}


def _prepare(rows: EmployeeQuerySet) -> EmployeeQuerySet:
    return queries.with_department_key(queries.with_main_department(rows.select_related("leader")))


def _under(rows: EmployeeQuerySet, actor: Actor, keys: list[UUID]) -> EmployeeQuerySet:
    return rows.filter(pk__in=queries.employee_ids_under(map(str, keys)))


def _move(actor: Actor, employee: Employee, *, now: datetime, department: Department, on: Any) -> Employee:
    return actions.move_employee(actor, employee, now=now, departments=[department], on=on)


def lack_words(employee: Employee) -> str:
    """Why an account that lacks its name or mobile number is closed (C2.1.1-08)."""
    if not employee.lacks or employee.status == Status.LEFT:
        return ""
    return _t("Without a name and a mobile number the account cannot be used. Enter them, then resume it.")


def _is(*allowed: str) -> Any:
    return lambda employee: employee.status in allowed


def _profile_tab(actor: Actor, employee: Employee) -> dict[str, Any]:
    return {
        "memberships": employee.memberships.select_related("department").order_by("-starts_on", "-is_main"),
        "names": queries.department_names(),
        "lines": employee.reporting_lines.select_related("leader").order_by("-starts_on"),
    }


def _line_tab(actor: Actor, employee: Employee) -> dict[str, Any]:
    return {
        "above": queries.leaders_above(employee)[::-1],
        "below": queries.employees_visible_to(actor).present().filter(leader=employee).order_by("name_key"),
        "below_count": len(queries.subordinate_ids(employee.pk)),
    }


NAME = Column("name", _("Full name"), text=str, sort="name_key", is_link=True)
MOBILE = Column("mobile", mask=MASK_MOBILE, text=lambda employee: mobile_local(employee.mobile))
NUMBER = Column("number", mask=MASK_NUMBER)
POSITION = Column("position")
DEPARTMENT = Column("main_department", _("Main department"), sort="main_department_key")
LEADER = Column("leader__name", sort="leader__name_key")
STATUS = Column("status", tones=TONES)
LACKS = Column(
    "lacks", _("Why suspended"), value=lambda employee: lack_words(employee), sort="", is_shown=False
)
EMAIL = Column("email", is_shown=False, mask=MASK_EMAIL)
HIRED = Column("hired_on", is_shown=False)
LEFT = Column("left_on", is_shown=False)
STOPPED = Column("activation_stopped_at", is_shown=False)

EMPLOYEES = Resource(
    namespace="people",
    name="employees",
    model=Employee,
    title=_("Employees"),
    singular=_("Employee"),
    icon="users",
    hint=_("Import your address book, or enter the first employee by hand."),
    rows=queries.employees_visible_to,
    prepare=_prepare,
    permissions=Permissions(view=VIEW, add=EDIT, edit=EDIT, imports=IMPORT, export=EXPORT),
    columns=(NAME, MOBILE, DEPARTMENT, POSITION, LEADER, NUMBER, STATUS, EMAIL, HIRED, LEFT, LACKS, STOPPED),
    order="name_key",
    search=("name", "mobile", "number", "position"),
    filters=(
        choice("status", _("Status"), Status.choices),
        reference(
            "department",
            _("Department"),
            queries.departments_visible_to,
            narrow=_under,
            names=queries.department_names,
        ),
        reference("leader", _("Direct leader"), queries.employees_visible_to),
        dates("hired_on", _("Date of employment")),
        yes_no("stopped", _("Stopped activating"), Q(activation_stopped_at__isnull=False)),
        yes_no("unplaced", _("Without department"), Q(main_department__isnull=True)),
    ),
    group_by=("status", "main_department", "leader__name"),
    sections=(
        Section("", (NAME, MOBILE, NUMBER, STATUS, LACKS, STOPPED)),
        Section(_("Work"), (DEPARTMENT, POSITION, LEADER, EMAIL, HIRED, LEFT)),
    ),
    tabs=(
        Tab("places", _("Departments"), "people/_places.html", _profile_tab, icon="sitemap"),
        Tab("line", _("Reporting line"), "people/_line.html", _line_tab, icon="users"),
    ),
    create=FormPage(EmployeeForm, actions.create_employee),
    edit=FormPage(EmployeeForm, actions.edit_employee, initial),
    acts=(
        RowAct(
            "invite",
            _("Send an invitation"),
            actions.invite_employee,
            EDIT,
            "mail",
            offered=_is(Status.INVITED),
        ),
        RowAct(
            "move",
            _("Move to a department"),
            _move,
            EDIT,
            "sitemap",
            form=MoveForm,
            offered=_is(Status.INVITED, Status.ACTIVE, Status.SUSPENDED),
        ),
        RowAct(
            "suspend",
            _("Suspend"),
            actions.suspend_employee,
            EDIT,
            "lock",
            is_dangerous=True,
            question=_(
                "They are signed out everywhere and cannot sign in until resumed. Nothing is deleted."
            ),
            offered=_is(Status.INVITED, Status.ACTIVE),
        ),
        RowAct(
            "resume", _("Resume"), actions.resume_employee, EDIT, "lock-open", offered=_is(Status.SUSPENDED)
        ),
        RowAct(
            "leave",
            _("Leaves the company"),
            actions.leave,
            EDIT,
            "logout",
            form=LeaveForm,
            is_dangerous=True,
            question=_("They are signed out everywhere; their subordinates are handed over."),
            offered=_is(Status.INVITED, Status.ACTIVE, Status.SUSPENDED),
        ),
    ),
    imports=ADDRESS_BOOK,
)
