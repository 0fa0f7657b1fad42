"""How one wants to be told: channels, quiet hours, and this browser's push messages."""

from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qince.core.access.middleware import signed_in
from qince.core.people.models import Employee
from qince.core.privacy.gate import Standing
from qince.core.privacy.registry import declared
from qince.core.privacy.views.acting import notice_for
from qince.engines.notifications import actions, joining, queries
from qince.engines.notifications.forms import ChannelsForm, QuietForm
from qince.engines.notifications.privacy import PUSH
from qince.engines.notifications.push import keys
from qince.engines.notifications.push.services import is_available
from qince.engines.notifications.worker import source
from qince.kit import clock
from qince.kit.api import read
from qince.kit.errors import Refusal
from qince.kit.flash import flash

SMALL = 16 * 1024


class Joining(msgspec.Struct):
    """What the browser's `PushSubscription` says, and the notice beside which the button was pressed."""

    endpoint: str
    p256dh: str
    auth: str
    notice_hash: str = ""


@signed_in
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponseBase:
    return _page(request)


def _page(
    request: HttpRequest, channels: ChannelsForm | None = None, quiet: QuietForm | None = None
) -> HttpResponse:
    actor: Any = request.actor  # type: ignore[attr-defined]
    person = Employee.objects.select_related("organization").get(pk=actor.person_id)
    context = {
        "channels": channels or ChannelsForm(actor),
        "quiet": quiet or QuietForm(initial=queries.quiet_of(person)),
        "reachable": queries.reachable(person),
        **_push(request),
    }
    return render(request, "notifications/mine.html", context, status=200 if not (channels or quiet) else 422)


def _push(request: HttpRequest) -> dict[str, Any]:
    actor: Any = request.actor  # type: ignore[attr-defined]
    rows = list(queries.devices_of(actor.person_id))
    names = queries.device_names(rows)
    devices = [
        {"row": row, "name": names[row.device_id], "is_here": row.device_id == actor.device_id}
        for row in rows
        if row.device_id in names
    ]
    return {
        "devices": devices,
        "is_here": any(each["is_here"] and each["row"].disabled_at is None for each in devices),  # type: ignore[attr-defined]
        "is_available": is_available(),
        "is_agreed": Standing(actor.person_id).allows(PUSH),
        "purpose": declared.purposes[PUSH],
        "key": keys.public_key() if is_available() else "",
        "notice": notice_for(request),
    }


@signed_in
@require_POST
def choose(request: HttpRequest) -> HttpResponseBase:
    form = ChannelsForm(request.actor, request.POST)  # type: ignore[attr-defined]
    if not form.is_valid():
        return _page(request, channels=form)
    if form.changes:
        actions.choose(request.actor, choices=form.changes, now=clock.now())  # type: ignore[attr-defined]
    flash(request, _("Changed. It takes effect at once."))
    return redirect("notifications:mine")


@signed_in
@require_POST
def set_quiet(request: HttpRequest) -> HttpResponseBase:
    form = QuietForm(request.POST)
    if not form.is_valid():
        return _page(request, quiet=form)
    try:
        actions.set_quiet(request.actor, **form.cleaned_data, now=clock.now())  # type: ignore[attr-defined]
    except Refusal as refusal:
        form.add_error(next(iter(refusal.fields), None), str(refusal.message))
        return _page(request, quiet=form)
    flash(request, _("Changed. It takes effect at once."))
    return redirect("notifications:mine")


@signed_in
@require_POST
def switch_on(request: HttpRequest) -> HttpResponseBase:
    """The browser allowed it and made a subscription: the person's tap is the consent, if there was none yet."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    try:
        told = read(request, Joining, limit=SMALL)
        joining.join(
            actor, endpoint=told.endpoint, p256dh=told.p256dh, auth=told.auth, notice_hash=told.notice_hash,
            now=clock.now(),
        )  # fmt: skip
    except Refusal as refusal:
        return JsonResponse(refusal.as_dict(), status=refusal.status)
    flash(request, _("Push messages come to this browser now."))
    return JsonResponse({})


@signed_in
@require_POST
def switch_off(request: HttpRequest, subscription_id: UUID) -> HttpResponseBase:
    actions.switch_off(request.actor, subscription_id=subscription_id, now=clock.now())  # type: ignore[attr-defined]
    flash(request, _("Changed. It takes effect at once."))
    return redirect("notifications:mine")


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The script that shows push messages in a browser of the console. It serves no page."""
    return HttpResponse(source(), content_type="text/javascript", headers={"Cache-Control": "no-cache"})
