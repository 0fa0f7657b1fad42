"""Requests by e-mail: a message becomes a case, and the answer to its sender is the number (C9-03).

The service reads what a mail server delivered: a Maildir, or single RFC 5322 files. Which organization it is about is
said by whoever runs the command, since each has its own address.
"""

import mailbox
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path

from qince.core.rights import papers
from qince.core.rights.actions.opening import receive_mail
from qince.core.rights.models import Case
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant

MAX_MESSAGE = 10 * 1024 * 1024


def read_file(actor: Actor, path: Path, *, now: datetime) -> Case:
    """One message in a file."""
    return take(actor, path.read_bytes(), now=now)


def read_maildir(actor: Actor, path: Path, *, now: datetime) -> Iterator[Case]:
    """Every new message of a Maildir; one that became a case is moved to `cur` and marked as seen."""
    box = mailbox.Maildir(path, factory=None, create=False)
    for key in list(box.keys()):
        message = box[key]
        if message.get_subdir() != "new":
            continue
        yield take(actor, bytes(message), now=now)
        message.set_subdir("cur")
        message.add_flag("S")
        box[key] = message


def take(actor: Actor, content: bytes, *, now: datetime) -> Case:
    """A case of one message: sender, subject, text; the message itself stays with the case as evidence."""
    if len(content) > MAX_MESSAGE:
        content = content[:MAX_MESSAGE]
    message: EmailMessage = message_from_bytes(content, policy=policy.default)  # type: ignore[assignment]
    name, sender = parseaddr(str(message.get("From", "")))
    with tenant(actor.organization_id):
        case = receive_mail(
            actor,
            sender=sender if _is_address(sender) else "",
            name=name or sender or "—",
            subject=str(message.get("Subject", ""))[:200],
            text=_text(message),
            now=now,
        )
        _keep(actor, case, content, now)
    return case


def _keep(actor: Actor, case: Case, content: bytes, now: datetime) -> None:
    try:
        papers.add(case, role="request", name="message.eml", content=content, by=None, now=now, is_text=True)
    except Refusal:
        return  # too large to keep: the text stands in the case


def _is_address(text: str) -> bool:
    name, at, domain = text.rpartition("@")
    return bool(at and name and "." in domain and not any(each.isspace() for each in text))


def _text(message: EmailMessage) -> str:
    """The plain part; of a message in HTML alone, nothing but a word that there is one."""
    part = message.get_body(preferencelist=("plain",))
    if part is None:
        return "[HTML]"
    try:
        return str(part.get_content())
    except (LookupError, UnicodeDecodeError):
        return part.get_payload(decode=True).decode("utf-8", "replace")  # type: ignore[union-attr]
