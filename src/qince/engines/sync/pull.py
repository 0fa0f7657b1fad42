"""What changed for a phone since its cursor: new and changed records, and those it must forget.

The server remembers, per phone, which version of which record it holds. The difference to what the person may see now
covers edits, deletions and rights lost alike.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from qince.core.organizations.functions import closed_families
from qince.engines.sync.models import Holding
from qince.engines.sync.registry import Collection, collections
from qince.kit.actor import Actor

Held = dict[str, dict[str, Any]]
NOTHING = "0"  # where a phone stands that holds nothing yet: never given as a cursor


def pull(actor: Actor, cursor: str, *, now: datetime) -> dict[str, Any]:
    """Changes since `cursor`, and the next cursor. An unknown or missing cursor starts anew (`reset`)."""
    assert actor.device_id is not None
    holding = _holding(actor.device_id)
    base, reset = _base(holding, cursor)
    closed = closed_families(actor.closed)
    current: Held = {
        each.name: {} if each.family in closed else each.versions(actor, now) for each in collections.values()
    }
    changes = {
        name: _changes(collections[name], actor, base.get(name, {}), held, now)
        for name, held in current.items()
    }
    if reset or any(each["upserts"] or each["removed"] for each in changes.values()):
        _offer(holding, base, current, cursor, reset)
    return {
        "cursor": str(holding.offered_cursor),
        "reset": reset,
        "server_time": now,
        "collections": {
            name: each for name, each in changes.items() if reset or each["upserts"] or each["removed"]
        },
    }


def _holding(device_id: UUID) -> Holding:
    """The phone's row, locked: two pulls of one phone do not overtake each other."""
    Holding.objects.bulk_create([Holding(device_id=device_id)], ignore_conflicts=True)
    found: Holding = Holding.objects.select_for_update().get(device_id=device_id)
    return found


def _base(holding: Holding, cursor: str) -> tuple[Held, bool]:
    if cursor not in ("", NOTHING):
        if cursor == str(holding.offered_cursor):
            return holding.offered, False
        if cursor == str(holding.cursor):
            return holding.held, False
    return {}, True


def _offer(holding: Holding, base: Held, current: Held, cursor: str, reset: bool) -> None:
    holding.held, holding.cursor = base, 0 if reset else int(cursor)
    holding.offered, holding.offered_cursor = current, holding.offered_cursor + 1
    holding.save(update_fields=["held", "cursor", "offered", "offered_cursor", "updated_at"])


def _changes(
    collection: Collection, actor: Actor, base: dict[str, Any], current: dict[str, Any], now: datetime
) -> dict[str, Any]:
    changed = [key for key, version in current.items() if base.get(key) != version]
    upserts = [
        {"version": current[str(row["id"])], **row}
        for row in (collection.load(actor, changed, now) if changed else ())
    ]
    return {"upserts": upserts, "removed": [key for key in base if key not in current]}
