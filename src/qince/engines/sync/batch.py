"""One chunk of a push: which operations are new, which are due, what became of each.

Exactly once rests on the operation's row being written in the transaction of its effect, under a unique key. Two
deliveries of the same operation at once collide on that key (or on the record's own): the later one rolls back and
looks again.
"""

import logging
from collections.abc import Iterable
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from qince.engines.sync.edits import CURRENT, Edits
from qince.engines.sync.models import Operation as Stored
from qince.engines.sync.protocol import Operation, Result, payload_hash
from qince.engines.sync.registry import Context, Item, Outcome, operations
from qince.kit import bulk, nul
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.tenancy import current_organization_id

log = logging.getLogger(__name__)
# Written out, for it runs at every push of every phone.
_STORED = """
    SELECT * FROM sync_operation
     WHERE organization_id = %s AND (id = ANY (%s) OR (employee_id = %s AND state = 'waiting'))
"""
ACCEPTED, WAITING, REJECTED, CONFLICT = "accepted", "waiting", "rejected", "conflict"


class Batch:
    def __init__(self, actor: Actor, sent: list[Operation], context: Context) -> None:
        self.actor, self.context = actor, context
        self.order = sent
        self.sent: dict[UUID, Operation] = {}
        for operation in sent:
            self.sent.setdefault(operation.id, operation)  # an id sent twice in one push is the first one's
        self.results: dict[UUID, Result] = {}
        self.stored = self._stored()
        self.edits = Edits(self.stored.values(), actor)
        self.due: dict[UUID, Operation] = {}
        self.touched: dict[UUID, Operation | None] = {}

    def run(self) -> list[Result]:
        """Answer every operation sent. Must run inside the tenant's transaction."""
        for operation in self.sent.values():
            self._admit(operation)
        self._revive()
        while ready := self._ready():
            for group in _by_type(ready):
                self._apply(group)
        self._leave_waiting()
        self._write()
        return [self._result_of(operation) for operation in self.order]

    def _result_of(self, operation: Operation) -> Result:
        if operation.hash == self.sent[operation.id].hash:
            return self.results[operation.id]
        return Result(operation.id, CONFLICT, "id_reused", _id_reused())

    # --- Admission ---

    def _stored(self) -> dict[UUID, Stored]:
        """Rows of what was sent, of what it follows, and of what this person still has waiting."""
        ids = {*self.sent, *(key for operation in self.sent.values() for key in operation.after)}
        rows = Stored.objects.raw(_STORED, [current_organization_id(), list(ids), self.actor.employee_id])
        return {row.id: row for row in rows}

    def _admit(self, operation: Operation) -> None:
        earlier = self.stored.get(operation.id)
        if earlier is None:
            self._admit_new(operation)
        elif earlier.hash != operation.hash or earlier.employee_id != self.actor.employee_id:
            self._answer(
                operation.id,
                CONFLICT,
                "id_reused",
                _id_reused(),
            )
        elif earlier.state == ACCEPTED:
            self.results[operation.id] = Result(
                operation.id, ACCEPTED, result=earlier.result or {}, repeat=True
            )
        else:
            self.due[operation.id] = operation

    def _admit_new(self, operation: Operation) -> None:
        if operation.type not in operations:
            self._answer(
                operation.id,
                REJECTED,
                "unknown_type",
                _("This kind of record is unknown here. Update the app."),
            )
        elif nul.in_json(bytes(operation.payload)):
            self._answer(
                operation.id,
                REJECTED,
                "invalid_payload",
                _("The record holds a character that cannot be stored."),
            )
        elif payload_hash(operation.payload) != operation.hash:
            self._answer(
                operation.id,
                REJECTED,
                "hash_mismatch",
                _("The record was damaged on its way. Send it again."),
            )
        else:
            self.due[operation.id] = operation

    def _revive(self) -> None:
        """Operations that came before what they follow: their turn may have come."""
        for row in self.stored.values():
            if row.state == WAITING and row.id not in self.due and row.body:
                self.due[row.id] = msgspec.json.decode(bytes(row.body), type=Operation)

    # --- Order ---

    def _state_of(self, key: UUID) -> str | None:
        if key in self.results:
            return self.results[key].state
        row = self.stored.get(key)
        return (
            row.state if row and row.employee_id == self.actor.employee_id and key not in self.due else None
        )

    def _ready(self) -> list[Operation]:
        ready = []
        for operation in list(self.due.values()):
            states = {self._state_of(key) for key in operation.after}
            if states & {REJECTED, CONFLICT}:
                self._settle(
                    operation.id,
                    Refusal("predecessor_rejected", _("What this record builds on was not accepted.")),
                )
            elif states <= {ACCEPTED}:
                ready.append(operation)
        return ready

    def _leave_waiting(self) -> None:
        for key in list(self.due):
            self._answer(key, WAITING, "waiting", _("Waits for an earlier record that has not arrived yet."))

    # --- Effect ---

    def _apply(self, group: list[Operation]) -> None:
        items: list[Item] = []  # type: ignore[type-arg]
        for operation in group:
            try:
                items.append(self._decoded(operation))
            except Refusal as refusal:
                self._settle(operation.id, refusal)
        if items:
            for item, outcome in zip(items, self._outcomes(group[0].type, items), strict=True):
                self._settle(item.id, outcome)

    def _decoded(self, operation: Operation) -> Item:  # type: ignore[type-arg]
        kind = operations[operation.type]
        try:
            payload = msgspec.json.decode(operation.payload, type=kind.payload)
        except msgspec.ValidationError as error:
            raise Refusal(
                "invalid_payload", _("The record has a fault: %(what)s") % {"what": str(error)[:200]}
            ) from error
        base = self.edits.base(operation, payload, kind.record)
        return Item(operation.id, payload, operation.hash, operation.occurred_at, base)

    def _outcomes(self, name: str, items: list[Item]) -> list[Outcome]:  # type: ignore[type-arg]
        """Database errors go up: the chunk is rolled back and its operations are taken singly (`actions`)."""
        try:
            return operations[name].apply(self.actor, items, self.context)
        except Refusal as refusal:
            return [refusal] * len(items)

    # --- Answers ---

    def _settle(self, key: UUID, outcome: Outcome) -> None:
        if isinstance(outcome, Refusal):
            state = CONFLICT if outcome.status == 409 else REJECTED
            details = outcome.details | self.edits.current(key, outcome, self.context.received_at)
            self._answer(key, state, outcome.code, str(outcome.message), details)
        else:
            self.edits.made(key, outcome)
            self._answer(key, ACCEPTED, result=outcome)

    def _answer(
        self,
        key: UUID,
        state: str,
        code: str = "",
        message: str = "",
        result: dict | None = None,  # type: ignore[type-arg]
    ) -> None:
        self.results[key] = Result(key, state, code, message, result or {})
        self.touched[key] = self.due.pop(key, self.sent.get(key))

    def _write(self) -> None:
        """Keep what became of each. A used id keeps its first owner: a conflict on it is answered, not stored."""
        new, changed = [], []
        for key, operation in self.touched.items():
            result, row = self.results[key], self.stored.get(key)
            if operation is None or result.code == "id_reused":
                continue
            state = REJECTED if result.state == CONFLICT else result.state
            if row is None:
                row = self._row(operation)
                new.append(row)
            else:
                changed.append(row)
            kept = {name: value for name, value in result.result.items() if name != CURRENT}
            row.state, row.code, row.result = state, result.code, msgspec.to_builtins(kept) or None
            row.body = msgspec.json.encode(operation) if state == WAITING else None
            self.edits.put(row)
        bulk.insert(new)
        bulk.update(changed, ("state", "code", "result", "body", *Edits.COLUMNS))

    def _row(self, operation: Operation) -> Stored:
        return bulk.row(
            Stored,
            id=operation.id,
            employee_id=self.actor.person_id,
            device_id=self.context.device_id,
            type=operation.type,
            hash=operation.hash,
            occurred_at=operation.occurred_at,
            received_at=self.context.received_at,
        )


def _id_reused() -> str:
    return _("Another record was already sent under this number. Nothing was overwritten; send yours as new.")


def _by_type(ready: Iterable[Operation]) -> list[list[Operation]]:
    groups: dict[str, list[Operation]] = {}
    for operation in ready:
        groups.setdefault(operation.type, []).append(operation)
    return list(groups.values())
