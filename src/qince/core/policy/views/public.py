"""Releases for everybody: what changed, why it is considerable, what others say about it."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from qince.core.access.middleware import before_completion
from qince.core.policy import differences, showing
from qince.core.policy.actions import comment_on, is_open_for_comments
from qince.core.policy.models import Release
from qince.core.privacy.actions import POLICY_UPDATE, record_served
from qince.core.privacy.doors import before_consent
from qince.core.privacy.gate import CHANGE
from qince.core.privacy.language import supported_language
from qince.core.privacy.models import NoticeVersion
from qince.core.privacy.notice import opened
from qince.core.privacy.views.acting import notice_for, organization_of
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.flash import flash


@before_consent
@before_completion
@require_GET
def releases(request: HttpRequest) -> HttpResponseBase:
    """Every release, announced ones first, with what made it considerable."""
    rows = [
        {"release": each, "reasons": showing.reasons(each), "is_waiting": each.effective_at > clock.now()}
        for each in Release.objects.all()
    ]
    return render(request, "policy/releases.html", {"rows": rows})


@before_consent
@before_completion
@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, number: str) -> HttpResponseBase:
    """One release: reasons, differences, comments. During the comment period anybody may write one."""
    found = _release(number)
    if request.method == "POST":
        return _commented(request, found)
    _served(request)
    now = clock.now()
    context = {
        "release": found,
        "reasons": showing.reasons(found),
        "parts": showing.parts(found, organization_of(request), supported_language()),
        "comments": found.comments.all(),
        "may_comment": is_open_for_comments(found, now),
        "is_waiting": found.effective_at > now,
    }
    return render(request, "policy/release.html", context)


def _release(number: str) -> Release:
    found = (
        Release.objects.filter(number=int(number)).first() if number.isdigit() and len(number) < 9 else None
    )
    if found is None:
        raise Http404
    return found


def _commented(request: HttpRequest, found: Release) -> HttpResponseBase:
    source, actor = request.META.get("REMOTE_ADDR", ""), getattr(request, "actor", None)
    try:
        comment_on(
            found,
            name=request.POST.get("name", ""),
            text=request.POST.get("text", ""),
            source=source,
            employee_id=actor.employee_id if actor else None,
            now=clock.now(),
        )
    except Refusal as refusal:
        flash(request, str(refusal.message), level="warning")
    else:
        flash(request, _("Thank you. Your comment stands below."))
    return redirect("policy:release", number=str(found.number))


def _served(request: HttpRequest) -> None:
    """A member who reads the announcement was told through it: on record before any decision (C2.0-06)."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return
    shown = notice_for(request)
    try:
        record_served(
            actor, purposes=(CHANGE,), notice_hash=shown.hash, method=POLICY_UPDATE, now=clock.now()
        )
    except Refusal:  # the text changed this very moment: reading goes on
        return


@before_consent
@before_completion
@require_GET
def compare(request: HttpRequest) -> HttpResponseBase:
    """The differences between any two kept versions in one language."""
    old, new = (_version(request.GET.get(name, "")) for name in ("old", "new"))
    if old.language != new.language:
        raise Http404
    context = {"old": old, "new": new, "parts": differences.between(opened(old), opened(new))}
    return render(request, "policy/compare.html", context)


def _version(text_hash: str) -> NoticeVersion:
    found = NoticeVersion.objects.filter(hash=text_hash[:64]).first() if text_hash else None
    if found is None:
        raise Http404
    return found
