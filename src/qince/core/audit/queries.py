"""Reads of the trail."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count

from qince.core.audit import heads
from qince.core.audit.chain import GENESIS, Break, stands, verify
from qince.core.audit.models import Entry, Head
from qince.core.audit.rules import VIEW
from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.kit.tenancy import current_organization_id

SHOWN_BREAKS = 100


@dataclass(slots=True)
class Verification:
    """What a walk along the chain found. `head` is the last link: written down elsewhere, it also proves the end."""

    sealed: int = 0
    unsealed: int = 0
    last_sequence: int = 0
    head: str = ""
    heads: int = 0  # signed ones, all compared
    breaks: list[Break] = field(default_factory=list)
    more_breaks: int = 0

    @property
    def holds(self) -> bool:
        return not self.breaks


def last_to(action: str, target_id: UUID) -> UUID | None:
    """Who did it to the object last; None where nobody did, or the trail names nobody any more."""
    rows = Entry.objects.filter(target_id=target_id, action=action).order_by("-id")
    return rows.values_list("actor_id", flat=True).first()


def entries_visible_to(actor: Actor) -> Any:
    """Acts of those whom the permission reaches; what the system did is shown to those who see everything."""
    return actor.scope(VIEW).filter(Entry.objects.all(), "actor_id")


def get_entry(actor: Actor, entry_id: UUID) -> Entry:
    found: Entry | None = entries_visible_to(actor).filter(pk=entry_id).first()
    if found is None:
        raise NotFound
    return found


def verified(*, expected_head: str = "") -> Verification:
    """Walk the whole trail of the current organization, whoever asks.

    A trail cut off at its end, or rewritten as a whole, still holds together: the signed daily heads show it, and for
    what came after the last of them a head noted earlier (`sequence:link`).
    """
    result = Verification()
    for found in verify(_counted(result)):
        _add(result, found)
    for entry in Entry.objects.filter(sequence__isnull=True).iterator(chunk_size=1000):
        result.unsealed += 1
        if not stands(entry):
            _add(result, Break(0, entry.pk, "altered"))
    for found in heads.breaks(current_organization_id()):
        _add(result, found)
    result.heads = Head.objects.count()
    if expected_head and not _reaches(expected_head):
        _add(result, Break(result.last_sequence + 1, None, "cut_off"))
    return result


def _counted(result: Verification) -> Iterable[Entry]:
    link = GENESIS
    for entry in Entry.objects.filter(sequence__isnull=False).order_by("sequence").iterator(chunk_size=1000):
        yield entry
        result.sealed, result.last_sequence, link = result.sealed + 1, entry.sequence, bytes(entry.link)
    result.head = f"{result.last_sequence}:{link.hex()}"


def _add(result: Verification, found: Break) -> None:
    if len(result.breaks) < SHOWN_BREAKS:
        result.breaks.append(found)
    else:
        result.more_breaks += 1


def _reaches(head: str) -> bool:
    """Whether the trail still contains the link that was noted."""
    sequence, _colon, link = head.partition(":")
    if not sequence.isdigit():
        return False
    if sequence == "0":
        return link == GENESIS.hex()
    return bool(Entry.objects.filter(sequence=int(sequence), link=_bytes(link)).exists())


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""


def acts_in_use(actor: Actor) -> list[str]:
    """Names of acts that occur, the commonest first."""
    rows = entries_visible_to(actor).order_by().values("action").annotate(n=Count("pk"))
    return [row["action"] for row in sorted(rows, key=lambda row: -row["n"])]


def kinds_in_use(actor: Actor) -> list[str]:
    rows = entries_visible_to(actor).order_by().exclude(target_kind="").values_list("target_kind", flat=True)
    return sorted(rows.distinct())


def heads_visible_to(actor: Actor) -> Any:
    """Heads name nobody: whoever may verify sees all."""
    return Head.objects.all() if actor.may(VIEW) else Head.objects.none()
