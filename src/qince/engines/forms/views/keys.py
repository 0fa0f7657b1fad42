"""Keys of other apps: make one, see it once, revoke it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qince.engines.forms import actions, rules
from qince.engines.forms.console_forms import TokenForm
from qince.engines.forms.models import AppToken
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.kit.flash import flash
from qince.kit.pages import page
from qince.kit.resource.forms import attempt


def _rows(actor: Actor) -> Any:
    return actor.scope(rules.TOKENS).filter(AppToken.objects.select_related("employee"), "employee")


@page(rules.TOKENS)
def keys(request: HttpRequest) -> HttpResponseBase:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = TokenForm(request.POST or None, actor=actor)
    address = ""
    if request.method == "POST" and form.is_valid():
        done, made = attempt(
            actor, form, lambda: actions.make_token(actor, now=clock.now(), **form.cleaned_data)
        )
        if done:
            address = request.build_absolute_uri(f"/odk/key/{made[1]}")
            form = TokenForm(actor=actor)
    rows = list(_rows(actor).order_by("revoked_at", "-created_at")[:200])
    return render(request, "forms/keys.html", {"form": form, "rows": rows, "address": address})


@page(rules.TOKENS)
@require_POST
def revoke(request: HttpRequest, app_token_id: UUID) -> HttpResponseBase:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = _rows(actor).filter(pk=app_token_id).first()
    if found is None:
        raise NotFound
    actions.revoke_token(actor, found, now=clock.now())
    flash(request, _("The key opens nothing any more."))
    return HttpResponseRedirect(reverse("forms:keys"))
