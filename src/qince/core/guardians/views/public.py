"""The guardian's page: no account, an address sent to their mobile, and a code that proves they hold it."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qince.core.access.middleware import outside_organizations
from qince.core.accounts import codes
from qince.core.accounts.codes import Purpose
from qince.core.guardians import guardianship
from qince.core.guardians.forms import AnswerForm
from qince.core.guardians.models import Guardian
from qince.core.organizations.models import Organization
from qince.core.privacy import notice
from qince.core.privacy.language import supported_language
from qince.core.signin.asking import asker_of
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.errors import Refusal
from qince.kit.flash import flash
from qince.kit.tenancy import tenant


@dataclass(frozen=True, slots=True)
class Question:
    guardian: Guardian
    organization: Organization
    minor: str
    mobile: str
    notice_hash: str


def _question(token: str) -> Question:
    """The open question the address names; 404 for any other address."""
    held = guardianship.read(token)
    if held is None:
        raise Http404
    with tenant(UUID(str(held["o"]))):
        rows = Guardian.objects.defer("proof").select_related("employee__organization")
        found = rows.filter(
            pk=held["g"], question=held["q"], ended_at__isnull=True, answered_at__isnull=True
        ).first()
        if found is None or not found.mobile:
            raise Http404
        organization = found.employee.organization
        shown = notice.current(organization, supported_language())
        return Question(found, organization, found.employee.name, found.mobile, shown.hash)


@outside_organizations
@never_cache
@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """Read, have a code sent, answer."""
    asked = _question(token)
    if "send" in request.POST:
        return _code(request, token, asked)
    form = AnswerForm(
        request.POST if request.method == "POST" else None, initial={"notice_hash": asked.notice_hash}
    )
    if request.method == "POST" and form.is_valid():
        try:
            _answer(request, asked, form)
        except Refusal as refusal:
            form.add_error("code" if "code" in refusal.fields else None, str(refusal.message))
        else:
            granted = form.cleaned_data["answer"] == "yes"
            return render(request, "guardians/answered.html", {"granted": granted, "asked": asked})
    context = {"form": form, "asked": asked}
    return render(request, "guardians/consent.html", context, status=422 if form.errors else 200)


def _code(request: HttpRequest, token: str, asked: Question) -> HttpResponse:
    try:
        codes.request_code(asked.mobile, Purpose.GUARDIAN, asker_of(request), now=clock.now())
    except Refusal as refusal:
        flash(request, str(refusal.message), level="warning")
    return redirect("guardians:consent", token=token)


def _answer(request: HttpRequest, asked: Question, form: AnswerForm) -> None:
    now, values = clock.now(), form.cleaned_data
    codes.use_code(asked.mobile, Purpose.GUARDIAN, values["code"], asker_of(request), now=now)
    guardianship.answer(
        system_actor(asked.organization.pk, "guardians.guardian"),
        asked.guardian,
        is_granted=values["answer"] == "yes",
        notice_hash=values["notice_hash"],
        now=now,
    )
