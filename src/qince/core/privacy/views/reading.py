"""The notice and its earlier versions, for everybody."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods

from qince.core.access.middleware import before_completion
from qince.core.privacy import notice
from qince.core.privacy.doors import before_consent
from qince.core.privacy.language import supported_language
from qince.core.privacy.lifecycle import lives
from qince.core.privacy.models import NoticeVersion
from qince.core.privacy.paper import pdf
from qince.core.privacy.recipients import recipients_of
from qince.core.privacy.registers import COOKIE, registered
from qince.core.privacy.views.acting import notice_for, organization_of


@before_consent
@before_completion
@require_GET
def current(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The notice in force; signed in, that of one's organization."""
    return _document(request, notice_for(request), kind)


@before_consent
@before_completion
@require_GET
def versions(request: HttpRequest) -> HttpResponseBase:
    found = notice.versions(organization_of(request), supported_language())
    return render(request, "privacy/versions.html", {"versions": found})


@before_consent
@before_completion
@require_GET
def version(request: HttpRequest, text_hash: str) -> HttpResponseBase:
    """An earlier version, word for word."""
    found = NoticeVersion.objects.filter(hash=text_hash).first()
    if found is None:
        raise Http404
    return _document(request, found, request.GET.get("document", notice.PRIVACY), is_kept=True)


@before_consent
@before_completion
@require_GET
def paper(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The document in force as PDF; `?version=` names an earlier one by its hash."""
    found = notice_for(request)
    if wanted := request.GET.get("version"):
        kept = NoticeVersion.objects.filter(hash=wanted[:64]).first()
        if kept is None:
            raise Http404
        found = kept
    with translation.override(found.language):
        content = pdf(found, kind)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="qince-{kind}-{found.version}.pdf"'
    return answer


@before_consent
@before_completion
@require_GET
def life(request: HttpRequest) -> HttpResponseBase:
    """The life of each field, from collecting to erasing (C5.2-01)."""
    whose = organization_of(request)
    return render(request, "privacy/life.html", {"lives": lives(recipients_of(whose))})


@before_consent
@before_completion
@require_http_methods(["GET", "POST"])
def cookies(request: HttpRequest) -> HttpResponseBase:
    """What this browser keeps, and deleting it now (C3.1-06, C3.1-07)."""
    held = [each for each in registered.cookies.values() if each.store == COOKIE]
    if request.method == "POST":
        answer = redirect("privacy:cookies")
        if hasattr(request, "session"):
            request.session.flush()
        for each in held:
            answer.delete_cookie(each.name, samesite="Lax")
        answer["Clear-Site-Data"] = '"cookies"'
        return answer
    rows = [(each, each.name in request.COOKIES) for each in registered.cookies.values()]
    return render(request, "privacy/cookies.html", {"rows": rows})


def _document(
    request: HttpRequest, found: NoticeVersion, kind: str, *, is_kept: bool = False
) -> HttpResponseBase:
    documents = {each["kind"]: each for each in notice.opened(found)["documents"]}
    if kind not in documents:
        raise Http404
    context = {
        "notice": found,
        "document": documents[kind],
        "documents": documents.values(),
        "is_kept": is_kept,
    }
    return render(request, "privacy/notice.html", context)
