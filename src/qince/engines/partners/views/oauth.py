"""The addresses apps call: authorize in the member's browser, token and profile from the app's server."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from qince.core.access.middleware import outside_organizations, signed_in
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.core.privacy.actions import Decision, record_consent
from qince.core.privacy.gate import Standing
from qince.engines.partners import apps_directory, consents
from qince.engines.partners.apps_directory import NoToken, Wanted, unknown_client
from qince.kit import clock
from qince.kit.actor import Actor, system_actor
from qince.kit.errors import Refusal
from qince.kit.ids import uuid7
from qince.kit.tenancy import tenant


@signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def authorize(request: HttpRequest) -> HttpResponseBase:
    """What the app would get, in words; the member agrees or declines, each a row of the ledger."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    asked = {name: value for name, value in (request.POST or request.GET).items() if isinstance(value, str)}
    found = apps_directory.wanted(actor.organization_id, asked)
    person = Employee.objects.get(pk=actor.person_id)
    agreed = Standing(person.pk).allows(consents.code_of(found.recipient))
    if request.method == "GET":
        return render(request, "partners/authorize.html", _page(found, asked, agreed))
    if "decline" in request.POST:
        _decide(actor, found, "withdrawn" if agreed else "declined", "")
        return _away(request, found, {"error": "access_denied"})
    _decide(actor, found, "granted", request.POST.get("text_hash", ""))
    code = apps_directory.open_app(actor, request=found, now=clock.now())
    return _away(request, found, {"code": code})


def _page(found: Wanted, asked: dict[str, str], agreed: bool) -> dict[str, Any]:
    text = consents.text_of(found.recipient)
    return {
        "recipient": found.recipient,
        "text": text,
        "scopes": apps_directory.scope_words(found.scopes),
        "asked": {name: value for name, value in asked.items() if name not in ("csrfmiddlewaretoken",)},
        "agreed": agreed,
    }


def _decide(actor: Actor, found: Wanted, act: str, text_hash: str) -> None:
    now = clock.now()
    decision = Decision(
        id=uuid7(),
        purpose=consents.code_of(found.recipient),
        act=act,
        notice_hash=text_hash[:64],
        occurred_at=now,
    )
    record_consent(actor, decision=decision, now=now)


def _away(request: HttpRequest, found: Wanted, answer: dict[str, str]) -> HttpResponse:
    """Back to the registered address and nowhere else, by a page: our policy lets no form end at another site."""
    sign = "&" if "?" in found.redirect else "?"
    address = f"{found.redirect}{sign}{urlencode({**answer, 'state': found.state})}"
    return render(request, "partners/away.html", {"address": address, "recipient": found.recipient})


def _for_apps(view: Callable[[HttpRequest], dict[str, Any]]) -> Callable[[HttpRequest], HttpResponse]:
    """An address for another server: no session, no form token, refusals as JSON."""

    @wraps(view)
    def answered(request: HttpRequest) -> HttpResponse:
        try:
            return JsonResponse(view(request), headers={"Cache-Control": "no-store"})
        except Refusal as refusal:
            body = {"error": refusal.code, "error_description": str(refusal.message)}
            return JsonResponse(body, status=refusal.status, headers={"Cache-Control": "no-store"})

    return outside_organizations(csrf_exempt(answered))


@require_POST
@_for_apps
def token(request: HttpRequest) -> dict[str, Any]:
    """`grant_type=authorization_code` with code, verifier, redirect address, client id and secret."""
    posted = request.POST
    organization, app_id = apps_directory.taken_apart(posted.get("client_id", ""))
    whose, _dash, code = posted.get("code", "").partition("-")
    if posted.get("grant_type") != "authorization_code":
        raise apps_directory.BadGrant("unsupported_grant_type", _("Only authorization codes are offered."))
    if not _is_open(organization) or whose != organization.hex:
        raise unknown_client()
    actor = system_actor(organization, "partners.redeem")
    with tenant(organization):
        return apps_directory.redeem(
            actor, app_id=app_id, secret=posted.get("client_secret", ""), code=code,
            verifier=posted.get("code_verifier", ""), redirect=posted.get("redirect_uri", ""), now=clock.now(),
        )  # fmt: skip


@require_GET
@_for_apps
def profile(request: HttpRequest) -> dict[str, Any]:
    """The agreed fields of the member behind the bearer token."""
    _kind, _blank, bearer = request.headers.get("Authorization", "").partition(" ")
    whose, _dash, secret = bearer.partition("-")
    try:
        organization = UUID(hex=whose)
    except ValueError:
        raise NoToken("invalid_token", _("The token is not valid, or no longer.")) from None
    if not _is_open(organization):
        raise NoToken("invalid_token", _("The token is not valid, or no longer."))
    actor = system_actor(organization, "partners.read_profile")
    with tenant(organization):
        return apps_directory.read_profile(
            actor, token=secret, purpose=request.GET.get("purpose", ""),
            policy=request.headers.get("Qince-Policy", ""), now=clock.now(),
        )  # fmt: skip


def _is_open(organization: UUID) -> bool:
    return Organization.objects.filter(pk=organization, state=Organization.State.ACTIVE).exists()
