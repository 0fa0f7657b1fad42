"""The organization's certification: what stands, what is being checked, and the application."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qince.core.access.middleware import signed_in
from qince.core.certification import actions
from qince.core.certification.forms import CertificationForm, SubmitForm
from qince.core.certification.models import Certification
from qince.core.certification.rules import MANAGE
from qince.core.organizations.models import Organization
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.flash import flash
from qince.kit.resource.forms import attempt

State = Certification.State
_SHOWN = ("certificate", "name", "credit_code", "address", "representative", "id_kind", "valid_to")


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.may(MANAGE):
        raise PermissionDenied
    return actor


def _rows() -> list[Certification]:
    return list(Certification.objects.defer("licence", "letter").order_by("-entered_at"))


@signed_in
def certification(request: HttpRequest) -> HttpResponse:
    """Every application, and the button that hands the draft in."""
    actor = _actor(request)
    form = SubmitForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        sure = form.cleaned_data["is_authorized"]
        if attempt(actor, form, lambda: actions.submit(actor, is_authorized=sure, now=clock.now()))[0]:
            flash(request, _("Submitted. The operator checks the papers."))
            return redirect("certification:certification")
    rows = _rows()
    context = {
        "rows": rows,
        "draft": next((each for each in rows if each.state == State.DRAFT), None),
        "is_waiting": any(each.state == State.SUBMITTED for each in rows),
        "is_certified": any(each.state == State.APPROVED for each in rows),
        "form": form,
        "tab": "certification",
    }
    return render(request, "certification/certification.html", context, status=422 if form.errors else 200)


@signed_in
def application(request: HttpRequest) -> HttpResponse:
    """Write the draft."""
    actor = _actor(request)
    draft = next((each for each in _rows() if each.state == State.DRAFT), None)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CertificationForm(*sent, actor=actor, row=draft, initial=_initial(actor, draft))
    if request.method == "POST" and form.is_valid():
        done, _draft = attempt(
            actor, form, lambda: actions.enter(actor, now=clock.now(), **form.cleaned_data)
        )
        if done:
            flash(request, _("Saved as a draft. Look it over and submit it."))
            return redirect("certification:certification")
    context = {"form": form, "tab": "certification"}
    return render(request, "certification/application.html", context, status=422 if form.errors else 200)


def _initial(actor: Actor, draft: Certification | None) -> dict[str, object]:
    if draft is not None:
        return {name: getattr(draft, name) for name in _SHOWN}
    found = Organization.objects.get(pk=actor.organization_id)
    return {"name": found.name, "credit_code": found.credit_code}
