"""Sending what the door let through. The only caller of the wire."""

from datetime import datetime, timedelta
from uuid import UUID

from qince.core.people.models import Employee
from qince.engines.partners import door, egress, outbox
from qince.engines.partners.models import Outgoing, Recipient
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant

State = Outgoing.State
LEASE = timedelta(minutes=5)  # a sender that says nothing for this long is gone; the same id is sent again
WAITS = tuple(timedelta(minutes=n) for n in (1, 5, 30, 120, 360, 720, 1440))
TRY_AGAIN = {408, 425, 429}


def due(now: datetime) -> list[UUID]:
    """Messages of the current organization to be sent now."""
    waiting = Outgoing.objects.filter(state__in=(State.QUEUED, State.SENDING), due_at__lte=now)
    return list(waiting.order_by("due_at").values_list("pk", flat=True)[:500])


def deliver(organization: UUID, key: UUID, *, now: datetime) -> str:
    """Send one message and settle it; answers the state it is in then. Safe to run twice."""
    with tenant(organization):
        claimed = _claim(key, now)
    if claimed is None:
        return ""
    message, body, headers, endpoint = claimed
    try:
        answer = egress.post(endpoint, body, headers)
    except egress.Unsafe as problem:
        outcome, again = f"unsafe_{problem}", False
    except egress.Unreachable:
        outcome, again = "unreachable", True
    else:
        outcome = "" if 200 <= answer.status < 300 else f"answer_{answer.status}"
        again = answer.status >= 500 or answer.status in TRY_AGAIN
    with tenant(organization):
        return _settle(message.pk, outcome, again, now)


def _claim(key: UUID, now: datetime) -> tuple[Outgoing, bytes, dict[str, str], str] | None:
    """Take the message, unless it is settled, taken, or no longer allowed: then it is dropped with its content."""
    rows = Outgoing.objects.select_for_update(skip_locked=True, of=("self",))
    rows = rows.select_related("recipient__organization", "subject", "disclosure__exception")
    message = rows.filter(pk=key, state__in=(State.QUEUED, State.SENDING), due_at__lte=now).first()
    if message is None:
        return None
    body = b"{}"
    if message.disclosure is not None:
        problem, body = _checked(message, now)
        if problem:
            _close(message, State.DROPPED, problem, now)
            return None
    message.state, message.due_at = State.SENDING, now + LEASE
    message.attempts += 1
    message.save(update_fields=["state", "due_at", "attempts"])
    return message, body, outbox.headers(message, body, now), message.recipient.endpoint


def _checked(message: Outgoing, now: datetime) -> tuple[str, bytes]:
    """(why it must not go any more, its content): asked again, since the answer may have changed meanwhile."""
    disclosure = message.disclosure
    assert disclosure is not None
    try:
        door.allow(
            message.recipient, message.subject, disclosure.fields, exception=disclosure.exception, now=now
        )
    except Refusal as refusal:
        return refusal.code[:40], b""
    if not disclosure.exception_id and disclosure.consent_version != door.code_of(message.recipient):
        return "consent_required", b""
    return ("", bytes(message.body)) if message.body is not None else ("subject_erased", b"")


def _settle(key: UUID, problem: str, again: bool, now: datetime) -> str:
    message = Outgoing.objects.select_for_update().get(pk=key)
    if message.state != State.SENDING:
        return str(message.state)
    if not problem:
        _close(message, State.DELIVERED, "", now)
    elif again and message.attempts <= len(WAITS):
        message.state, message.problem = State.QUEUED, problem
        message.due_at = now + WAITS[message.attempts - 1]
        message.save(update_fields=["state", "problem", "due_at"])
    else:
        _close(message, State.FAILED, problem, now)
    return str(message.state)


def _close(message: Outgoing, state: str, problem: str, now: datetime) -> None:
    message.state, message.problem, message.settled_at, message.body = state, problem[:40], now, None
    message.save(update_fields=["state", "problem", "settled_at", "body"])


def pass_on(
    actor: Actor, *, subject: Employee, to: str, act: str, why: str, given: dict[str, str], now: datetime
) -> egress.Answer:
    """Card or identity data straight to the chosen institution: from memory, once, kept nowhere (D-12).

    The note that it went is committed first; whether it arrived, the answer alone tells.
    """
    with tenant(actor.organization_id):
        row, body, recipient = door.prepare_passing_on(
            actor, subject=subject, to=to, act=act, why=why, given=given, now=now
        )
        headers = _passing_headers(row.pk, recipient, act, subject, body, now)
    return egress.post(recipient.endpoint, body, headers)


def _passing_headers(
    key: UUID, recipient: Recipient, act: str, subject: Employee, body: bytes, now: datetime
) -> dict[str, str]:
    message = Outgoing(id=key, recipient=recipient, subject=subject, act=act)
    return outbox.headers(message, body, now)
