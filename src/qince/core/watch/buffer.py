"""Lines wait in memory and are written together, every second or two hundred at a time: a page waits for none of it.

A process that ends in order writes what it holds. One that is killed (`kill -9`, power loss) loses at most the last
second; audit trail and readings are written in their own transactions and lose nothing.
"""

import atexit
import logging
import threading
from collections import defaultdict, deque
from typing import Any
from uuid import UUID

from django.db import Error, connection

from qince.core.organizations.models import Organization
from qince.core.watch.models import Access, Line
from qince.kit import bulk
from qince.kit.tenancy import tenant

log = logging.getLogger(__name__)
EVERY_S, MOST, HELD = 1.0, 200, 50_000


class Buffer:
    """`put` costs an append. A thread of its own, with a connection of its own, does the writing once started."""

    def __init__(self) -> None:
        self.waiting: deque[Line] = deque(
            maxlen=HELD
        )  # a database away for long loses the oldest, not the service
        self.full, self.ended = threading.Event(), False
        self.thread: threading.Thread | None = None
        self.writing = threading.Lock()

    def start(self) -> None:
        """Begin to write by itself; called where requests are served."""
        if self.thread is None:
            self.thread = threading.Thread(target=self._run, name="access log", daemon=True)
            self.thread.start()
            atexit.register(self.stop)

    def stop(self) -> None:
        self.ended = True
        self.full.set()
        if self.thread is not None:
            self.thread.join(timeout=5)
            self.thread = None

    def put(self, line: Line) -> None:
        self.waiting.append(line)
        if len(self.waiting) >= MOST:
            self.full.set()

    def _run(self) -> None:
        while True:
            self.full.wait(EVERY_S)
            self.full.clear()
            try:
                self.flush()
            except Error:  # a closed connection is an InterfaceError, which is no DatabaseError
                log.warning("the access log could not be written; %s lines wait", len(self.waiting))
                connection.close()
            if self.ended:
                connection.close()
                return

    def flush(self) -> int:
        """Write what waits; how many lines. Lines that could not be written wait on."""
        with self.writing:
            batch = [self.waiting.popleft() for _ in range(len(self.waiting))]
            try:
                write(batch)
            except Error:
                self.waiting.extendleft(reversed(batch))
                raise
        return len(batch)


def write(lines: list[Line]) -> None:
    """One statement for each organization. Lines of one that is gone meanwhile are nobody's, and dropped."""
    found: dict[UUID | None, list[Any]] = defaultdict(list)
    for line in lines:
        found[line.organization_id if isinstance(line, Access) else None].append(line)
    strangers = found.pop(None, [])
    if strangers:
        bulk.insert(strangers)
    known = set(Organization.objects.filter(pk__in=list(found)).values_list("pk", flat=True)) if found else ()
    for organization in known:
        with tenant(organization):
            bulk.insert(found[organization])


buffer = Buffer()
