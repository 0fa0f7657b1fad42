"""Messages on their way: put in the queue in the transaction of what they tell, sent by a job, once or never.

A message carries exactly the agreed fields as its body. What the transport needs stands in its headers: the message's
own id (a repeat is recognized by it), the act, the recipient's own name for the person, and the signature.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from procrastinate.contrib.django import app

from qince.core.people.models import Employee
from qince.engines.partners.models import Disclosure, Outgoing, Recipient
from qince.engines.partners.registry import pseudonym
from qince.kit.vault import api as vault
from qince.kit.vault.ring import ITSELF

SECRET = "partners.recipient.secret"
WITHDRAWN, LEFT, ERASED, OFF = "withdrawn", "left", "erased", "unbound"  # notices: they carry no data at all


def encoded(payload: Mapping[str, str]) -> bytes:
    """The body: canonical JSON, so that equal data is equal bytes."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def new_secret(recipient: Recipient) -> str:
    """Give the recipient a signing key and return it, to be shown this once."""
    text = secrets.token_urlsafe(32)
    organization: UUID = recipient.organization_id  # type: ignore[assignment]
    recipient.secret = vault.seal(organization, ITSELF, SECRET, text.encode())
    return text


def secret_of(recipient: Recipient) -> bytes:
    return (vault.open_sealed(SECRET, bytes(recipient.secret)) if recipient.secret else None) or b""


def signature(secret: bytes, at: datetime, body: bytes) -> str:
    stamp = str(int(at.timestamp()))
    return f"t={stamp},v1={hmac.new(secret, stamp.encode() + b'.' + body, hashlib.sha256).hexdigest()}"


def put(
    recipient: Recipient,
    subject: Employee,
    act: str,
    *,
    body: bytes = b"{}",
    disclosure: Disclosure | None = None,
    now: datetime,
) -> Outgoing:
    """Queue a message; it is sent once the surrounding act is committed."""
    organization: UUID = recipient.organization_id  # type: ignore[assignment]
    found = Outgoing.objects.create(
        recipient=recipient,
        subject=subject,
        act=act,
        disclosure=disclosure,
        body=body if disclosure else None,
        due_at=now,
    )
    send_soon(organization, found.pk)
    return found


def send_soon(organization: UUID, key: UUID) -> None:
    """Defer the sending; the job joins the present transaction."""
    app.configure_task("partners.deliver").defer(organization=str(organization), outgoing=str(key))


def tell(recipient: Recipient, subject: Employee, act: str, *, now: datetime) -> Outgoing | None:
    """A notice without data, to a recipient that was given something about the person before."""
    if not Disclosure.objects.filter(recipient=recipient, subject=subject).exists():
        return None
    return put(recipient, subject, act, now=now) if recipient.endpoint and recipient.secret else None


def drop(recipient: Recipient | None, subject: Employee, *, now: datetime, problem: str) -> int:
    """Stop what has not been sent about the person, and forget its content."""
    waiting = Outgoing.objects.filter(subject=subject, state=Outgoing.State.QUEUED, disclosure__isnull=False)
    if recipient is not None:
        waiting = waiting.filter(recipient=recipient)
    changed: int = waiting.update(state=Outgoing.State.DROPPED, body=None, settled_at=now, problem=problem)
    return changed


def headers(message: Outgoing, body: bytes, at: datetime) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "Idempotency-Key": str(message.pk),
        "Qince-Act": message.act,
        "Qince-Subject": pseudonym(message.subject, message.recipient_id),  # type: ignore[arg-type]
        "Qince-Signature": signature(secret_of(message.recipient), at, body),
    }
