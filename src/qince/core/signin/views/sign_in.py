"""Signing in: mobile and code, or password; the authenticator where it is on; then the organization."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qince.core.accounts import codes, passwords, totp
from qince.core.accounts.codes import Purpose, WrongCode
from qince.core.accounts.keys import decrypt
from qince.core.accounts.limits import TooManyAttempts, even_time
from qince.core.accounts.models import Account
from qince.core.organizations.settings import Settings
from qince.core.signin import actions, browser, journey
from qince.core.signin.activation import NotActive
from qince.core.signin.forms import AuthenticatorForm, CodeForm, MobileForm, OpenForm, PasswordForm
from qince.core.signin.journey import Journey
from qince.core.signin.queries import Membership, held_back, memberships
from qince.core.signin.second_factor import actor_in, must_enroll, sealed_secret, setup_context
from qince.core.signin.stopping import stop
from qince.core.signin.views.outbox import is_readable_from
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.flash import flash
from qince.kit.identifiers import mobile_local


@never_cache
def start(request: HttpRequest) -> HttpResponseBase:
    """Ask for the mobile number and send a code to it."""
    if request.actor is not None:  # type: ignore[attr-defined]
        return redirect("/")
    form = MobileForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        mobile = form.cleaned_data["mobile"]
        earlier = Journey.of(request, now=clock.now())
        refusal = _send_code(request, mobile)
        if refusal is None or (earlier and earlier.mobile == mobile):
            if refusal is not None:
                flash(request, str(refusal.message), level="warning")
            _begin(request, mobile)
            return redirect("signin:code")
        form.refuse(refusal)
    context = {"outbox": is_readable_from(request), "registration": settings.OPEN_REGISTRATION}
    return page_of(request, "start", form, next=next_of(request), **context)


@never_cache
def password(request: HttpRequest) -> HttpResponseBase:
    """Mobile and password. From a browser not known before, a code has to follow."""
    if request.actor is not None:  # type: ignore[attr-defined]
        return redirect("/")
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        mobile = form.cleaned_data["mobile"]
        try:
            with even_time():
                account = passwords.account_by_password(
                    mobile, form.cleaned_data["password"], browser.asker_on(request, mobile), now=clock.now()
                )
            _begin(request, mobile).prove(request, account, journey.PASSWORD)
            return onward(request)
        except Refusal as refusal:
            form.refuse(refusal)
    return page_of(request, "password", form, next=next_of(request))


@never_cache
def code(request: HttpRequest) -> HttpResponseBase:
    """Take the code that was sent."""
    way = Journey.of(request, now=clock.now())
    if way is None:
        return redirect("signin:start")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            way.prove(request, _account_by_code(request, way, form), journey.CODE)
            return onward(request)
        except Refusal as refusal:
            form.refuse(refusal)
    return page_of(
        request, "code", form, mobile_shown=mobile_local(way.mobile), outbox=is_readable_from(request)
    )


def _account_by_code(request: HttpRequest, way: Journey, form: OpenForm) -> Account:
    with even_time():
        asker = browser.asker_on(request, way.mobile)
        codes.use_code(way.mobile, Purpose.SIGN_IN, form.cleaned_data["code"], asker, now=clock.now())
        account = Account.objects.filter(mobile=way.mobile, is_active=True).first()
        if account is None:
            raise WrongCode
    return account


@require_POST
def another_code(request: HttpRequest) -> HttpResponseBase:
    way = Journey.of(request, now=clock.now())
    if way is None:
        return redirect("signin:start")
    if refusal := _send_code(request, way.mobile):
        flash(request, str(refusal.message), level="warning")
    return redirect("signin:code")


@never_cache
def authenticator(request: HttpRequest) -> HttpResponseBase:
    """Take the code of the authenticator app, or a recovery code."""
    way, account = proven(request)
    if way is None or account is None:
        return redirect("signin:start")
    form = AuthenticatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asker = browser.asker_on(request, account.mobile)
            totp.prove(account, form.cleaned_data["code"], asker, now=clock.now())
            way.prove(request, account, journey.AUTHENTICATOR)
            return onward(request)
        except Refusal as refusal:
            form.refuse(refusal)
    return page_of(request, "authenticator", form)


@never_cache
def new_authenticator(request: HttpRequest) -> HttpResponseBase:
    """Set up the authenticator that the organization asks of its administrators, before they get in."""
    way, account = proven(request)
    found = chosen_of(way, account)
    if way is None or account is None or found is None or account.has_totp:
        return redirect("signin:start")
    if not way.secret:
        way.secret = sealed_secret()
        way.save(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            recovery = actions.enroll_authenticator(
                actor_in(found, get_language() or "en"),
                secret=decrypt(way.secret),
                code=form.cleaned_data["code"],
                now=clock.now(),
            )
            way.prove(request, account, journey.AUTHENTICATOR)
            return render(request, "signin/recovery_codes.html", {"codes": recovery, "on_the_way": True})
        except Refusal as refusal:
            form.refuse(refusal)
    return page_of(request, "new_authenticator", form, **setup_context(account, way.secret))


@never_cache
def organization(request: HttpRequest) -> HttpResponseBase:
    """Let who belongs to several organizations choose; go straight in where there is one."""
    way, account = proven(request)
    if way is None or account is None:
        return redirect("signin:start")
    if _missing(request, way, account) is not None:
        return onward(request)
    found = memberships(account)
    if request.method == "POST":
        chosen = next(
            (one for one in found if str(one.organization.pk) == request.POST.get("organization")), None
        )
    else:
        chosen = found[0] if len(found) == 1 else None
    if chosen is not None:
        return enter(request, way, account, chosen)
    refusal = None if found else held_back(account) or NotActive()
    return render(request, "signin/organization.html", {"memberships": found, "refusal": refusal})


@require_POST
def stop_here(request: HttpRequest) -> HttpResponseBase:
    """Stop in the middle: the journey ends, and what it left of somebody who never agreed goes."""
    way, account = proven(request)
    now = clock.now()
    if account is not None:
        stop(account, client="console", locale=get_language() or "en", now=now)
    elif way is not None:
        codes.forget(way.mobile, Purpose.SIGN_IN)
    request.session.flush()
    flash(request, _("Stopped. Nothing of this sign-in was kept."))
    return redirect("signin:start")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """End this session and its device's sign-in; the browser stays known."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor is not None and actor.device_id is not None:
        actions.sign_out(actor, device_id=actor.device_id, now=clock.now())
    request.session.flush()
    return redirect("signin:start")


def _send_code(request: HttpRequest, mobile: str) -> TooManyAttempts | None:
    try:
        with even_time():
            codes.request_code(mobile, Purpose.SIGN_IN, browser.asker_on(request, mobile), now=clock.now())
    except TooManyAttempts as refusal:
        return refusal
    return None


def _begin(request: HttpRequest, mobile: str) -> Journey:
    way = Journey(mobile=mobile, next=next_of(request), started=clock.now().timestamp())
    way.save(request)
    return way


def next_of(request: HttpRequest) -> str:
    """The page that was asked for, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else ""


def proven(request: HttpRequest) -> tuple[Journey | None, Account | None]:
    way = Journey.of(request, now=clock.now())
    return way, way.account() if way else None


def _missing(request: HttpRequest, way: Journey, account: Account) -> str | None:
    known = browser.known_browser(request, account.mobile) is not None
    return way.missing_proof(account, browser_is_known=known)


def onward(request: HttpRequest) -> HttpResponseBase:
    """To the page of the next proof, or of the organization when all are there."""
    way, account = proven(request)
    if way is None or account is None:
        return redirect("signin:start")
    missing = _missing(request, way, account)
    if missing == journey.AUTHENTICATOR:
        return redirect("signin:authenticator")
    if missing == journey.CODE:
        _send_code(request, account.mobile)
        return redirect("signin:code")
    return redirect("signin:organization")


def chosen_of(way: Journey | None, account: Account | None) -> Membership | None:
    if way is None or account is None or not way.organization_id:
        return None
    chosen = UUID(way.organization_id)
    return next((one for one in memberships(account) if one.organization.pk == chosen), None)


def enter(request: HttpRequest, way: Journey, account: Account, found: Membership) -> HttpResponseBase:
    if _needs_password(way, found):
        way.organization_id = str(found.organization.pk)
        way.save(request)
        return redirect("signin:scan_password")
    if must_enroll(found, account):
        way.organization_id = str(found.organization.pk)
        way.save(request)
        return redirect("signin:new_authenticator")
    device = browser.sign_in(request, found, now=clock.now())
    response = redirect(way.next or "/")
    browser.remember(response, device.pk)
    return response


def _needs_password(way: Journey, found: Membership) -> bool:
    """Whether the organization wants more than the phone's word; a code by message is more as well."""
    if journey.SCAN not in way.proofs or {journey.CODE, journey.PASSWORD} & set(way.proofs):
        return False
    return Settings.of(found.organization).scan_needs_password


def page_of(request: HttpRequest, name: str, form: OpenForm, **context: object) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    return render(request, f"signin/{name}.html", {"form": form, **context}, status=status)
