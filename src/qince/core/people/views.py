"""The department tree: the one page of departments that is no list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from qince.core.people.department_screens import DEPARTMENTS
from qince.core.people.rules import EDIT
from qince.core.people.tree import tree
from qince.kit.actor import Actor


def department_tree(request: HttpRequest, resource: object) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    context = {
        "resource": DEPARTMENTS,
        "branches": tree(actor),
        "may_edit": actor.may(EDIT) and actor.scope(EDIT).everyone,
        "new_url": DEPARTMENTS.url("new"),
    }
    return render(request, "people/departments.html", context)
