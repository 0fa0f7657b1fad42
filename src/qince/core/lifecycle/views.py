"""Which functions are open, the organization's term, and the way out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qince.core.access.middleware import outside_organizations, signed_in
from qince.core.access.models import Grant
from qince.core.access.queries import codes_of
from qince.core.lifecycle import leaving, queries
from qince.core.lifecycle.forms import CloseForm, LeaveForm
from qince.core.lifecycle.rules import CANCEL, FUNCTIONS, VIEW, may_be_cancelled_from
from qince.core.organizations import actions as organizations
from qince.core.organizations.functions import FAMILIES, family_of, features_of
from qince.core.organizations.models import Organization
from qince.core.organizations.settings import Settings
from qince.core.people.queries import department_names
from qince.core.privacy.doors import before_consent
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import Text
from qince.kit.flash import flash
from qince.kit.resource.forms import attempt


@dataclass(frozen=True, slots=True)
class Family:
    """One group of functions as the page shows it. `people`: how many hold a permission of it."""

    code: str
    title: Text
    features: list[Text]
    is_open: bool
    closed_for: list[str]
    people: int
    since: date | None = None


def _actor(request: HttpRequest, permission: str) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.may(permission):
        raise PermissionDenied
    return actor


@signed_in
def functions(request: HttpRequest) -> HttpResponse:
    actor = _actor(request, FUNCTIONS)
    context = {"families": _families(actor), "tab": "functions"}
    return render(request, "lifecycle/functions.html", context)


def _families(actor: Actor) -> list[Family]:
    organization = _organization(actor)
    settings = Settings.of(organization)
    closed, since = settings.closed_families, settings.closed_since
    holders, names = _holders(), {str(key): name for key, name in department_names().items()}
    return [
        Family(
            code,
            title,
            features_of(code),
            code not in closed,
            [names[key] for key in closed.get(code, []) if key in names],
            len(holders.get(code, ())),
            queries.today(organization, datetime.fromisoformat(since[code])) if code in since else None,
        )
        for code, title in FAMILIES.items()
        if features_of(code)
    ]


def _holders() -> dict[str, set[Any]]:
    """Who would notice: for each family the people whose roles hold a permission of it."""
    found: dict[str, set[Any]] = {}
    for grant in Grant.objects.select_related("role").filter(employee__status="active"):
        for family in {family_of(code) for code in codes_of(grant.role)} - {""}:
            found.setdefault(family, set()).add(grant.employee_id)
    return found


@signed_in
def closing(request: HttpRequest, family: str) -> HttpResponse:
    """What closing would do, for whom, and the button."""
    actor = _actor(request, FUNCTIONS)
    shown = next((each for each in _families(actor) if each.code == family), None)
    if shown is None:
        raise Http404
    form = CloseForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["departments"]
        done, _none = attempt(
            actor,
            form,
            lambda: organizations.close_family(actor, family=family, departments=chosen, now=clock.now()),
        )
        if done:
            flash(request, _("Closed. What was recorded is kept and can be exported."))
            return redirect("lifecycle:functions")
    context = {"form": form, "family": shown, "tab": "functions"}
    return render(request, "lifecycle/closing.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def opening(request: HttpRequest, family: str) -> HttpResponse:
    actor = _actor(request, FUNCTIONS)
    if family not in FAMILIES:
        raise Http404
    organizations.open_family(actor, family=family)
    flash(request, _("Open again; everything is there as it was."))
    return redirect("lifecycle:functions")


@signed_in
def term(request: HttpRequest) -> HttpResponse:
    """Until when the organization may use the service, and the way out."""
    actor = _actor(request, VIEW)
    found = queries.current_term()
    context = {
        "organization": _organization(actor),
        "term": found,
        "cancellable_from": may_be_cancelled_from(found.ends_on) if found and found.ends_on else None,
        "leaving": queries.leaving(),
        "may_cancel": actor.may(CANCEL),
        "tab": "term",
    }
    return render(request, "lifecycle/term.html", context)


@signed_in
def cancellation(request: HttpRequest) -> HttpResponse:
    actor = _actor(request, CANCEL)
    form = LeaveForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done, _found = attempt(
            actor, form, lambda: leaving.request_cancellation(actor, reason=reason, now=clock.now())
        )
        if done:
            flash(request, _("Asked for. The operator confirms it; until then nothing changes."))
            return redirect("lifecycle:term")
    context = {"form": form, "organization": _organization(actor), "tab": "term"}
    return render(request, "lifecycle/cancellation.html", context, status=422 if form.errors else 200)


@signed_in
@require_POST
def staying(request: HttpRequest) -> HttpResponse:
    actor = _actor(request, CANCEL)
    leaving.withdraw_cancellation(actor, now=clock.now())
    flash(request, _("Withdrawn. Your organization stays."))
    return redirect("lifecycle:term")


@outside_organizations
@before_consent
def cessation(request: HttpRequest) -> HttpResponse:
    """The announcement of the service's end, for everybody."""
    found = queries.announced_cessation()
    if found is None:
        raise Http404
    return render(request, "lifecycle/cessation.html", {"cessation": found})


@outside_organizations
@before_consent
def succession(request: HttpRequest) -> HttpResponse:
    """The announcement of another operator, for everybody."""
    found = queries.announced_succession()
    if found is None:
        raise Http404
    return render(request, "lifecycle/succession.html", {"succession": found})


def _organization(actor: Actor) -> Organization:
    return Organization.objects.get(pk=actor.organization_id)
