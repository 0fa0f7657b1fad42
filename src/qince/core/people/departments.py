"""What is done to departments. Changing the tree concerns everybody, so it takes the whole organization's
scope.
"""

from datetime import datetime
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from qince.core.people.models import Department
from qince.core.people.placing import lock_structure
from qince.core.people.rules import EDIT
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Forbidden, NotFound, Refusal
from qince.kit.ids import uuid7
from qince.kit.validation import check


@action("people.create_department", permission=EDIT)
def create_department(
    actor: Actor, *, now: datetime, name: str, parent: Department | None = None, **more: Any
) -> Department:
    _require_whole_scope(actor)
    return found(name=name, parent=parent, **more)


def found(*, name: str, parent: Department | None = None, code: str = "", sequence: int = 0) -> Department:
    """The writing of `create_department`, shared with the import."""
    key = uuid7()
    path = f"{parent.path if parent else ''}{key}/"
    department = Department(id=key, name=name.strip(), parent=parent, path=path, code=code, sequence=sequence)
    _check(department)
    department.save(force_insert=True)
    note(department, name=department.name, parent=str(parent or ""))
    return department


@action("people.edit_department", permission=EDIT)
def edit_department(actor: Actor, department: Department, *, now: datetime, **changes: Any) -> Department:
    """Rename, reorder, or (with `parent`) move a department with everything below it."""
    _require_whole_scope(actor)
    department = _locked(department)
    if "parent" in changes:
        _move(department, changes.pop("parent"))
    changed = {name: new for name, new in changes.items() if new != getattr(department, name)}
    before = {name: getattr(department, name) for name in changed}
    for name, new in changed.items():
        setattr(department, name, new)
    if changed:
        _check(department)
        department.save()
        note(department, **{name: (before[name], new) for name, new in changed.items()})
    return department


@action("people.move_department", permission=EDIT)
def move_department(
    actor: Actor, department: Department, *, now: datetime, parent: Department | None
) -> Department:
    """Hang a department, with everything below it, under another (None: the top)."""
    _require_whole_scope(actor)
    department = _locked(department)
    _move(department, parent)
    return department


def _move(department: Department, parent: Department | None) -> None:
    if (parent and parent.pk) == department.parent_id:
        return
    parent = _locked(parent) if parent else None
    if parent and parent.path.startswith(department.path):
        raise Refusal("department_circle", _("A department cannot lie below itself."), field="parent")
    old, before = department.path, department.parent
    department.parent, department.path = parent, f"{parent.path if parent else ''}{department.pk}/"
    _check(department)
    department.save()
    below = Department.objects.filter(path__startswith=old).exclude(pk=department.pk)
    below.update(path=Concat(Value(department.path), Substr(F("path"), len(old) + 1)))
    note(department, parent=(str(before or ""), str(parent or "")))


@action("people.delete_department", permission=EDIT)
def delete_department(actor: Actor, department: Department, *, now: datetime) -> None:
    """Delete a department that is empty and always was: dated reports still need those that had people."""
    _require_whole_scope(actor)
    department = _locked(department)
    if department.children.exists():
        raise Refusal(
            "department_has_children", _("There are departments below it. Move or delete them first.")
        )
    if department.memberships.filter(ends_on__isnull=True).exists():
        raise Refusal("department_has_people", _("There are people in it. Move them first."))
    if department.memberships.exists():
        raise Refusal(
            "department_has_past",
            _("People once worked in it, and reports still name it. Rename it instead."),
        )
    note(department, name=department.name)
    department.delete()


def _require_whole_scope(actor: Actor) -> None:
    if not actor.scope(EDIT).everyone:
        raise Forbidden


def _locked(department: Department) -> Department:
    lock_structure()
    current: Department | None = Department.objects.filter(pk=department.pk).first()
    if current is None:
        raise NotFound
    return current


def _check(department: Department) -> None:
    siblings = Department.objects.filter(parent=department.parent, name=department.name)
    if siblings.exclude(pk=department.pk).exists():
        raise Refusal(
            "department_exists", _("There is already a department of this name here."), field="name"
        )
    check(department)
