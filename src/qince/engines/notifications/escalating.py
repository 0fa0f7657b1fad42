"""An urgent letter that nobody reads goes on by the next channel, once: from the app and push messages to SMS."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from qince.core.letters.channels import channel
from qince.core.letters.handlers import enqueue
from qince.core.letters.models import Delivery, Letter
from qince.core.letters.registry import group_of
from qince.core.letters.routing import ESCALATION, SENDER
from qince.core.organizations.models import Organization
from qince.core.organizations.settings import Settings
from qince.engines.notifications.choices import Channel, When, chosen_by
from qince.kit.action import action, note
from qince.kit.actor import Actor, system_actor

State = Delivery.State
NEXT = Channel.SMS
ESCALATED = "escalated"


def wait_of(organization: Organization) -> timedelta:
    """How long an urgent letter may stay unread before it goes on."""
    return timedelta(minutes=Settings.of(organization).urgent_minutes)


def concerns(letter: Letter) -> bool:
    """Whether it may go on: urgent, to an employee, and by channels that people's preferences chose, not the sender."""
    if not letter.is_urgent or letter.employee_id is None:
        return False
    rows = Delivery.objects.filter(letter=letter, channel=Delivery.Channel.APP)
    return bool(rows.exclude(decided_by=SENDER).exists())


def go_on(letter: Letter, *, now: datetime) -> bool:
    """Send it on by the next channel unless that was done; whether it was done now."""
    assert letter.organization_id is not None
    return escalate(
        system_actor(letter.organization_id, "notifications.escalate"), letter_id=letter.pk, now=now
    )


@action("notifications.escalate", permission=None)
def escalate(actor: Actor, *, letter_id: UUID, now: datetime) -> bool:
    """What was read or recalled meanwhile stays where it is; what waits for a push service is not sent twice."""
    rows = Letter.objects.select_for_update(of=("self",)).select_related("employee")
    letter = rows.filter(pk=letter_id, read_at__isnull=True, recalled_at__isnull=True).first()
    if letter is None or not concerns(letter):
        return False
    if Delivery.objects.filter(letter=letter, channel=NEXT).exists():
        return False
    row = Delivery(letter=letter, channel=NEXT, at=now, decided_by=ESCALATION)
    if reason := _obstacle(letter):
        row.state, row.reason = State.SKIPPED, reason
    row.save()
    if row.state == State.PENDING:
        _stop_push(letter, now)
        enqueue([letter.pk])
    note(letter, channel=NEXT, state=row.state)
    return row.state == State.PENDING


def _obstacle(letter: Letter) -> str:
    assert letter.employee_id is not None
    when = chosen_by({letter.employee_id}).get((letter.employee_id, group_of(letter.kind), NEXT))
    if when == When.NEVER and not letter.declared.is_mandatory:
        return "preference"
    return channel(NEXT).obstacle(letter)


def _stop_push(letter: Letter, now: datetime) -> None:
    """A push service that comes back does not repeat what the text message said.

    One that is being carried at this moment is settled by its carrier, who may be waiting for this letter.
    """
    waiting = Delivery.objects.filter(letter=letter, channel=Channel.PUSH, state=State.PENDING)
    free = [each.pk for each in waiting.select_for_update(skip_locked=True, of=("self",))]
    Delivery.objects.filter(pk__in=free).update(state=State.CANCELLED, reason=ESCALATED, at=now)


def escalate_all(organization_id: UUID, letter_ids: Collection[UUID], *, now: datetime) -> int:
    """Those of the letters that are still unread; how many went on. Each in a transaction of its own."""
    actor = system_actor(organization_id, "notifications.escalate")
    return sum(escalate(actor, letter_id=key, now=now) for key in letter_ids)
