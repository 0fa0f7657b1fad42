"""The page that stands before the next start after a considerable change: agree, keep what was, or leave."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from qince.core.access.middleware import before_completion, signed_in
from qince.core.policy import queries, showing
from qince.core.policy.actions import answer_change
from qince.core.privacy.actions import POPUP, record_served
from qince.core.privacy.doors import before_consent
from qince.core.privacy.gate import CHANGE, Standing
from qince.core.privacy.language import supported_language
from qince.core.privacy.views.acting import notice_for, organization_of
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.flash import flash
from qince.kit.ids import uuid7


@before_consent
@before_completion
@signed_in
@never_cache
def change(request: HttpRequest) -> HttpResponseBase:
    release = queries.unanswered(Standing(request.actor.employee_id))  # type: ignore[attr-defined]
    if release is None:
        return redirect(_goal(request))
    shown = notice_for(request)
    if {"agree", "decline"} & set(request.POST) and _answered(request):
        return redirect(_goal(request))
    actor = request.actor  # type: ignore[attr-defined]
    record_served(actor, purposes=(CHANGE,), notice_hash=shown.hash, method=POPUP, now=clock.now())
    context = {
        "release": release,
        "reasons": showing.reasons(release),
        "parts": showing.parts(release, organization_of(request), supported_language()),
        "notice": shown,
    }
    return render(request, "policy/change.html", context)


def _answered(request: HttpRequest) -> bool:
    """Whether the decision could be put on record: the text may have changed while it was read."""
    agrees = "agree" in request.POST
    try:
        answer_change(
            request.actor,  # type: ignore[attr-defined]
            key=uuid7(),
            agrees=agrees,
            notice_hash=request.POST.get("notice_hash", ""),
            method=POPUP,
            now=clock.now(),
        )
    except Refusal as refusal:
        flash(request, str(refusal.message), level="warning")
        return False
    if not agrees:
        flash(request, _("You keep what you agreed to before. What is new stays closed for you."))
    return True


def _goal(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if is_ours else "/"
