"""The page everybody passes once: the notice, an empty box, and two buttons alike."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from qince.core.access.middleware import before_completion, signed_in
from qince.core.privacy.actions import record_served
from qince.core.privacy.doors import before_consent
from qince.core.privacy.forms import Act, AgreementForm
from qince.core.privacy.gate import BASIC, ENTRY
from qince.core.privacy.models import NoticeVersion
from qince.core.privacy.notice import opened
from qince.core.privacy.views.acting import leave, notice_for, record
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.flash import flash


@before_consent
@before_completion
@signed_in
@never_cache
def agreement(request: HttpRequest) -> HttpResponseBase:
    shown = notice_for(request)
    form = AgreementForm(request.POST or None)
    if "decline" in request.POST:
        return _declined(request)
    if request.method == "POST" and form.is_valid() and _agreed(request):
        return redirect(_goal(request))
    _served(request, shown)
    context = {"notice": shown, "documents": opened(shown)["documents"], "form": form}
    return render(request, "privacy/agreement.html", context)


def _served(request: HttpRequest, shown: NoticeVersion) -> None:
    actor = request.actor  # type: ignore[attr-defined]
    record_served(actor, purposes=ENTRY, notice_hash=shown.hash, method="page", now=clock.now())


def _agreed(request: HttpRequest) -> bool:
    """Whether both acts could be recorded: the text may have changed while it was read."""
    try:
        for purpose in ENTRY:  # one row each
            record(request, purpose, Act.GRANTED, notice_hash=request.POST.get("notice_hash", ""))
    except Refusal as refusal:
        flash(request, str(refusal.message), level="warning")
        return False
    return True


def _declined(request: HttpRequest) -> HttpResponseBase:
    """Declining is an act as well: it is kept, and the session ends."""
    record(request, BASIC, Act.DECLINED, notice_hash=request.POST.get("notice_hash", ""))
    return leave(request)


def _goal(request: HttpRequest) -> str:
    """Where the person was heading, if that is a page of ours."""
    wanted = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if is_ours else "/"
