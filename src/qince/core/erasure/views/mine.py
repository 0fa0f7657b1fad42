"""Copies of one's own data: ask, wait, collect."""

from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from qince.core.access.middleware import signed_in
from qince.core.erasure import copies
from qince.core.erasure.models import Copy
from qince.core.files import packages
from qince.kit import clock
from qince.kit.errors import NotFound
from qince.kit.flash import flash


@signed_in
@require_http_methods(["GET", "POST"])
def copies_page(request: HttpRequest) -> HttpResponseBase:
    actor = request.actor  # type: ignore[attr-defined]
    if request.method == "POST":
        copies.request_own_copy(actor, now=clock.now())
        flash(request, _("Your copy is being made. It will be here in a few minutes."))
        return redirect("erasure:copies")
    own = copies.own_copies(actor)[:20]
    return render(request, "erasure/copies.html", {"copies": own, "now": clock.now()})


@signed_in
@require_POST
def collect(request: HttpRequest, copy_id: UUID) -> HttpResponseBase:
    """The package itself: the link is made and used up in one step, behind the sign-in."""
    actor = request.actor  # type: ignore[attr-defined]
    found = Copy.objects.filter(pk=copy_id).first()
    if found is None:
        raise NotFound
    now = clock.now()
    token = copies.link_copy(actor, found, now=now)
    return packages.served(copies.collect_copy(actor, found, token=token, now=now), found.requested_at)
