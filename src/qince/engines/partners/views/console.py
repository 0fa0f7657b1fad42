"""Pages beside the lists: a key shown once, a file handed over, what is published."""

from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qince.core.access.middleware import signed_in
from qince.engines.partners import actions, anonymized, apps_directory, exceptions, publications, queries
from qince.engines.partners.models import Publication
from qince.engines.partners.rules import APPROVE, EDIT
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.flash import flash


@signed_in
@never_cache
@require_POST
def key(request: HttpRequest, recipient_id: UUID) -> HttpResponseBase:
    """Make a new signing key, and for an app a new client secret; both are shown on this page alone."""
    actor = request.actor  # type: ignore[attr-defined]
    recipient = queries.recipients_visible_to(actor).filter(pk=recipient_id).first()
    if recipient is None:
        raise Http404
    if not actor.may(EDIT):
        raise PermissionDenied
    context = {"recipient": recipient, "secret": actions.renew_secret(actor, recipient, now=clock.now())}
    if (app := recipient.apps.first()) is not None:
        context["client_id"], context["client_secret"] = apps_directory.renew_app_secret(
            actor, app, now=clock.now()
        )
    return render(request, "partners/key.html", context)


@signed_in
@never_cache
@require_POST
def hand_over(request: HttpRequest, legal_exception_id: UUID) -> HttpResponseBase:
    """The file for an authority, made and noted in one act."""
    actor = request.actor  # type: ignore[attr-defined]
    entry = queries.exceptions_visible_to(actor).filter(pk=legal_exception_id).first()
    if entry is None:
        raise Http404
    if not actor.may(APPROVE):
        raise PermissionDenied
    body = exceptions.hand_over(actor, entry, now=clock.now())
    name = {"Content-Disposition": f'attachment; filename="disclosure-{entry.pk}.json"'}
    return HttpResponse(body, content_type="application/json", headers=name)


@signed_in
@never_cache
@require_GET
def published(request: HttpRequest) -> HttpResponseBase:
    """What is public in the organization now, and what waits for one's own word."""
    actor = request.actor  # type: ignore[attr-defined]
    mine = Publication.objects.filter(subject=actor.employee_id).order_by("-pk")
    context = {
        "items": publications.published(),
        "mine": [(each, publications.stands(each), publications.text_hash(each)) for each in mine],
    }
    return render(request, "partners/published.html", context)


@signed_in
@require_POST
def decide(request: HttpRequest, publication_id: UUID) -> HttpResponseBase:
    """One's own word on an item about oneself: agree, take back, or object."""
    actor = request.actor  # type: ignore[attr-defined]
    item = Publication.objects.filter(pk=publication_id, subject=actor.employee_id).first()
    if item is None:
        raise Http404
    if "appeal" in request.POST:
        publications.appeal(actor, item, now=clock.now(), text=request.POST.get("text", ""))
    else:
        act = "granted" if "agree" in request.POST else "withdrawn"
        publications.decide(
            actor, item, act=act, text_hash=request.POST.get("text_hash", ""), now=clock.now()
        )
    flash(request, _("Changed. It takes effect at once."))
    return redirect("partners:published")


class AnonymousForm(forms.Form):
    dimensions = forms.MultipleChoiceField(
        label=_lazy("Properties"), widget=forms.CheckboxSelectMultiple,
        choices=[(name, label) for name, (label, _read) in anonymized.DIMENSIONS.items()],
    )  # fmt: skip


@signed_in
@never_cache
def anonymous(request: HttpRequest) -> HttpResponseBase:
    """Figures without people: chosen here, checked, then given as a file."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.may(APPROVE):
        raise PermissionDenied
    form = AnonymousForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            text = anonymized.export(actor, now=clock.now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            name = {"Content-Disposition": 'attachment; filename="anonymous.csv"'}
            return HttpResponse(text.encode("utf-8-sig"), content_type="text/csv", headers=name)
    return render(
        request, "partners/anonymous.html", {"form": form, "least": anonymized.SMALLEST},
        status=422 if form.errors else 200,
    )  # fmt: skip
