"""The erasure ledger: a file beside the keys, so that a restored database cannot forget whom it must not know.

One line for each erasure, written and synced before anything is destroyed: number, time, organization, kind, and the
keyed digest of the person. No name. Each line is signed together with the one before, so none can be taken out.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from qince.core.erasure.subjects import OPERATOR, Subject
from qince.kit.vault import api as vault

FILE = "erasures.log"


class LedgerDamaged(RuntimeError):
    """A line of the erasure ledger was altered, taken out or cut: restore the file from its own copy."""


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    at: str
    organization: UUID
    kind: str
    subject: str
    signature: str


def path() -> Path:
    folder: Path = settings.DATA / "keys"
    return folder / FILE


def append(subject: Subject, *, now: datetime) -> int:
    """Write the erasure down for good and return its number. Durable when it returns."""
    target = path()
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(target, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        earlier = list(_lines(file.read()))
        last = earlier[-1] if earlier else None
        number = (last.number if last else 0) + 1
        body: dict[str, object] = {
            "number": number,
            "at": now.isoformat(timespec="seconds"),
            "organization": str(subject.organization_id),
            "kind": subject.kind.value,
            "subject": subject.digest,
        }
        body["signature"] = _signature(body, last.signature if last else "")
        file.seek(0, os.SEEK_END)
        file.write(json.dumps(body, sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())
    _sync(target.parent)
    return number


def lines() -> list[Line]:
    """Every entry, each checked. Raises `LedgerDamaged`."""
    if not path().exists():
        return []
    return list(_lines(path().read_text(encoding="utf-8")))


def _lines(text: str) -> Iterator[Line]:
    before, expected = "", 1
    for row in text.splitlines():
        try:
            body = json.loads(row)
            signature = str(body.pop("signature"))
            genuine = body["number"] == expected and signature == _signature(body, before)
        except (ValueError, KeyError, AttributeError, TypeError):
            genuine = False
        if not genuine:
            raise LedgerDamaged(f"{path()}: line {expected} is not what was written")
        yield Line(
            number=expected,
            at=body["at"],
            organization=UUID(body["organization"]),
            kind=body["kind"],
            subject=body["subject"],
            signature=signature,
        )
        before, expected = signature, expected + 1


def _signature(body: dict[str, object], before: str) -> str:
    told = json.dumps({key: body[key] for key in sorted(body)}, sort_keys=True)
    return vault.digest(OPERATOR, "erasure.ledger", f"{before}\n{told}")


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
