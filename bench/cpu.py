"""Processor time of process trees, read from /proc: what an operation costs whoever else uses the machine."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Process:
    pid: int
    parent: int
    own_ms: float
    reaped_ms: float  # of children that have ended


def _read(pid: int) -> Process | None:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = text[text.rindex(")") + 2 :].split()
    own, reaped = int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14])
    return Process(pid, int(fields[1]), own * TICK_MS, reaped * TICK_MS)


def tree(root: int) -> list[Process]:
    """The process `root` and all its descendants that live now."""
    everyone = [found for name in os.listdir("/proc") if name.isdigit() and (found := _read(int(name)))]
    chosen, grew = {root}, True
    while grew:
        more = {each.pid for each in everyone if each.parent in chosen} - chosen
        grew, chosen = bool(more), chosen | more
    return [each for each in everyone if each.pid in chosen]


def spent_ms(roots: Iterable[int]) -> float:
    """Processor milliseconds used so far by these trees, ended children included."""
    return sum(each.own_ms + each.reaped_ms for root in roots for each in tree(root))


def pss_mib(root: int) -> float:
    """Proportional set size of a tree in MiB: memory shared between processes is counted once."""
    total = 0
    for each in tree(root):
        rollup = Path(f"/proc/{each.pid}/smaps_rollup")
        try:
            lines = rollup.read_text().splitlines()
        except OSError:
            continue
        total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024
