"""Pages that mails and text messages lead to: for people who are not signed in, or have no account at all.

The address itself says what it is for (`tokens`); whoever holds it holds that one letter.
"""

from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from qince.core.access.middleware import outside_organizations
from qince.core.letters import tokens, wishes
from qince.core.letters.models import Delivery
from qince.kit import clock
from qince.kit.tenancy import tenant

_PICTURE = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


@contextmanager
def _delivery(purpose: str, token: str) -> Iterator[Delivery | None]:
    """The delivery that the address names, inside its organization; None for an address not made here."""
    named = tokens.read(purpose, token)
    if named is None:
        yield None
        return
    with tenant(named[0]):
        rows = Delivery.objects.select_related("letter__employee", "letter__organization")
        yield rows.filter(pk=named[1]).first()


@outside_organizations
@never_cache
@csrf_exempt  # a mail program posts without having seen a form (RFC 8058); the address is the proof
@require_http_methods(["GET", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponseBase:
    """GET asks, POST does it at once. It also ends the tracking of mails that were sent already."""
    with _delivery(tokens.UNSUBSCRIBE, token) as delivery:
        if delivery is None:
            raise Http404
        if done := request.method == "POST":
            address = wishes.address_of(delivery.letter, delivery.channel)
            wishes.unsubscribe(delivery.channel, address, now=clock.now())
        context = {"is_done": done, "organization": delivery.letter.organization.name}
        return render(request, "letters/unsubscribe.html", context)


@outside_organizations
@never_cache
@require_GET
def follow(request: HttpRequest, token: str) -> HttpResponseBase:
    """On to where the letter links; that it was followed is noted only while the recipient allows it."""
    with _delivery(tokens.LINK, token) as delivery:
        if delivery is None or not delivery.letter.link:
            raise Http404
        _note(delivery, "followed_at", clock.now())
        return HttpResponseRedirect(delivery.letter.link)


@outside_organizations
@never_cache
@require_GET
def picture(request: HttpRequest, token: str) -> HttpResponseBase:
    """The opened-mark: one see-through dot, the same whether anything is noted or not."""
    with _delivery(tokens.PICTURE, token) as delivery:
        if delivery is not None:
            _note(delivery, "opened_at", clock.now())
    return HttpResponse(_PICTURE, content_type="image/gif")


def _note(delivery: Delivery, field: str, now: datetime) -> None:
    """Once, within the time, while consent stands and the address has not unsubscribed (C3.2-04)."""
    letter = delivery.letter
    if not delivery.is_tracked or getattr(delivery, field) or now > letter.created_at + tokens.TRACKED_FOR:
        return
    address = wishes.address_of(letter, delivery.channel)
    if not wishes.may_track(letter) or wishes.is_unsubscribed(delivery.channel, address):
        return
    setattr(delivery, field, now)
    delivery.save(update_fields=[field])


@outside_organizations
@never_cache
@require_GET
def read(request: HttpRequest, token: str) -> HttpResponseBase:
    """A letter to somebody without an account; after a while the address no longer opens it."""
    with _delivery(tokens.READ, token) as delivery:
        now = clock.now()
        if delivery is None or now > delivery.letter.created_at + tokens.READABLE_FOR:
            raise Http404
        letter = delivery.letter
        if letter.read_at is None:
            letter.read_at = now
            letter.save(update_fields=["read_at"])
        return render(request, "letters/public.html", {"letter": letter, "rendered": letter.rendered})
