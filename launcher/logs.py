"""Children's output: kept in size-limited files under data/logs, and shown with --verbose.

What the children print is operational only; personal data never goes to a log (see docs/architecture.md).
"""

import logging
import sys
from collections import deque
from logging.handlers import RotatingFileHandler
from pathlib import Path

LIMIT_BYTES = 5_000_000
KEPT_FILES = 3


class _Quiet(RotatingFileHandler):
    """Where a line cannot be written (a full disk), the message that says why must not drown in tracebacks."""

    def handleError(self, record: logging.LogRecord) -> None:
        pass


class ChildLog:
    """A rotating file plus the last lines in memory, from which error messages quote."""

    def __init__(self, folder: Path, name: str, *, shown: bool = False) -> None:
        self.path = folder / f"{name}.log"
        self.tail: deque[str] = deque(maxlen=40)
        self._prefix = f"{name} │ "
        self._shown = shown
        self._handler = _Quiet(
            self.path, maxBytes=LIMIT_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=True
        )

    def write(self, line: str) -> None:
        self.tail.append(line)
        self._handler.handle(logging.LogRecord("", logging.INFO, "", 0, line, None, None))
        if self._shown:
            print(self._prefix + line, file=sys.stderr, flush=True)

    def mentions(self, words: str) -> bool:
        return any(words in line for line in self.tail)

    def close(self) -> None:
        self._handler.close()
