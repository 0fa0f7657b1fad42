"""Asking for an exchange of shifts at the console: whom a day leaves to exchange with, and what would be exchanged."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from qince.core.people.choices import COLLEAGUES
from qince.employee.attendance import swap_actions, swaps
from qince.employee.attendance.models import Swap
from qince.employee.attendance.rules import ASK
from qince.employee.attendance.swap_approving import planned
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.choosing import OneOf
from qince.kit.errors import Refusal
from qince.kit.forms import DateInput
from qince.kit.pages import page
from qince.kit.resource import ActorForm


class AskForm(ActorForm):
    on = forms.DateField(label=_("Work date"), widget=DateInput())
    partner: Any = OneOf(COLLEAGUES, label=_("With"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea({"rows": 2}))


def ask(actor: Actor, *, now: datetime, partner: Any, **fields: Any) -> Swap:
    return swap_actions.ask_swap(actor, now=now, partner_id=partner.pk, **fields)


@require_POST
@page(ASK)
def ahead(request: HttpRequest) -> HttpResponse:
    """What the form as it stands comes to: who has something else that day, and what the two would have."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = AskForm(request.POST, actor=actor)
    form.is_valid()
    on, partner = form.cleaned_data.get("on"), form.cleaned_data.get("partner")
    if on is None:
        return render(request, "attendance/_swap_ahead.html", {"is_unsaid": True})
    now = clock.now()
    try:
        offered = [(each, planned(plan)) for each, plan in swaps.choices(actor, on, now)]
        found = swaps.exchange(actor, partner.pk, on, now) if partner else None
    except Refusal as refusal:
        return render(request, "attendance/_swap_ahead.html", {"problem": refusal.message})
    context = {"offered": offered, "partner": partner}
    if found:
        context |= {"gives": planned(found.own), "takes": planned(found.partner)}
    return render(request, "attendance/_swap_ahead.html", context)
