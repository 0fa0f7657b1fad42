"""Edits of records that may be edited elsewhere, too: on which version each was made, and which it made.

A phone's branch is the chain of its own operations upon a record, each naming the ones before in `after`. An edit is
made on the version the phone saw last (`base_version`), or on the one that an operation before it in its branch made,
whichever is later. The feature compares that with the record, under the record's lock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

import msgspec

from qince.engines.sync.models import Operation as Stored
from qince.engines.sync.protocol import Operation
from qince.engines.sync.registry import Record, collections
from qince.kit.actor import Actor
from qince.kit.errors import ChangedMeanwhile, Refusal

CURRENT = "current"


@dataclass(slots=True)
class Edit:
    record: Record
    key: UUID
    base: int | None
    version: int | None = None


class Edits:
    """What one batch edits."""

    COLUMNS: ClassVar = ("record_id", "base_version", "version")

    def __init__(self, stored: Iterable[Stored], actor: Actor) -> None:
        self.actor = actor
        self.here: dict[UUID, Edit] = {}
        self.versions: dict[UUID, tuple[UUID, int]] = {  # by operation: the record and the version it made
            row.id: (row.record_id, row.version)
            for row in stored
            if row.record_id and row.version is not None and row.employee_id == actor.employee_id
        }

    def base(self, operation: Operation, payload: msgspec.Struct, record: Record | None) -> int | None:
        """The version on which the operation was made; None where nobody says."""
        if record is None:
            return operation.base_version
        key: UUID = getattr(payload, record.key)
        said = getattr(payload, record.said) if record.said else None
        seen = said if operation.base_version is None else operation.base_version
        before = (self.versions[each] for each in operation.after if each in self.versions)
        known = [seen, *(version for of, version in before if of == key)]
        base = max((version for version in known if version is not None), default=None)
        self.here[operation.id] = Edit(record, key, base)
        return base

    def made(self, operation_id: UUID, result: dict[str, Any]) -> None:
        """An edit was accepted: those that build on it are made on its version."""
        edit, version = self.here.get(operation_id), result.get("version")
        if edit is not None and version is not None:
            edit.version = version
            self.versions[operation_id] = (edit.key, version)

    def current(self, operation_id: UUID, refusal: Refusal, now: datetime) -> dict[str, Any]:
        """Beside a stale edit: the record as it is now, as a pull would bring it."""
        edit = self.here.get(operation_id)
        if edit is None or not isinstance(refusal, ChangedMeanwhile):
            return {}
        held_in = edit.record.held_in
        key = held_in(edit.key) if held_in else edit.key
        found = collections[edit.record.collection].load(self.actor, [str(key)], now) if key else ()
        return {CURRENT: next(iter(found), None)}

    def put(self, row: Stored) -> None:
        """Write beside the operation what it edited, on which version, and which it made."""
        if edit := self.here.get(row.id):
            row.record_id, row.base_version, row.version = edit.key, edit.base, edit.version
