"""What waits for an administrator's authorization: members' deletions and cancellations (C6.2-10, C6.4-05)."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qince.core.rights import queries
from qince.core.rights.actions.handling import authorize_case, decline_case
from qince.core.rights.models import Case
from qince.core.rights.rules import AUTHORIZE
from qince.kit import clock
from qince.kit.errors import NotFound
from qince.kit.flash import flash
from qince.kit.pages import page


@page(AUTHORIZE)
def waiting(request: HttpRequest) -> HttpResponseBase:
    rows = Case.objects.filter(queries.WAITING).select_related("subject").order_by("authorization_due_on")
    return render(request, "rights/waiting.html", {"cases": rows})


@page(AUTHORIZE)
def decide(request: HttpRequest, key: UUID) -> HttpResponseBase:
    actor: Any = request.actor  # type: ignore[attr-defined]
    case = Case.objects.filter(queries.WAITING, pk=key).first()
    if case is None:
        raise NotFound
    if request.method == "POST" and "authorize" in request.POST:
        authorize_case(actor, case, now=clock.now())
        flash(request, _("Authorized. The privacy officer carries it out."))
    elif request.method == "POST":
        decline_case(actor, case, now=clock.now(), reason=request.POST.get("reason", ""))
        flash(request, _("Declined. The privacy officer decides."))
    return redirect("rights:waiting")
