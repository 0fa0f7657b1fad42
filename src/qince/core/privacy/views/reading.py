"""The notice and its earlier versions, for everybody."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from qince.core.access.middleware import before_completion
from qince.core.privacy import notice
from qince.core.privacy.doors import before_consent
from qince.core.privacy.language import supported_language
from qince.core.privacy.models import NoticeVersion
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


def _document(
    request: HttpRequest, found: NoticeVersion, kind: str, *, is_kept: bool = False
) -> HttpResponseBase:
    documents = {each["kind"]: each for each in found.content["documents"]}
    if kind not in documents:
        raise Http404
    context = {
        "notice": found,
        "document": documents[kind],
        "documents": documents.values(),
        "is_kept": is_kept,
    }
    return render(request, "privacy/notice.html", context)
