"""The administrators' page, and the page where a successor answers."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qince.core.access.middleware import signed_in
from qince.core.access.rules import GRANT
from qince.core.lifecycle import handover, queries
from qince.core.lifecycle.forms import HandoverForm
from qince.core.lifecycle.models import Handover
from qince.core.people.queries import employees_visible_to
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.flash import flash
from qince.kit.resource.forms import attempt

SHOWN = 20


@signed_in
def administrators(request: HttpRequest) -> HttpResponse:
    """Who administers the organization, handing it over, and every handing over so far."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not actor.may(GRANT):
        raise PermissionDenied
    form = HandoverForm(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        taker = form.cleaned_data["taker"]
        done, _found = attempt(actor, form, lambda: handover.offer(actor, taker=taker, now=clock.now()))
        if done:
            flash(request, _("Offered. Nothing changes before %(name)s accepts.") % {"name": taker.name})
            return redirect("lifecycle:administrators")
    seen = employees_visible_to(actor)  # whoever is restricted is in nobody's sight
    held = seen.filter(pk__in=queries.administrator_ids()).order_by("name_key")
    rows = Handover.objects.filter(giver__in=seen.values("pk"), taker__in=seen.values("pk"))
    rows = rows.select_related("giver", "taker").order_by("-offered_at")
    context: dict[str, Any] = {
        "form": form,
        "held": held,
        "rows": rows[:SHOWN],
        "tab": "administrators",
        "me": actor.employee_id,
    }
    return render(request, "lifecycle/administrators.html", context, status=422 if form.errors else 200)


def _own(request: HttpRequest, key: UUID) -> Handover:
    """A handing over one is part of; any other does not exist."""
    me = request.actor.employee_id  # type: ignore[attr-defined]
    rows = Handover.objects.select_related("giver", "taker").filter(Q(giver=me) | Q(taker=me))
    found: Handover | None = rows.filter(pk=key).first()
    if found is None:
        raise Http404
    return found


@signed_in
def show(request: HttpRequest, key: UUID) -> HttpResponse:
    """What is offered, with both answers alike; for who offered it, how it stands."""
    found = _own(request, key)
    is_mine = found.taker_id == request.actor.employee_id  # type: ignore[attr-defined]
    return render(request, "lifecycle/handover.html", {"handover": found, "is_mine": is_mine})


@signed_in
@require_POST
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    found, actor = _own(request, key), request.actor  # type: ignore[attr-defined]
    try:
        if "withdraw" in request.POST:
            handover.withdraw(actor, found, now=clock.now())
        else:
            handover.answer(actor, found, accepts="accept" in request.POST, now=clock.now())
    except Refusal as refusal:
        flash(request, str(refusal.message), level="error")
    else:
        flash(request, _("Done."))
    return redirect("lifecycle:handover", key)
