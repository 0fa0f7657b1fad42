"""The organization's export: asked for with a proof of who one is, followed, taken away, removed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qince.core.files import packages
from qince.core.processing import archives
from qince.core.processing.forms import ExportForm
from qince.core.processing.models import Archive
from qince.core.processing.rules import EXPORT
from qince.core.signin import confirming
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.flash import flash
from qince.kit.pages import page
from qince.kit.resource.forms import attempt

SHOWN = 20


@page(EXPORT)
@never_cache
def export(request: HttpRequest) -> HttpResponseBase:
    actor, account = _actor(request), confirming.own_account(_actor(request))
    form = ExportForm(request.POST if request.method == "POST" else None, actor=actor, account=account)
    if request.method == "POST" and form.is_valid():
        now, told = clock.now(), form.cleaned_data
        if _passed(form, lambda: confirming.confirm(request, account, told["proof"], now=now)):
            done, _made = attempt(
                actor, form, lambda: archives.request_export(actor, reason=told["reason"], now=now)
            )
            if done:
                flash(request, _("It is being made. You get a message when it is ready."))
                return redirect("processing:export")
    context = {
        "form": form,
        "archives": archives.archives_visible_to(actor)[:SHOWN],
        "now": clock.now(),
        "tab": "export",
    }
    return render(request, "processing/export.html", context, status=422 if form.errors else 200)


def _passed(form: ExportForm, proof: Callable[[], Any]) -> bool:
    try:
        proof()
    except Refusal as refusal:
        form.refuse(refusal)
    return not form.errors


@page(EXPORT)
@require_POST
def collection(request: HttpRequest, archive_id: UUID) -> HttpResponseBase:
    found = _visible(request, archive_id)
    clear = archives.take_export(_actor(request), found, now=clock.now())
    return packages.served(clear, found.requested_at)


@page(EXPORT)
@require_POST
def removal(request: HttpRequest, archive_id: UUID) -> HttpResponseBase:
    archives.remove_export(_actor(request), _visible(request, archive_id), now=clock.now())
    flash(request, _("Removed."))
    return redirect("processing:export")


def _visible(request: HttpRequest, key: UUID) -> Archive:
    found: Archive | None = archives.archives_visible_to(_actor(request)).filter(pk=key).first()
    if found is None:
        raise NotFound
    return found


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined,no-any-return]
