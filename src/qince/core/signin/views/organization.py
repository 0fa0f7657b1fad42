"""The organization's own pages: completing its registration, details, settings, and its people's devices."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qince.core.access.middleware import before_completion, signed_in
from qince.core.accounts.rules import CONFIRM_DEVICE
from qince.core.audit.timeline import moments
from qince.core.organizations import actions as organizations
from qince.core.organizations.models import Organization
from qince.core.organizations.rules import EDIT
from qince.core.organizations.settings import Settings
from qince.core.signin import actions
from qince.core.signin.forms import CompletionForm, DetailsForm, SettingsForm
from qince.core.signin.opening import open_organization
from qince.core.signin.queries import devices_visible_to
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.flash import flash
from qince.kit.resource.forms import ActorForm, attempt


@before_completion
@signed_in
def completion(request: HttpRequest) -> HttpResponseBase:
    """Location, industry and headcount: until they are known the basic services stay closed (C2.1.2-17)."""
    actor = _actor(request)
    organization = _organization(actor)
    if organization.is_open:
        return redirect("/")
    if not actor.may(EDIT):
        return render(request, "signin/completion.html", {"organization": organization}, status=403)
    initial = {name: getattr(organization, name) for name in ("location", "industry", "headcount")}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CompletionForm(*sent, actor=actor, initial=initial)
    if _done(request, form, lambda: open_organization(actor, now=clock.now(), **form.cleaned_data)):
        flash(request, _("Your organization is open. Import your people, stores and products next."))
        return redirect("/")
    context = {"organization": organization, "form": form}
    return render(request, "signin/completion.html", context, status=422 if form.errors else 200)


@signed_in
def details(request: HttpRequest) -> HttpResponseBase:
    actor = _allowed(request, EDIT)
    organization = _organization(actor)
    initial = {name: getattr(organization, name) for name in DetailsForm.base_fields}
    form = DetailsForm(request.POST or None, actor=actor, initial=initial)
    if _done(request, form, lambda: organizations.edit_details(actor, **form.cleaned_data)):
        flash(request, _("Saved."))
        return redirect("signin:organization_details")
    return _page(request, "details", form, organization=organization)


@signed_in
def settings(request: HttpRequest) -> HttpResponseBase:
    actor = _allowed(request, EDIT)
    organization = _organization(actor)
    form = SettingsForm(request.POST or None, actor=actor, initial=Settings.of(organization).as_dict())
    if _done(request, form, lambda: organizations.edit_settings(actor, **form.cleaned_data)):
        flash(request, _("Saved."))
        return redirect("signin:organization_settings")
    return _page(request, "settings", form, organization=organization)


@signed_in
def devices(request: HttpRequest) -> HttpResponseBase:
    """The devices of everybody in the actor's scope; those waiting to be confirmed come first."""
    actor = _allowed(request, CONFIRM_DEVICE)
    return render(
        request, "signin/organization_devices.html", {"rows": devices_visible_to(actor), "tab": "devices"}
    )


@signed_in
@require_POST
def device_confirmation(request: HttpRequest, device_id: UUID) -> HttpResponseBase:
    return _on_device(request, actions.confirm_device, device_id, _("The phone is confirmed."))


@signed_in
@require_POST
def device_sign_out(request: HttpRequest, device_id: UUID) -> HttpResponseBase:
    return _on_device(request, actions.unbind_device, device_id, _("The device is signed out."))


def _on_device(request: HttpRequest, act: Callable[..., Any], device_id: UUID, said: str) -> HttpResponseBase:
    actor = _allowed(request, CONFIRM_DEVICE)
    try:
        act(actor, device_id=device_id, now=clock.now())
        flash(request, said)
    except Refusal as refusal:
        flash(request, str(refusal.message), level="error")
    return redirect("signin:organization_devices")


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]


def _allowed(request: HttpRequest, permission: str) -> Actor:
    actor = _actor(request)
    if not actor.may(permission):
        raise PermissionDenied
    return actor


def _organization(actor: Actor) -> Organization:
    return Organization.objects.get(pk=actor.organization_id)


def _done(request: HttpRequest, form: ActorForm, act: Callable[[], Any]) -> bool:
    return request.method == "POST" and form.is_valid() and attempt(form.actor, form, act)[0]


def _page(request: HttpRequest, tab: str, form: ActorForm, **context: object) -> HttpResponseBase:
    history = moments(form.actor, _organization(form.actor))
    context = {"form": form, "tab": tab, "detail": {"timeline": history}, **context}
    context["may_see_exceptions"] = form.actor.may("partners.view")
    return render(request, "signin/organization_form.html", context, status=422 if form.errors else 200)
