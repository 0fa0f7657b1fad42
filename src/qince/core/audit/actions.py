"""Writing and sealing the trail."""

import os
from datetime import datetime
from uuid import UUID

from django.db import connection

from qince.core.audit.chain import GENESIS, canonical, digest_of, link_of
from qince.core.audit.models import Entry
from qince.core.privacy.registry import Personal, declared
from qince.kit import bulk, clock
from qince.kit.action import Act, Note, record_with
from qince.kit.ids import uuid7
from qince.kit.tenancy import current_organization_id, tenant
from qince.kit.vault import api as vault

# The namespace of the advisory lock that lets one sealer at a time work on an organization.
SEALING = 0x5EA1
DIGEST = "#"  # begins what stands for a sensitive value


@record_with
def record(act: Act) -> None:
    """Write one entry for each object the act touched, or one for the act itself. Joins the act's transaction."""
    at = clock.now()
    notes = act.notes or [Note("", None, "", {})]
    bulk.insert([_entry(act, note, at) for note in notes])


def _entry(act: Act, note: Note, at: datetime) -> Entry:
    entry = bulk.row(
        Entry,
        id=uuid7(),
        organization_id=current_organization_id(),
        at=at,
        action=act.name,
        actor_id=act.actor.employee_id,
        actor_name=act.actor.name,
        client=act.actor.client,
        target_kind=note.kind,
        target_id=note.id,
        target_name=note.name,
        changes=_plain(note),
        salt=os.urandom(16),
    )
    entry.digest = digest_of(entry)
    return entry


def _plain(note: Note) -> dict[str, object]:
    """Changes as JSON: a pair is `[old, new]`, anything that is no JSON value is its text.

    Of a field declared sensitive only keyed digests are kept: that it changed shows, what it was does not (C2.2.3-05).
    """
    return {
        name: _digested(note.kind, name, value) if _is_sensitive(note.kind, name) else _value(value)
        for name, value in note.changes.items()
    }


def _is_sensitive(kind: str, name: str) -> bool:
    meaning = declared.fields.get(f"{kind}.{name}")
    return isinstance(meaning, Personal) and meaning.is_sensitive


def _digested(kind: str, name: str, value: object) -> object:
    if isinstance(value, tuple | list):
        return [_digested(kind, name, item) for item in value]
    if value is None or value == "":
        return value
    text = canonical(_value(value)).decode()
    return DIGEST + vault.digest(current_organization_id(), f"audit.{kind}.{name}", text)[:32]


def _value(value: object) -> object:
    if isinstance(value, tuple | list):
        return [_value(item) for item in value]
    if isinstance(value, str | int | float | bool | None):
        return value
    if isinstance(value, dict):
        return {str(key): _value(item) for key, item in value.items()}
    return str(value)


def seal(organization_id: UUID, limit: int = 5000) -> int:
    """Chain the organization's unsealed entries and return how many. Safe to run twice and side by side."""
    with tenant(organization_id):
        if not _locked(organization_id):
            return 0
        head = Entry.objects.filter(sequence__isnull=False).order_by("-sequence").first()
        sequence, link = (head.sequence, bytes(head.link)) if head else (0, GENESIS)
        waiting = list(Entry.objects.filter(sequence__isnull=True).order_by("id")[:limit])
        for entry in waiting:
            sequence += 1
            link = link_of(link, sequence, bytes(entry.digest))
            entry.sequence, entry.link = sequence, link
        Entry.objects.bulk_update(waiting, ["sequence", "link"], batch_size=500)
        return len(waiting)


def _locked(organization_id: UUID) -> bool:
    with connection.cursor() as cursor:
        key = organization_id.int & 0x7FFFFFFF
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [SEALING, key])
        return bool(cursor.fetchone()[0])
