"""Step-by-step progress: one line per step, with its time."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from launcher.problem import Problem


class Progress:
    """Writes to `stream`; on a terminal a running step shows as `…` until it is done."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.live = self.stream.isatty()

    def say(self, line: str = "") -> None:
        print(line, file=self.stream, flush=True)

    @contextmanager
    def step(self, name: str) -> Iterator["Note"]:
        """Time a step; the caller may put a short result into the note it receives."""
        note, started = Note(), time.monotonic()
        if self.live:
            print(f"  … {name}", end="", file=self.stream, flush=True)
        try:
            yield note
        except BaseException:
            self._finish("✗", name, note, started)
            raise
        self._finish("✓", name, note, started)

    def _finish(self, mark: str, name: str, note: "Note", started: float) -> None:
        back = "\r\033[K" if self.live else ""
        seconds = f"{time.monotonic() - started:.1f} s"
        self.say(f"{back}  {mark} {name:<28} {seconds:>7}  {note.text}".rstrip())

    def problem(self, problem: Problem) -> None:
        self.say(f"\n✗ {problem}")
        for way in problem.ways_out:
            self.say(f"  → {way}")


class Note:
    """What a step wants to add to its line."""

    text = ""

    def __call__(self, text: str) -> None:
        self.text = text
