"""Writing letters. Features send within acts of their own; channels beyond the app are served after the commit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from qince.core.letters import wishes
from qince.core.letters.channels import channel
from qince.core.letters.events import LettersRead, LettersWritten
from qince.core.letters.models import Delivery, Letter
from qince.core.letters.registry import kinds
from qince.core.people.models import Employee
from qince.kit.action import action, note, note_set
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, NotFound
from qince.kit.events import publish

State = Delivery.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """An employee, or somebody outside by what is known of them."""

    employee_id: UUID | None = None
    name: str = ""
    mobile: str = ""
    email: str = ""


@action("letters.send", permission=None)
def send(
    actor: Actor,
    *,
    to: Sequence[Addressee],
    kind: str,
    values: Mapping[str, str],
    channels: tuple[str, ...] = ("app",),
    link: str = "",
    now: datetime,
    urgent: bool = False,
) -> list[Letter]:
    """Write one letter to each addressee, in their order, without those who want no letters of an optional kind.

    `kind` is a declared one, `values` fill its texts, `link` is a path of ours. An employee who is not there
    raises `NotFound`. A channel that cannot reach somebody is on record as skipped, with the reason.
    """
    if kind not in kinds:
        raise ValueError(f"no letter is declared as {kind}")
    if link and (not link.startswith("/") or link.startswith("//")):
        raise ValueError("a letter links to a path of this service only")
    letters = _letters(to, kind, values, link, urgent, now)
    Letter.objects.bulk_create(letters, batch_size=500)
    ways = [_way(letter, name, now) for letter in letters for name in dict.fromkeys(channels)]
    Delivery.objects.bulk_create(ways, batch_size=500)
    note_set(Letter, kind, count=len(letters), channels=list(channels))
    told = tuple(letter.employee_id for letter in letters if letter.employee_id)
    publish(LettersWritten(tuple(letter.pk for letter in letters), told))
    return letters


def _letters(
    to: Sequence[Addressee], kind: str, values: Mapping[str, str], link: str, urgent: bool, now: datetime
) -> list[Letter]:
    people = _people(each.employee_id for each in to if each.employee_id)
    pushed = {} if kinds[kind].is_mandatory else wishes.pushed_of(people)
    wanted = [each for each in to if wishes.is_wanted(kinds[kind], _choice(pushed, each))]
    return [
        Letter(
            employee=people[each.employee_id] if each.employee_id else None,
            name="" if each.employee_id else each.name,
            mobile="" if each.employee_id else each.mobile,
            email="" if each.employee_id else each.email,
            kind=kind,
            values=wishes.values_for(kinds[kind], _choice(pushed, each), values),
            link=link,
            is_urgent=urgent,
            created_at=now,
        )
        for each in wanted
    ]


def _choice(pushed: Mapping[UUID, wishes.Pushed], to: Addressee) -> wishes.Pushed | None:
    return pushed.get(to.employee_id) if to.employee_id else None


def _people(ids: Iterable[UUID]) -> dict[UUID, Employee]:
    wanted = set(ids)
    found: dict[UUID, Employee] = Employee.objects.in_bulk(list(wanted))
    if len(found) != len(wanted):
        raise NotFound
    return found


def _way(letter: Letter, name: str, now: datetime) -> Delivery:
    way = channel(name)
    delivery = Delivery(letter=letter, channel=name, at=now)
    if reason := way.obstacle(letter):
        delivery.state, delivery.reason = State.SKIPPED, reason
    elif way.is_immediate:
        delivery.state, delivery.attempts = State.SENT, 1
    return delivery


@action("letters.mark_read", permission=None)
def mark_read(actor: Actor, *, letter_ids: Sequence[UUID] | None = None, now: datetime) -> int:
    """Mark one's own letters read, the listed or (None) all; how many were unread."""
    mine = Letter.objects.filter(employee=actor.person_id, read_at__isnull=True)
    if letter_ids is not None:
        mine = mine.filter(pk__in=list(letter_ids))
    changed: int = mine.update(read_at=now)
    if changed:
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
