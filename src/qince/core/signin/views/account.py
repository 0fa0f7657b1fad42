"""One's own account: password, authenticator, devices, organizations."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qince.core.access.middleware import DEVICE, before_completion, outside_organizations, signed_in
from qince.core.accounts import devices, passwords, totp
from qince.core.accounts.keys import decrypt
from qince.core.accounts.models import Account, Device
from qince.core.signin import actions, browser
from qince.core.signin.forms import NewPasswordForm, ProofForm
from qince.core.signin.queries import memberships
from qince.core.signin.second_factor import actor_in, must_enroll, sealed_secret, setup_context
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.flash import flash
from qince.kit.identifiers import mobile_local
from qince.kit.resource.forms import ActorForm, attempt

SECRET = "new_authenticator"


@before_completion
@signed_in
@never_cache
def account(request: HttpRequest) -> HttpResponseBase:
    actor, own = _own(request)
    context = {
        "account": own,
        "mobile_shown": mobile_local(own.mobile),
        "devices": devices.signed_in_devices(own.pk, actor.organization_id),
        "this_device": actor.device_id,
        "recovery_left": own.recovery_codes.filter(used_at__isnull=True).count(),
    }
    return render(request, "signin/account.html", context)


@before_completion
@signed_in
@never_cache
def password(request: HttpRequest) -> HttpResponseBase:
    """Set or change the password. Every other browser is signed out."""
    actor, own = _own(request)
    form = NewPasswordForm(request.POST or None, actor=actor, has_password=bool(own.password))
    if request.method == "POST" and form.is_valid() and _knows_password(request, own, form):
        done, _nothing = attempt(
            actor,
            form,
            lambda: actions.set_password(
                actor,
                password=form.cleaned_data["new_password"],
                this_device=actor.device_id,
                now=clock.now(),
            ),
        )
        if done:
            request.session.cycle_key()
            flash(request, _("Password saved. Your other browsers are signed out."))
            return redirect("signin:account")
    return _form_page(request, "password_form", form)


@before_completion
@signed_in
@never_cache
def authenticator(request: HttpRequest) -> HttpResponseBase:
    """Set up the authenticator app, then show the recovery codes once."""
    actor, own = _own(request)
    if own.has_totp:
        return redirect("signin:account")
    sealed = request.session.setdefault(SECRET, sealed_secret())
    form = ProofForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        done, recovery = attempt(
            actor,
            form,
            lambda: actions.enroll_authenticator(
                actor, secret=decrypt(sealed), code=form.cleaned_data["code"], now=clock.now()
            ),
        )
        if done:
            del request.session[SECRET]
            return render(request, "signin/recovery_codes.html", {"codes": recovery})
    return _form_page(request, "authenticator_form", form, **setup_context(own, sealed))


@before_completion
@signed_in
@never_cache
def authenticator_removal(request: HttpRequest) -> HttpResponseBase:
    """Switch the authenticator off; it takes one of its codes to do so."""
    actor, own = _own(request)
    if not own.has_totp:
        return redirect("signin:account")
    form = ProofForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            asker = browser.asker_on(request, own.mobile)
            totp.prove(own, form.cleaned_data["code"], asker, now=clock.now())
            actions.remove_authenticator(actor)
            flash(request, _("The authenticator app is no longer asked for."))
            return redirect("signin:account")
        except Refusal as refusal:
            form.refuse(refusal)
    return _form_page(request, "authenticator_removal", form)


@before_completion
@signed_in
@require_POST
def device_sign_out(request: HttpRequest, device_id: UUID) -> HttpResponseBase:
    actor, _account = _own(request)
    try:
        actions.sign_out_device(actor, device_id=device_id, now=clock.now())
        flash(request, _("The device is signed out."))
    except Refusal as refusal:
        flash(request, str(refusal.message), level="error")
    return redirect("signin:account")


@before_completion
@signed_in
@require_POST
def device_confirmation(request: HttpRequest, device_id: UUID) -> HttpResponseBase:
    actor, _account = _own(request)
    try:
        actions.confirm_own_device(actor, device_id=device_id, now=clock.now())
        flash(request, _("The phone is confirmed. Continue on the phone."))
    except Refusal as refusal:
        flash(request, str(refusal.message), level="error")
    return redirect("signin:account")


@outside_organizations
@never_cache
def change_organization(request: HttpRequest) -> HttpResponseBase:
    """Go over to another organization of the same account: a new session there, this one ends."""
    device = _standing_device(request)
    if device is None:
        return redirect("signin:start")
    found = memberships(device.account)
    current = next((one for one in found if one.organization.pk == device.organization_id), None)
    if current is None:
        return redirect("signin:start")
    others = [one for one in found if one is not current]
    chosen = next(
        (one for one in others if str(one.organization.pk) == request.POST.get("organization")), None
    )
    if chosen is None:
        return render(request, "signin/organization.html", {"memberships": others, "current": current})
    if must_enroll(chosen, device.account):
        flash(
            request, _("That organization asks for an authenticator app. Set it up first."), level="warning"
        )
        return redirect("signin:authenticator_setup")
    actions.sign_out(actor_in(current), device_id=device.pk, now=clock.now())
    entered = browser.sign_in(request, chosen, now=clock.now())
    response = redirect("/")
    browser.remember(response, entered.pk)
    return response


def _standing_device(request: HttpRequest) -> Device | None:
    held = request.session.get(DEVICE)
    rows = Device.objects.filter(revoked_at__isnull=True, account__is_active=True).select_related("account")
    return rows.filter(pk=held).first() if held else None


def _own(request: HttpRequest) -> tuple[Actor, Account]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor, Account.objects.get(pk=actions.account_id(actor))


def _knows_password(request: HttpRequest, own: Account, form: ActorForm) -> bool:
    """Outside the act's own transaction, so that a wrong try stays counted."""
    if not own.password:
        return True
    try:
        asker = browser.asker_on(request, own.mobile)
        passwords.account_by_password(
            own.mobile, form.cleaned_data["current_password"], asker, now=clock.now()
        )
    except passwords.WrongPassword:
        form.add_error("current_password", _("The current password is wrong."))
    except Refusal as refusal:
        form.refuse(refusal)
    return not form.errors


def _form_page(request: HttpRequest, name: str, form: ActorForm, **context: object) -> HttpResponseBase:
    return render(
        request, f"signin/{name}.html", {"form": form, **context}, status=422 if form.errors else 200
    )
