"""Writing letters. Features send within acts of their own; channels beyond the app are served after the commit."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from qince.core.letters import forgetting, reaching, routing, settling, wishes
from qince.core.letters.channels import channel
from qince.core.letters.events import LettersRead, LettersRecalled, LettersWritten
from qince.core.letters.models import Delivery, Letter
from qince.core.letters.registry import Because
from qince.core.letters.routing import Way
from qince.core.letters.writing import Addressee, content, write
from qince.core.people.models import Employee
from qince.kit.action import action, note, note_set
from qince.kit.actor import Actor, system_actor
from qince.kit.errors import Conflict, NotFound
from qince.kit.events import publish

__all__ = [
    "Addressee",
    "Because",
    "choose_channels",
    "hand_over",
    "mark_read",
    "recall",
    "send",
    "tell_unreachable",
    "try_again",
]

State = Delivery.State


@action("letters.send", permission=None)
def send(
    actor: Actor,
    *,
    to: Sequence[Addressee],
    kind: str,
    values: Mapping[str, str],
    channels: tuple[str, ...] | None = None,
    link: str = "",
    now: datetime,
    urgent: bool = False,
    because: Because | str = "",
    dedupe: str = "",
) -> list[Letter]:
    """Write one letter to each addressee, in their order, without those who want no letters of an optional kind.

    `kind` is a declared one, `values` fill its texts, `link` is a path of ours. Without `channels` each person's own
    preferences decide. `because` says why these people get it, a declared reason. While a letter with the same
    `dedupe` is unread, a further one to the same person takes its place and goes nowhere again. An employee who is
    not there raises `NotFound`. A channel that cannot reach somebody is on record as skipped, with the reason.
    """
    said = content(kind, values, link, urgent=urgent, because=because, dedupe=dedupe)
    written = write(to, said, now=now)
    ways = routing.router().ways(written.new, channels, now=now) if written.new else {}
    rows = [_delivery(each, way, now) for each in written.new for way in ways[each.pk]]
    Delivery.objects.bulk_create(rows, batch_size=500)
    if said.kind.is_forgotten:
        forgetting.forget([letter.pk for letter in written.new])
    used = sorted({each.channel for each in rows})
    note_set(Letter, kind, count=len(written.new), channels=list(channels) if channels else used)
    told = tuple(letter.employee_id for letter in written.letters if letter.employee_id)
    publish(LettersWritten(tuple(letter.pk for letter in written.new), told))
    return written.letters


def _delivery(letter: Letter, way: Way, now: datetime) -> Delivery:
    carrier = channel(way.channel)
    delivery = Delivery(
        letter=letter, channel=way.channel, at=now, not_before=way.not_before, decided_by=way.decided_by
    )
    if reason := way.obstacle or carrier.obstacle(letter):
        delivery.state, delivery.reason = State.SKIPPED, reason
    elif carrier.is_immediate:
        delivery.state, delivery.attempts = State.SENT, 1
    return delivery


@action("letters.recall", permission=None)
def recall(actor: Actor, *, dedupe: str, employee_ids: Sequence[UUID] | None = None, now: datetime) -> int:
    """Take back the letters about `dedupe` (to everybody, or to the listed), because their reason is gone.

    They stay readable, marked as no longer needed; nothing of them is sent any more. How many were still unread.
    """
    if not dedupe:
        raise ValueError("say what the letters were about")
    rows = Letter.objects.filter(dedupe=dedupe, recalled_at__isnull=True)
    if employee_ids is not None:
        rows = rows.filter(employee__in=list(employee_ids))
    found = list(rows.select_for_update(of=("self",)))
    if not found:
        return 0
    settling.recall([each.pk for each in found], now=now)
    note_set(Letter, found[0].kind, count=len(found))
    publish(LettersRecalled(tuple({each.employee_id for each in found if each.employee_id})))
    return sum(each.read_at is None for each in found)


@action("letters.mark_read", permission=None)
def mark_read(actor: Actor, *, letter_ids: Sequence[UUID] | None = None, now: datetime) -> int:
    """Mark one's own letters read, the listed or (None) all; how many were unread."""
    mine = Letter.objects.filter(employee=actor.person_id, read_at__isnull=True)
    if letter_ids is not None:
        mine = mine.filter(pk__in=list(letter_ids))
    found = list(mine.values_list("pk", flat=True))
    changed: int = mine.filter(pk__in=found).update(read_at=now)
    if changed:
        settling.cancel(found, reason=settling.READ, now=now)
        publish(LettersRead(actor.person_id))
    return changed


@action("letters.choose_channels", permission=None)
def choose_channels(actor: Actor, *, wanted: Sequence[str], now: datetime) -> None:
    """Say by which channels one wants letters that are not owed; the others are unsubscribed."""
    person = Employee.objects.get(pk=actor.person_id)
    addresses = {Delivery.Channel.EMAIL: person.email, Delivery.Channel.SMS: person.mobile}
    for code, address in addresses.items():
        if not address:
            continue
        if code in wanted:
            wishes.subscribe(code, address)
        else:
            wishes.unsubscribe(code, address, now=now)
    note(person, channels=sorted(set(wanted) & set(addresses)))


@action("letters.try_again", permission=None)
def try_again(actor: Actor, *, channel: str, now: datetime) -> None:
    """Say that an own address works again: optional letters go there once more."""
    person = Employee.objects.get(pk=actor.person_id)
    address = {Delivery.Channel.EMAIL: person.email, Delivery.Channel.SMS: person.mobile}.get(
        Delivery.Channel(channel) if channel in wishes.CHANNELS else Delivery.Channel.APP
    )
    if not address or not reaching.lift(channel, address):
        raise NotFound
    note(person, channel=channel)
    recall(
        system_actor(actor.organization_id, "letters.try_again"),
        dedupe=reaching.about(person.pk, channel),
        now=now,
    )


def tell_unreachable(delivery: Delivery, *, now: datetime) -> None:
    """Tell the person in the app, if there is one, that an address takes nothing any more."""
    person = delivery.letter.employee
    if person is None or person.status == Employee.Status.LEFT:
        return
    assert delivery.organization_id is not None
    send(
        system_actor(delivery.organization_id, "letters.deliver"),
        to=[Addressee(employee_id=person.pk)],
        kind=reaching.TOLD[delivery.channel],
        values={},
        channels=(routing.ALWAYS,),
        link=reverse("letters:mine"),
        dedupe=reaching.about(person.pk, delivery.channel),
        now=now,
    )


@action("letters.hand_over", permission=None)
def hand_over(actor: Actor, *, delivery_id: UUID, now: datetime) -> Delivery:
    """Tick a letter on paper as posted, or a call as made. Who may is up to the act this is part of."""
    delivery: Delivery | None = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    if delivery is None:
        raise NotFound
    if not channel(delivery.channel).is_manual or delivery.state != State.PENDING:
        raise Conflict("not_pending", delivery.get_state_display())
    delivery.state, delivery.at, delivery.attempts = State.HANDED_OVER, now, 1
    delivery.save(update_fields=["state", "at", "attempts"])
    note(delivery.letter, state=(State.PENDING, State.HANDED_OVER), channel=delivery.channel)
    return delivery
