"""One entry of the trail, and the verification of the whole chain."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from qince.core.audit import queries, screens, timeline
from qince.core.audit.actions import seal
from qince.core.audit.models import Entry
from qince.core.audit.rules import VIEW
from qince.kit import clock
from qince.kit.actor import Actor
from qince.kit.pages import page
from qince.kit.resource import Resource, lists
from qince.kit.resource.details import Detail
from qince.kit.resource.timeline import kind_words

BREAKS = {
    "altered": lambda: _("The content was changed after it was written."),
    "missing": lambda: _("An entry is missing here."),
    "relinked": lambda: _("The link to the entry before does not fit."),
    "cut_off": lambda: _("The trail ends before the link that was noted."),
    "rewritten": lambda: _("The trail was rewritten after this day's head was signed."),
    "forged": lambda: _("This day's head was not signed here."),
}


def trail(request: HttpRequest, resource: Resource) -> HttpResponse:
    """The list of the kit, with the way to the verification above it."""
    if request.headers.get("HX-Request"):
        return lists.list_page(request, resource)
    listing = lists.Listing(resource, request.actor, request.GET)  # type: ignore[attr-defined]
    context = {"listing": listing, "resource": resource, "state": listing.state}
    return render(request, "audit/list.html", context)


def detail(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    entry = queries.get_entry(actor, key)
    context = {
        "resource": resource,
        "detail": Detail(resource, actor, entry),
        "row": entry,
        "act": screens.act_words(entry),
        "kind": kind_words(entry.target_kind),
        "client": screens.CLIENTS.get(entry.client, entry.client),
        "moment": timeline.moment(actor, entry),
        "digest": bytes(entry.digest).hex(),
        "link": bytes(entry.link).hex() if entry.link else "",
        "others": _others(actor, entry),
    }
    return render(request, "audit/detail.html", context)


def _others(actor: Actor, entry: Entry) -> list[tuple[Entry, str]]:
    """Other acts upon the same object, the latest first."""
    if entry.target_id is None:
        return []
    same = queries.entries_visible_to(actor).filter(target_id=entry.target_id, target_kind=entry.target_kind)
    return [(each, screens.act_words(each)) for each in same.exclude(pk=entry.pk).order_by("-id")[:20]]


@page(VIEW)
def verification(request: HttpRequest) -> HttpResponse:
    """GET explains; POST seals what waits and walks the whole chain."""
    context: dict[str, Any] = {"result": None, "head": ""}
    if request.method == "POST":
        actor: Actor = request.actor  # type: ignore[attr-defined]
        seal(actor.organization_id)
        head = request.POST.get("head", "").strip()[:100]
        result = queries.verified(expected_head=head)
        breaks = [(found, BREAKS[found.kind]()) for found in result.breaks]
        context = {"result": result, "breaks": breaks, "head": head, "at": clock.now()}
    return render(request, "audit/verification.html", context)
