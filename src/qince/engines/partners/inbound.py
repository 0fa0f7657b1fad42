"""What recipients send: signed, allowed field by field, each message once, from a declared lawful source."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec
from django.utils.translation import gettext as _

from qince.core.people.models import Employee
from qince.core.privacy.gate import Standing
from qince.engines.partners import outbox
from qince.engines.partners.consents import code_of
from qince.engines.partners.events import PartnerReported
from qince.engines.partners.models import Binding, Disclosure, Inbound, Recipient
from qince.engines.partners.registry import pseudonym
from qince.kit import nul
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.events import publish

LABEL = "partners.binding.content"
SKEW = timedelta(minutes=5)
BIND, PROGRESS = "bind", "payment_progress"
SOURCE = (
    "authorized_partner"  # the only source of C2.4-01 that arrives here; the profile says why it is lawful
)
# Beside the profile's own fields: what a payment company may say about one payment (C4.1-09).
PROGRESS_FIELDS = ("reference", "state", "amount", "currency")


class Message(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    act: str
    source: str
    subject: str
    data: dict[str, str] = {}


class Forged(Refusal):
    status = 401


def require_signature(recipient: Recipient, header: str, body: bytes, now: datetime) -> None:
    """Raise `Forged` unless the recipient's key signed these bytes within the last minutes."""
    forged = Forged("forged", _("The signature does not fit."))
    parts = dict(part.partition("=")[::2] for part in header.split(","))
    stamp, given = parts.get("t", ""), parts.get("v1", "")
    secret = outbox.secret_of(recipient)
    if not secret or not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
        raise forged
    expected = hmac.new(secret, stamp.encode() + b"." + body, sha256).hexdigest()
    if not hmac.compare_digest(expected.encode(), given.encode()):
        raise forged
    if abs(now.timestamp() - int(stamp)) > SKEW.total_seconds():
        raise forged


@action("partners.receive", permission="partners.receive")
def receive(actor: Actor, recipient: Recipient, *, body: bytes, now: datetime) -> str:
    """Take a message whose signature was checked: "accepted", or "repeated" for one that was taken before."""
    message = _read(body)
    found = Recipient.objects.select_for_update().get(pk=recipient.pk)
    if not found.is_on:
        raise Refusal("recipient_off", _("Nothing is taken: this connection is switched off."), status=410)
    _require_source(found, message)
    if Inbound.objects.filter(recipient=found, message_id=message.id).exists():
        return "repeated"
    person = _subject(found, message.subject)
    Inbound.objects.create(
        recipient=found, message_id=message.id, act=message.act, source=message.source, received_at=now
    )
    if message.act == BIND:
        _bind(found, person, message.data, now)
    else:
        publish(PartnerReported(found.pk, person.pk, message.act, dict(message.data)))
    note(found, act=message.act, fields=sorted(message.data))
    return "accepted"


def _read(body: bytes) -> Message:
    try:
        message = msgspec.json.decode(body, type=Message)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Refusal("invalid_request", _("The message cannot be read."), status=400) from error
    if not 1 <= len(message.id) <= 64 or message.act not in (BIND, PROGRESS) or nul.in_json(body):
        raise Refusal("invalid_request", _("The message cannot be read."), status=400)
    return message


def _require_source(recipient: Recipient, message: Message) -> None:
    """Every record from outside states where it comes from, and the adapter why that is lawful."""
    profile = recipient.declared
    if message.source != SOURCE or not profile.source:
        raise Refusal("no_lawful_source", _("The record names no lawful source."), status=403)
    allowed = set(profile.receives) if message.act == BIND else set(PROGRESS_FIELDS)
    if beyond := set(message.data) - allowed:
        text = _("Not taken from this recipient: %(fields)s.") % {"fields": ", ".join(sorted(beyond))}
        raise Refusal("field_not_agreed", text, status=403)


def _subject(recipient: Recipient, name: str) -> Employee:
    """The person, by the recipient's own name for them; who did not agree, or is unknown, is told apart by nothing."""
    told = Disclosure.objects.filter(recipient=recipient).values("subject")
    for person in Employee.objects.filter(pk__in=told, status=Employee.Status.ACTIVE):
        if pseudonym(person, recipient.pk) == name and Standing(person.pk).allows(code_of(recipient)):
            return person
    raise Refusal("subject_unknown", _("Nobody here shares with this recipient under that name."), status=404)


def _bind(recipient: Recipient, person: Employee, data: dict[str, str], now: datetime) -> None:
    Binding.objects.update_or_create(
        employee=person, recipient=recipient, defaults={"content": data, "bound_at": now}
    )
