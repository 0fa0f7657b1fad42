"""One's own messages: list, one, what still waits, and which channels may carry what is not owed."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qince.core.access.middleware import signed_in
from qince.core.letters import queries, reaching, wishes
from qince.core.letters.actions import choose_channels, mark_read, try_again
from qince.core.letters.models import Delivery
from qince.core.letters.topics import TOPIC, topic_of
from qince.core.letters.words import decision_words, reason_words
from qince.core.people.models import Employee
from qince.kit import clock, navigation
from qince.kit.flash import flash

SHOWN = 30
LATEST = 6
TONES = {"sent": "green", "handed_over": "green", "pending": "blue", "failed": "red"}  # the others are grey


@signed_in
@never_cache
@require_GET
def mine(request: HttpRequest) -> HttpResponseBase:
    actor: Any = request.actor  # type: ignore[attr-defined]
    only_unread = "unread" in request.GET
    rows = queries.letters_to(actor)
    if only_unread:
        rows = queries.unread_of(actor)
    if (last := _last(request)) is not None and (found := queries.letters_to(actor).filter(pk=last).first()):
        rows = queries.letters_before(rows, found.created_at, found.pk)
    letters = list(rows[: SHOWN + 1])
    context = {
        "letters": letters[:SHOWN],
        "next": letters[SHOWN - 1].pk if len(letters) > SHOWN else None,
        "only_unread": only_unread,
        "tabs": _tabs(only_unread),
        "wishes": _wishes(actor),
    }
    return render(request, "letters/mine.html", context)


@signed_in
@never_cache
@require_GET
def bell(request: HttpRequest) -> HttpResponseBase:
    """The bell alone, with how many are unread: fetched again when a letter was written or read."""
    navigation.recount(request.actor)  # type: ignore[attr-defined]
    items = navigation.topbar(request.actor)  # type: ignore[attr-defined]
    [item] = [each for each in items if each.entry.part == "letters:bell"]
    return render(request, "kit/topbar_item.html", {"item": item})


@signed_in
@never_cache
@require_GET
def latest(request: HttpRequest) -> HttpResponseBase:
    """What drops down from the bell: the last few, live while it is open."""
    actor: Any = request.actor  # type: ignore[attr-defined]
    context = {
        "letters": list(queries.letters_to(actor)[:LATEST]),
        "topics": f"{TOPIC} {topic_of(actor.employee_id)}",
    }
    return render(request, "letters/latest.html", context)


def _last(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


def _tabs(only_unread: bool) -> list[dict[str, Any]]:
    return [
        {"label": _("All"), "url": "?", "current": not only_unread},
        {"label": _("Unread"), "url": "?unread", "current": only_unread},
    ]


def _wishes(actor: Any) -> list[dict[str, Any]]:
    """The channels beside the app for which there is an address, and whether they are wanted."""
    person = Employee.objects.get(pk=actor.person_id)
    addresses = {"email": person.email, "sms": person.mobile}
    off, dead = wishes.unsubscribed_channels(addresses), reaching.suppressed_channels(addresses)
    labels = {"email": _("E-mail"), "sms": _("Text message")}
    return [
        {"code": code, "label": labels[code], "is_on": code not in off, "is_dead": code in dead}
        for code, address in addresses.items()
        if address
    ]


@signed_in
@never_cache
@require_GET
def detail(request: HttpRequest, letter_id: UUID) -> HttpResponseBase:
    """Opening a message marks it read."""
    actor = request.actor  # type: ignore[attr-defined]
    letter = queries.get_letter(actor, letter_id)
    if letter.read_at is None:
        mark_read(actor, letter_ids=[letter.pk], now=clock.now())
    context = {"letter": letter, "rendered": letter.rendered, "ways": [_way(each) for each in letter.ways]}
    return render(request, "letters/detail.html", context)


def _way(delivery: Delivery) -> dict[str, Any]:
    """One channel: how far it came, and which rule chose it."""
    is_waiting = delivery.state == Delivery.State.PENDING
    return {
        "row": delivery,
        "tone": TONES.get(delivery.state, "grey"),
        "obstacle": reason_words(delivery.reason),
        "waits_until": delivery.not_before if is_waiting else None,
        "decided_by": decision_words(delivery.decided_by),
    }


@signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponseBase:
    mark_read(request.actor, now=clock.now())  # type: ignore[attr-defined]
    return redirect("letters:mine")


@signed_in
@require_POST
def choose(request: HttpRequest) -> HttpResponseBase:
    choose_channels(request.actor, wanted=request.POST.getlist("channel"), now=clock.now())  # type: ignore[attr-defined]
    flash(request, _("Changed. It takes effect at once."))
    return redirect("letters:mine")


@signed_in
@require_POST
def again(request: HttpRequest, channel: str) -> HttpResponseBase:
    """An own address works again."""
    try_again(request.actor, channel=channel, now=clock.now())  # type: ignore[attr-defined]
    flash(request, _("Messages go there again."))
    return redirect("letters:mine")
