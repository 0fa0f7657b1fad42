"""One's own data for somebody one names: ask, read, agree, collect."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qince.core.access.middleware import signed_in
from qince.core.files.serving import guard
from qince.core.people.models import Employee
from qince.engines.partners import packages
from qince.engines.partners.forms import PackageForm
from qince.engines.partners.models import Package
from qince.kit import clock
from qince.kit.flash import flash
from qince.kit.resource.forms import attempt

SHOWN = 30


@signed_in
@never_cache
def mine(request: HttpRequest) -> HttpResponseBase:
    actor: Any = request.actor  # type: ignore[attr-defined]
    choices = packages.offered(Employee.objects.get(pk=actor.person_id))
    form = PackageForm(request.POST or None, actor=actor, choices=choices)
    if request.method == "POST" and form.is_valid():
        done, made = attempt(
            actor, form, lambda: packages.prepare(actor, now=clock.now(), **form.cleaned_data)
        )
        if done:
            return redirect("partners:package", made.pk)
    rows = Package.objects.filter(employee=actor.employee_id).order_by("-made_at")[:SHOWN]
    context = {"form": form, "rows": rows}
    return render(request, "partners/packages.html", context, status=422 if form.errors else 200)


@signed_in
@never_cache
def show(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """To whom, what for, which records, word for word; then agreeing, collecting, taking back."""
    found = packages.own(request.actor, key)  # type: ignore[attr-defined]
    context = {
        "package": found,
        "titles": packages.titles(found),
        "stands": packages.stands(found),
        "text_hash": packages.text_hash(found),
    }
    return render(request, "partners/package.html", context)


@signed_in
@require_POST
def answer(request: HttpRequest, key: UUID) -> HttpResponseBase:
    actor: Any = request.actor  # type: ignore[attr-defined]
    found = packages.own(actor, key)
    act = "granted" if "agree" in request.POST else "withdrawn"
    packages.decide(actor, found, act=act, given_hash=request.POST.get("text_hash", ""), now=clock.now())
    flash(request, _("Agreed. You can collect the package now.") if act == "granted" else _("Taken back."))
    return redirect("partners:package", key)


@signed_in
@require_POST
def collect(request: HttpRequest, key: UUID) -> HttpResponseBase:
    actor: Any = request.actor  # type: ignore[attr-defined]
    found = packages.own(actor, key)
    now = clock.now()
    clear = packages.give(actor, found, now=now)
    name = f"qince-package-{now:%Y-%m-%d}.zip"
    response = FileResponse(clear, as_attachment=True, filename=name, content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    return guard(response)
