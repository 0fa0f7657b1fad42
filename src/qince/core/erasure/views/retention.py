"""Retention: the rules in force, what the last runs did, what tonight's would do, and what is held."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from qince.core.erasure import holding, retaining
from qince.core.erasure.models import Hold, Report
from qince.core.erasure.rules import RETENTION, VIEW
from qince.core.organizations.models import Organization
from qince.core.organizations.settings import Settings
from qince.core.privacy.ended import terms_of
from qince.core.privacy.registry import declared
from qince.core.privacy.retention import REASONS, RETENTIONS
from qince.kit import clock
from qince.kit.errors import NotFound, Refusal
from qince.kit.flash import flash
from qince.kit.forms import DateInput
from qince.kit.pages import page
from qince.kit.resource.timeline import kind_words

SHOWN = 30


class HoldForm(forms.Form):
    model = forms.ChoiceField(label=gettext_lazy("Kind of record"))
    row_id = forms.UUIDField(
        label=gettext_lazy("Id of the record"), help_text=gettext_lazy("As in its address.")
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)
    reference = forms.CharField(label=gettext_lazy("Contract or file number"), max_length=80)
    until = forms.DateField(label=gettext_lazy("Until"), required=False, widget=DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(each._meta.label_lower, _words(each._meta.label_lower)) for each in holding.holdable()]
        self.fields["model"].choices = sorted(names, key=lambda pair: pair[1])  # type: ignore[attr-defined]


def _words(label: str) -> str:
    return capfirst(str(kind_words(label)))


@page(VIEW)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    return _overview(request, HoldForm())


def _overview(request: HttpRequest, form: HoldForm, status: int = 200) -> HttpResponse:
    organization = Organization.objects.get(pk=request.actor.organization_id)  # type: ignore[attr-defined]
    holds = Hold.objects.filter(released_at__isnull=True).select_related("placed_by").order_by("-placed_at")
    context = {
        "rules": _rules(),
        "reports": Report.objects.order_by("-ran_at")[:SHOWN],
        "holds": [(hold, _words(hold.model)) for hold in holds],
        "form": form,
        "log_days": Settings.of(organization).log_days,
        "may_change": request.actor.may(RETENTION),  # type: ignore[attr-defined]
    }
    return render(request, "erasure/retention.html", context, status=status)


def _rules() -> list[tuple[Any, Any, list[str]]]:
    """Each rule in use: how long, why, and what of."""
    used: dict[str, dict[str, None]] = {}
    for key, each in declared.personal().items():
        for rule in terms_of(key):
            used.setdefault(rule.code, {})[str(each.category)] = None
    return [
        (RETENTIONS[code], REASONS[RETENTIONS[code].reason], list(categories))
        for code, categories in used.items()
    ]


@page(RETENTION)
@require_POST
def trial(request: HttpRequest) -> HttpResponseBase:
    made = retaining.try_run(request.actor, now=clock.now())  # type: ignore[attr-defined]
    return redirect("erasure:report", made.pk)


@page(VIEW)
@require_GET
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    found = Report.objects.filter(pk=report_id).first()
    if found is None:
        raise NotFound
    does = {"delete": _("Erased"), "empty": _("Emptied"), "erase": _("Person erased")}
    lines = [
        (_words(line["model"].lower()), RETENTIONS[line["rule"]].label, does[line["action"]], line)
        for line in found.lines
    ]
    context = {"report": found, "lines": lines, "is_genuine": retaining.signed(found) == found.signature}
    return render(request, "erasure/report.html", context)


@page(RETENTION)
@require_POST
def hold(request: HttpRequest) -> HttpResponseBase:
    form = HoldForm(request.POST)
    if not form.is_valid():
        return _overview(request, form, 422)
    try:
        holding.place_hold(request.actor, now=clock.now(), **form.cleaned_data)  # type: ignore[attr-defined]
    except NotFound:
        form.add_error("row_id", _("There is no such record."))
        return _overview(request, form, 422)
    except Refusal as refusal:
        form.add_error(None, str(refusal.message))
        return _overview(request, form, 422)
    flash(request, _("The record is held."))
    return redirect("erasure:retention")


@page(RETENTION)
@require_POST
def release(request: HttpRequest, hold_id: UUID) -> HttpResponseBase:
    found = Hold.objects.filter(pk=hold_id).first()
    if found is None:
        raise NotFound
    try:
        holding.release_hold(request.actor, found, now=clock.now())  # type: ignore[attr-defined]
    except NotFound:
        raise
    except Refusal as refusal:
        flash(request, str(refusal.message), level="error")
    else:
        flash(request, _("The hold is released."))
    return redirect("erasure:retention")
