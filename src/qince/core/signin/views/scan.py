"""Signing in by the phone app: a code to scan, the phone's word, then the organization and what it asks for."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qince.core.accounts import passwords, scanning
from qince.core.accounts.limits import even_time
from qince.core.signin import browser, journey
from qince.core.signin.asking import asker_of
from qince.core.signin.forms import ScanPasswordForm
from qince.core.signin.journey import Journey
from qince.core.signin.views.sign_in import chosen_of, enter, next_of, onward, page_of, proven
from qince.kit import clock
from qince.kit.errors import Refusal

KEY = "scan"  # the row of the code that this session shows; another session cannot use it


@never_cache
def scan(request: HttpRequest) -> HttpResponseBase:
    """Show a code, new at each look. The page then asks by itself whether a phone has confirmed it."""
    if request.actor is not None:  # type: ignore[attr-defined]
        return redirect("/")
    wanted, context = next_of(request), dict[str, Any]()
    try:
        shown = scanning.show(asker_of(request), browser=browser.browser_name(request), now=clock.now())
    except Refusal as refusal:
        context = {"refusal": refusal, "next": wanted}
        return render(request, "signin/scan.html", context, status=refusal.status)
    request.session[KEY] = {"id": str(shown.id), "next": wanted}
    context = {
        "picture": scanning.picture(f"{_origin(request)}/m/#/me/scan/{shown.code}"),
        "letters": f"{shown.code[:5]} {shown.code[5:]}",
        "state": scanning.WAITING,
        "next": wanted,
    }
    return render(request, "signin/scan.html", context)


def _origin(request: HttpRequest) -> str:
    """Where the phone is to open the app: as this page was opened, unless the operator named the address."""
    named = bool(settings.CSRF_TRUSTED_ORIGINS)
    return settings.PUBLIC_URL if named else f"{request.scheme}://{request.get_host()}"


@never_cache
@require_POST
def scan_state(request: HttpRequest) -> HttpResponseBase:
    """Go on once a phone has confirmed; the code is used up by that."""
    held: dict[str, str] | None = request.session.get(KEY)
    now, is_part = clock.now(), bool(request.headers.get("HX-Request"))
    state = scanning.state(UUID(held["id"]), now=now) if held else scanning.OVER
    if held and state == scanning.CONFIRMED:
        try:
            return _confirmed(request, held, is_part)
        except scanning.NoSuchScan:
            state = scanning.OVER
    if is_part and state == scanning.WAITING:
        return HttpResponse(status=204)
    if is_part:
        return render(request, "signin/_scan_over.html", {"next": (held or {}).get("next", "")})
    return redirect("signin:scan")


def _confirmed(request: HttpRequest, held: dict[str, str], is_part: bool) -> HttpResponseBase:
    now = clock.now()
    device = scanning.use(UUID(held["id"]), now=now)
    del request.session[KEY]
    way = Journey(mobile=device.account.mobile, next=held["next"], started=now.timestamp())
    way.prove(request, device.account, journey.SCAN)
    answer = onward(request)
    if not is_part:
        return answer
    return HttpResponse(headers={"HX-Redirect": answer["Location"]})


@never_cache
def scan_password(request: HttpRequest) -> HttpResponseBase:
    """The password, where the chosen organization asks for it beside the phone's word."""
    way, account = proven(request)
    found = chosen_of(way, account)
    if way is None or account is None or found is None or journey.SCAN not in way.proofs:
        return redirect("signin:start")
    form = ScanPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with even_time():
                passwords.account_by_password(
                    account.mobile,
                    form.cleaned_data["password"],
                    browser.asker_on(request, account.mobile),
                    now=clock.now(),
                )
            way.prove(request, account, journey.PASSWORD)
            return enter(request, way, account, found)
        except Refusal as refusal:
            form.refuse(refusal)
    return page_of(request, "scan_password", form, organization=found.organization)
