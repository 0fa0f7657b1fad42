"""One's own privacy: every purpose with where one stands on it, and the same ease to take back as to give."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qince.core.access.middleware import before_completion, signed_in
from qince.core.privacy import anew, queries
from qince.core.privacy.forms import Act, CircumstancesForm, act_towards
from qince.core.privacy.gate import BASIC, CAPACITY
from qince.core.privacy.models import ConsentEntry
from qince.core.privacy.registry import CIRCUMSTANCES, NEVER, Purpose, declared
from qince.core.privacy.views.acting import leave, notice_for, record
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.kit.flash import flash
from qince.kit.ids import uuid7

LATEST_ACTS = 50
TONES = {
    Act.GRANTED: "green",
    Act.NARROWED: "teal",
    Act.WITHDRAWN: "orange",
    Act.SERVED: "blue",
}  # what is missing is grey


@before_completion
@signed_in
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponseBase:
    employee_id = request.actor.employee_id  # type: ignore[attr-defined]
    states = queries.states(employee_id)
    context = {
        "purposes": [_row(purpose, states[code]) for code, purpose in declared.asked.items()],
        "asked": anew.of(employee_id),
        "notice": notice_for(request),
        "acts": [_act_row(entry) for entry in queries.own_acts(employee_id)[:LATEST_ACTS]],
    }
    return render(request, "privacy/mine.html", context)


@before_completion
@signed_in
@require_POST
def decide(request: HttpRequest, code: str) -> HttpResponseBase:
    """Give, narrow or take back one consent of one's own."""
    purpose = declared.asked.get(code)
    if purpose is None or code == CAPACITY:
        raise Http404
    held = queries.states(request.actor.employee_id)[code]  # type: ignore[attr-defined]
    circumstances, act = _chosen(request, purpose, held)
    record(request, code, act, circumstances, notice_hash=notice_for(request).hash)
    if code == BASIC:
        return leave(request)
    flash(request, _("Changed. It takes effect at once."))
    return redirect("privacy:mine")


@before_completion
@signed_in
@require_POST
def decide_anew(request: HttpRequest, code: str) -> HttpResponseBase:
    """Agree to what a release added to a purpose, or keep the earlier scope."""
    agrees = "agree" in request.POST
    try:
        anew.answer(
            request.actor,  # type: ignore[attr-defined]
            key=uuid7(),
            purpose=code,
            agrees=agrees,
            notice_hash=request.POST.get("notice_hash", ""),
            now=clock.now(),
        )
    except Refusal as refusal:
        flash(request, str(refusal.message), level="warning")
    else:
        kept = _("You keep what you agreed to before. What is new stays closed for you.")
        flash(request, _("Agreed. What is new is open now.") if agrees else kept)
    return redirect("privacy:mine")


def _chosen(request: HttpRequest, purpose: Purpose, held: dict[str, Any]) -> tuple[str, str]:
    """The circumstances chosen and the act that choosing them is."""
    if purpose.circumstances:
        form = CircumstancesForm(purpose, request.POST)
        if not form.is_valid():
            raise Http404
        chosen = form.cleaned_data["circumstances"]
        return chosen, act_towards(chosen, _held_circumstances(held), purpose.circumstances)
    if _stands(held):
        return "", Act.WITHDRAWN
    return "", Act.GRANTED if "agree" in request.POST else Act.DECLINED


def _stands(held: dict[str, Any]) -> bool:
    return held["state"] in (Act.GRANTED, Act.NARROWED)


def _held_circumstances(held: dict[str, Any]) -> str:
    return str(held["circumstances"]) if _stands(held) else NEVER


def _row(purpose: Purpose, held: dict[str, Any]) -> dict[str, Any]:
    initial = {"circumstances": _held_circumstances(held)}
    return {
        "purpose": purpose,
        "state": held["state"] or "none",
        "tone": TONES.get(held["state"], "grey"),
        "label": Act(held["state"]).label if held["state"] else _("Not asked yet"),
        "at": held["at"],
        "stands": _stands(held),
        "is_entry": purpose.code == BASIC,
        "is_fixed": purpose.code == CAPACITY,
        "form": CircumstancesForm(purpose, initial=initial) if purpose.circumstances else None,
    }


def _act_row(entry: ConsentEntry) -> dict[str, Any]:
    return {
        "entry": entry,
        "tone": TONES.get(Act(entry.act), "grey"),
        "title": queries.scope_title(entry.purpose),
        "circumstances": CIRCUMSTANCES.get(entry.circumstances, ""),
    }
