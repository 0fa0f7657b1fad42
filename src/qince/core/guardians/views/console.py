"""Minors, their guardians and open age reviews, for administrators and privacy officers."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qince.core.access.middleware import signed_in
from qince.core.guardians import guardianship, queries, reviewing
from qince.core.guardians.forms import FindingForm, GuardianForm, ReviewForm
from qince.core.guardians.models import Guardian, Minor
from qince.core.guardians.rules import MANAGE
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.flash import flash
from qince.kit.resource.forms import ActorForm, attempt


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.may(MANAGE):
        raise PermissionDenied
    return actor


@signed_in
def minors(request: HttpRequest) -> HttpResponse:
    actor = _actor(request)
    seen = queries.minors_visible_to(actor)
    people = list(seen.exclude(stage=Minor.Stage.GROWN).order_by("found_at"))
    held = Guardian.objects.filter(employee__in=[each.employee_id for each in people], ended_at__isnull=True)
    guardians = {each.employee_id: each for each in held.defer("proof")}
    reviews = queries.reviews_visible_to(actor).order_by("opened_at")
    context = {"rows": [(each, guardians.get(each.employee_id)) for each in people], "reviews": reviews}
    return render(request, "guardians/minors.html", context)


@signed_in
def guardian(request: HttpRequest, minor_id: UUID) -> HttpResponse:
    """Enter who may consent; the question goes out at once."""
    actor = _actor(request)
    minor = queries.get_minor(actor, minor_id)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = GuardianForm(*sent, actor=actor)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        done, _none = attempt(
            actor, form, lambda: guardianship.enter_guardian(actor, minor, now=clock.now(), **values)
        )
        if done:
            flash(request, _("The guardian has been asked by text message."))
            return redirect("guardians:minors")
    return _form(request, form, minor.employee.name, _("Ask the guardian"), is_upload=True)


@signed_in
@require_POST
def asking(request: HttpRequest, minor_id: UUID) -> HttpResponse:
    actor = _actor(request)
    guardianship.ask_again(actor, queries.get_minor(actor, minor_id), now=clock.now())
    flash(request, _("The guardian has been asked by text message."))
    return redirect("guardians:minors")


@signed_in
@require_POST
def withdrawal(request: HttpRequest, minor_id: UUID) -> HttpResponse:
    """The guardian wrote or called: the consent is taken back."""
    actor = _actor(request)
    guardianship.withdraw(actor, queries.get_minor(actor, minor_id), now=clock.now())
    flash(request, _("The consent is taken back. The account is closed until it is given again."))
    return redirect("guardians:minors")


@signed_in
def new_review(request: HttpRequest) -> HttpResponse:
    actor = _actor(request)
    form = ReviewForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        done, _none = attempt(actor, form, lambda: reviewing.open_review(actor, now=clock.now(), **values))
        if done:
            flash(
                request,
                _("Noted. An administrator and a privacy officer each look at it; nothing is closed."),
            )
            return redirect("guardians:minors")
    return _form(request, form, _("Somebody may be under 18"), _("Open a review"))


@signed_in
def review(request: HttpRequest, age_review_id: UUID) -> HttpResponse:
    actor = _actor(request)
    found = queries.get_review(actor, age_review_id)
    form = FindingForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        done, result = attempt(actor, form, lambda: reviewing.find(actor, found, now=clock.now(), **values))
        if done:
            is_done = result.closed_at is not None
            said = (
                _("Both agree; it is carried out.") if is_done else _("Noted. The other person decides too.")
            )
            flash(request, said)
            return redirect("guardians:minors")
    context = {"form": form, "review": found}
    return render(request, "guardians/review.html", context, status=422 if form.errors else 200)


def _form(
    request: HttpRequest, form: ActorForm, title: str, submit: str, *, is_upload: bool = False
) -> HttpResponse:
    context = {"form": form, "title": title, "submit": submit, "is_upload": is_upload}
    return render(request, "guardians/form.html", context, status=422 if form.errors else 200)
