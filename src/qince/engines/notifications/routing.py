"""Which ways a letter goes: what the sender names, what people prefer, and not before their quiet hours are over."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from qince.core.letters.models import Letter
from qince.core.letters.registry import group_of
from qince.core.letters.routing import ALWAYS, MANDATORY, PREFERENCE, SENDER, Way
from qince.core.letters.routing import STANDARD as USUAL
from qince.engines.notifications.choices import STANDARD, Channel, Chosen, When, chosen_by, is_wanted
from qince.engines.notifications.models import QuietHours
from qince.engines.notifications.push.subscriptions import subscribed
from qince.engines.notifications.quiet import Quiet

RESTING = frozenset(Channel.values)  # channels that ring


class ByPreference:
    """Mandatory letters ask nobody; urgent ones do not wait."""

    def ways(
        self, letters: Sequence[Letter], channels: tuple[str, ...] | None, *, now: datetime
    ) -> Mapping[UUID, Sequence[Way]]:
        people = {each.employee_id for each in letters if each.employee_id}
        chosen, quiet = chosen_by(people), _quiet_of(people)
        reached = subscribed(people) if channels is None else set()
        found: dict[UUID, Sequence[Way]] = {}
        for letter in letters:
            until = _resting(letter, quiet.get(letter.employee_id), now) if letter.employee_id else None
            named = _named(letter, channels, chosen) if channels else _preferred(letter, chosen, reached)
            found[letter.pk] = [_waiting(way, until) for way in named]
        return found

    def later(self, letter: Letter, channel: str, *, now: datetime) -> datetime | None:
        if letter.employee_id is None or channel not in RESTING:
            return None
        return _resting(letter, _quiet_of({letter.employee_id}).get(letter.employee_id), now)


def _quiet_of(people: set[UUID]) -> dict[UUID, Quiet]:
    rows = QuietHours.objects.filter(employee__in=people, is_on=True)
    return {row.employee_id: quiet_of(row) for row in rows}


def quiet_of(row: QuietHours) -> Quiet:
    return Quiet(starts=row.starts, ends=row.ends, zone=row.zone, days=frozenset(row.days))


def _resting(letter: Letter, quiet: Quiet | None, now: datetime) -> datetime | None:
    if quiet is None or letter.is_urgent or letter.declared.is_mandatory:
        return None
    return quiet.until(now)


def _waiting(way: Way, until: datetime | None) -> Way:
    if until is None or way.obstacle or way.channel not in RESTING:
        return way
    return Way(channel=way.channel, decided_by=way.decided_by, not_before=until)


def _named(letter: Letter, channels: tuple[str, ...], chosen: Chosen) -> Iterator[Way]:
    """The sender's channels, without those that the person does not want for what is not owed."""
    group = group_of(letter.kind)
    for name in dict.fromkeys(channels):
        when = chosen.get((letter.employee_id, group, name)) if letter.employee_id else None
        is_refused = when is not None and not is_wanted(when, is_urgent=letter.is_urgent)
        if is_refused and not letter.declared.is_mandatory:
            yield Way(channel=name, decided_by=PREFERENCE, obstacle="preference")
        else:
            yield Way(channel=name, decided_by=SENDER)


def _preferred(letter: Letter, chosen: Chosen, reached: Collection[UUID]) -> Iterator[Way]:
    """The app, and what the person wants beside it. A text message that only what is urgent may send comes later,
    when the letter was not read in time (`escalating`).
    """
    is_owed = letter.declared.is_mandatory
    yield Way(channel=ALWAYS, decided_by=MANDATORY if is_owed else USUAL)
    if letter.employee_id is None:
        return
    group = group_of(letter.kind)
    for name, standard in STANDARD.items():
        own = chosen.get((letter.employee_id, group, name))
        when = own or standard
        is_later = name == Channel.SMS and when == When.URGENT
        is_forced = is_owed and name == Channel.PUSH
        if name == Channel.PUSH and letter.employee_id not in reached:
            continue
        if is_forced or (is_wanted(when, is_urgent=letter.is_urgent) and not is_later):
            yield Way(channel=name, decided_by=MANDATORY if is_forced else PREFERENCE if own else USUAL)
