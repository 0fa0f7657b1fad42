"""Saying who has to fill a form in, how often and until when."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from qince.core.people.models import Department, Employee
from qince.engines.forms.models import Assignment, AssignmentTarget, Form
from qince.engines.forms.rules import ASSIGN
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.validation import check

FIELDS = ("name", "period", "starts_on", "ends_on", "due_day", "due_at", "weekdays", "is_for_everybody")


@action("forms.assign", permission=ASSIGN)
def assign(
    actor: Actor,
    *,
    now: datetime,
    form: Form,
    employees: Iterable[Employee] = (),
    departments: Iterable[Department] = (),
    **fields: Any,
) -> Assignment:
    """Give a published form to people. Who may assign over a reach assigns to people within it."""
    if form.state != Form.State.PUBLISHED:
        raise Refusal("form_closed", _("Only a published form can be given to people."), field="form")
    made = Assignment(form=form, **fields)
    _check(made)
    made.save()
    _aim(actor, made, list(employees), list(departments))
    note(made, form=form.name, period=made.period)
    return made


@action("forms.change_assignment", permission=ASSIGN)
def change_assignment(
    actor: Actor,
    assignment: Assignment,
    *,
    now: datetime,
    employees: Iterable[Employee] | None = None,
    departments: Iterable[Department] | None = None,
    **fields: Any,
) -> Assignment:
    found: Assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    changes = {name: (getattr(found, name), value) for name, value in fields.items() if name in FIELDS}
    for name, (_old, new) in changes.items():
        setattr(found, name, new)
    _check(found)
    found.version += 1
    found.save()
    if employees is not None and departments is not None:
        AssignmentTarget.objects.filter(assignment=found).delete()
        _aim(actor, found, list(employees), list(departments))
    note(found, **{name: [str(old), str(new)] for name, (old, new) in changes.items() if old != new})
    return found


@action("forms.end_assignment", permission=ASSIGN)
def end_assignment(actor: Actor, assignment: Assignment, *, now: datetime) -> None:
    """Nothing more becomes due; what was due and given stays on record."""
    found: Assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    found.is_active, found.version = False, found.version + 1
    found.save(update_fields=["is_active", "version"])
    note(found, is_active=(True, False))


def _check(assignment: Assignment) -> None:
    check(assignment)
    most = {"week": 7, "month": 31}.get(assignment.period, 0)
    if assignment.due_day > most:
        raise Refusal("invalid", _("This period has no such day."), field="due_day")
    if assignment.ends_on and assignment.ends_on < assignment.starts_on:
        raise Refusal("invalid", _("It ends before it begins."), field="ends_on")
    if not set(assignment.weekdays) <= set(range(1, 8)):
        raise Refusal("invalid", _("Choose among the seven weekdays."), field="weekdays")


def _aim(
    actor: Actor, assignment: Assignment, employees: list[Employee], departments: list[Department]
) -> None:
    scope = actor.scope(ASSIGN)
    if not scope.everyone and (departments or assignment.is_for_everybody):
        raise Refusal(
            "beyond_reach",
            _("You may give forms to single people in your reach only, not to departments or everybody."),
            field="departments",
        )
    if not all(scope.covers(each.pk) for each in employees):
        raise NotFound
    if not assignment.is_for_everybody and not employees and not departments:
        raise Refusal("invalid", _("Choose who has to fill it in."), field="employees")
    targets = [AssignmentTarget(assignment=assignment, employee=each) for each in employees]
    targets += [AssignmentTarget(assignment=assignment, department=each) for each in departments]
    AssignmentTarget.objects.bulk_create(targets)
