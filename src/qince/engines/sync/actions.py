"""Taking in a push: in chunks, each one transaction, within a time allowance."""

import logging
import time
from datetime import datetime

from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from qince.engines.sync.batch import REJECTED, Batch
from qince.engines.sync.person import load
from qince.engines.sync.protocol import Operation, Push, Result
from qince.engines.sync.registry import Context
from qince.kit.actor import Actor
from qince.kit.tenancy import tenant

log = logging.getLogger(__name__)
CHUNK = 100
ALLOWANCE_S = 10.0


def take_in(actor: Actor, push: Push, *, now: datetime) -> list[Result]:
    """Answer every operation, in the order sent. `actor` needs no permissions yet: they are read with the work.

    What the time allowance does not reach is answered `later`.
    """
    started, results = time.monotonic(), []
    for first in range(0, len(push.operations), CHUNK):
        chunk = push.operations[first : first + CHUNK]
        if time.monotonic() - started > ALLOWANCE_S:
            results += [Result(operation.id, "later", "later") for operation in chunk]
        else:
            results += _take_in_chunk(actor, chunk, push, now)
    return results


def _take_in_chunk(actor: Actor, chunk: list[Operation], push: Push, now: datetime) -> list[Result]:
    """Twice together: a collision with another delivery of the same operations is gone the second time. Then singly."""
    for _attempt in range(2):
        try:
            return _run(actor, chunk, push, now)
        except (IntegrityError, DataError):
            continue
    return [result for operation in chunk for result in _take_in_one(actor, operation, push, now)]


def _take_in_one(actor: Actor, operation: Operation, push: Push, now: datetime) -> list[Result]:
    try:
        return _run(actor, [operation], push, now)
    except (IntegrityError, DataError):
        log.exception("operation %s of type %s cannot be stored", operation.id, operation.type)
        message = _("This record contradicts another one and was not stored. Nothing was overwritten.")
        return [Result(operation.id, REJECTED, "contradiction", message)]


def _run(caller: Actor, chunk: list[Operation], push: Push, now: datetime) -> list[Result]:
    with tenant(caller.organization_id):
        person = load(caller)
        context = Context(
            organization=person.organization,
            standing=person.standing,
            received_at=now,
            sent=push.clock,
            device_id=caller.device_id,
        )
        return Batch(person.actor, chunk, context).run()
