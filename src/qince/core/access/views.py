"""Granting and withdrawing a role, and the trace."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qince.core.access import actions
from qince.core.access import leaders as leading
from qince.core.access.forms import GrantForm, TraceForm
from qince.core.access.middleware import signed_in
from qince.core.access.models import Grant
from qince.core.access.rules import GRANT, VIEW_ROLES
from qince.core.access.tracing import explain
from qince.core.people.models import Employee
from qince.core.people.queries import employees_visible_to, with_main_department
from qince.core.people.screens import EMPLOYEES
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.flash import flash
from qince.kit.resource.forms import attempt


def _actor(request: HttpRequest, permission: str) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.may(permission):
        raise PermissionDenied
    return actor


def _employee(actor: Actor, key: UUID) -> Employee:
    found: Employee | None = employees_visible_to(actor).filter(pk=key).first()
    if found is None or not actor.scope(GRANT).covers(found.pk):
        raise Http404
    return found


@signed_in
def grant(request: HttpRequest, employee_id: UUID) -> HttpResponse:
    """Give an employee a role."""
    actor = _actor(request, GRANT)
    employee = _employee(actor, employee_id)
    back = EMPLOYEES.url("tab", employee.pk, "access")
    form = GrantForm(request.POST or None, actor=actor, row=employee, initial={"reach": Grant.Reach.SELF})
    if request.method == "POST" and form.is_valid():
        done, _grant = attempt(
            actor, form, lambda: actions.grant_role(actor, employee, now=clock.now(), **form.cleaned_data)
        )
        if done:
            flash(request, _("Role granted."))
            return HttpResponseRedirect(back)
    context = {"form": form, "employee": employee, "back": back}
    return render(request, "access/grant.html", context, status=422 if form.is_bound else 200)


@signed_in
def leaders(request: HttpRequest) -> HttpResponse:
    """Those who lead others without a manager's role, all ticked; with one press the ticked ones have it."""
    actor = _actor(request, GRANT)
    rows = list(with_main_department(leading.offered(actor)).annotate(led=Count("subordinates")))
    refusal = None
    if request.method == "POST":
        ticked = set(request.POST.getlist("ids"))
        chosen = [each for each in rows if str(each.pk) in ticked]
        try:
            done = _made_managers(actor, chosen)
            flash(
                request,
                ngettext("%(n)d person is a manager now.", "%(n)d people are managers now.", done)
                % {"n": done},
            )
            return HttpResponseRedirect("/")
        except Refusal as found:
            refusal = found
    context = {"rows": rows, "text": leading.words(len(rows)), "refusal": refusal}
    return render(request, "access/leaders.html", context, status=refusal.status if refusal else 200)


def _made_managers(actor: Actor, chosen: list[Employee]) -> int:
    if not chosen:
        raise Refusal("nobody_chosen", _("Choose at least one person."))
    _done, grants = attempt(actor, None, lambda: actions.grant_manager_roles(actor, chosen, now=clock.now()))
    return len(grants)


@signed_in
def revocation(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """Withdraw a grant: asked on GET, done on POST."""
    actor = _actor(request, GRANT)
    held = Grant.objects.select_related("role", "employee").filter(pk=grant_id).first()
    if held is None:
        raise Http404
    employee = _employee(actor, held.employee_id)
    back = EMPLOYEES.url("tab", employee.pk, "access")
    if request.method == "POST":
        _revoke(request, actor, held)
        return HttpResponseRedirect(back)
    context = {
        "title": _("Withdraw this role?"),
        "text": _("It takes effect at their next request."),
        "facts": [
            (_("Employee"), employee.name),
            (_("Role"), held.role.label),
            (_("Reach"), held.get_reach_display()),
        ],
        "confirm_label": _("Withdraw"),
        "cancel_url": back,
        "danger": True,
    }
    return render(request, "kit/confirm.html", context)


def _revoke(request: HttpRequest, actor: Actor, held: Grant) -> None:
    try:
        attempt(actor, None, lambda: actions.revoke_grant(actor, held, now=clock.now()))
    except NotFound as refusal:
        raise Http404 from refusal
    except Refusal as refusal:
        flash(request, str(refusal.message), level="error")
    else:
        flash(request, _("Role withdrawn."))


@signed_in
def trace(request: HttpRequest) -> HttpResponse:
    """Why can X see this?"""
    actor = _actor(request, VIEW_ROLES)
    asked = any(name in request.GET for name in TraceForm.base_fields)
    form = TraceForm(request.GET if asked else None, actor=actor)
    found = explain(**form.cleaned_data) if asked and form.is_valid() else None
    return render(request, "access/trace.html", {"form": form, "trace": found})
