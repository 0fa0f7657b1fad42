"""Registering an organization: its name first, proof of the mobile number, then it exists."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qince.core.accounts import codes
from qince.core.accounts.codes import Purpose
from qince.core.accounts.limits import Asker
from qince.core.signin import browser
from qince.core.signin.asking import asker_of
from qince.core.signin.forms import CodeForm, RegistrationForm
from qince.core.signin.queries import Membership
from qince.core.signin.registration import TERMS_VERSION, Application, register_organization
from qince.core.signin.views.outbox import is_readable_from
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.flash import flash
from qince.kit.identifiers import mobile_local

KEY = "registering"
LIVES = timedelta(minutes=30)


@never_cache
def register(request: HttpRequest) -> HttpResponseBase:
    """Take what is needed to create the organization and send a code to its administrator."""
    _require_open()
    if request.actor is not None:  # type: ignore[attr-defined]
        return redirect("/")
    held = _application(request)
    form = RegistrationForm(request.POST or None, initial=asdict(held) if held else None)
    if request.method == "POST" and form.is_valid():
        application = Application(**form.cleaned_data)
        refusal = _send_code(application.mobile, asker_of(request))
        if refusal is None or (held and held.mobile == application.mobile):
            request.session[KEY] = {**asdict(application), "started": clock.now().timestamp()}
            return redirect("signin:register_code")
        form.refuse(refusal)
    status = 422 if form.errors else 200
    return render(request, "signin/register.html", {"form": form}, status=status)


@never_cache
def register_code(request: HttpRequest) -> HttpResponseBase:
    """With the right code the organization comes into being, and its administrator is signed in."""
    _require_open()
    application = _application(request)
    if application is None:
        return redirect("signin:register")
    form = CodeForm(request.POST or None)
    if "again" in request.POST:
        refusal = _send_code(application.mobile, asker_of(request))
        if refusal is not None:
            flash(request, str(refusal.message), level="warning")
        return redirect("signin:register_code")
    if request.method == "POST" and form.is_valid():
        try:
            return _registered(request, application, form.cleaned_data["code"])
        except Refusal as refusal:
            form.refuse(refusal)
    context = {
        "form": form,
        "mobile_shown": mobile_local(application.mobile),
        "outbox": is_readable_from(request),
    }
    return render(request, "signin/register_code.html", context, status=422 if form.errors else 200)


@require_POST
def stop_here(request: HttpRequest) -> HttpResponseBase:
    """Stop before the organization exists: name, number and code are forgotten."""
    application = _application(request)
    if application is not None:
        codes.forget(application.mobile, Purpose.REGISTER)
    request.session.flush()
    flash(request, _("Stopped. Nothing of this registration was kept."))
    return redirect("signin:start")


def terms(request: HttpRequest) -> HttpResponseBase:
    """The data-processing terms an organization accepts (C2.2.5-06)."""
    return render(request, "signin/terms.html", {"version": TERMS_VERSION, "operator": settings.OPERATOR})


def _require_open() -> None:
    if not settings.OPEN_REGISTRATION:
        raise Http404


def _application(request: HttpRequest) -> Application | None:
    held: dict[str, Any] | None = request.session.get(KEY)
    if held is None or clock.now().timestamp() - held["started"] > LIVES.total_seconds():
        return None
    return Application(**{name: value for name, value in held.items() if name != "started"})


def _send_code(mobile: str, asker: Asker) -> Refusal | None:
    try:
        codes.request_code(mobile, Purpose.REGISTER, asker, now=clock.now())
    except Refusal as refusal:
        return refusal
    return None


def _registered(request: HttpRequest, application: Application, code: str) -> HttpResponseBase:
    now = clock.now()
    codes.use_code(application.mobile, Purpose.REGISTER, code, asker_of(request), now=now)
    employee = register_organization(application, locale=get_language() or "en", now=now)
    device = browser.sign_in(request, Membership(employee.organization, employee), now=now)
    response = redirect("signin:completion")
    browser.remember(response, device.pk)
    return response
