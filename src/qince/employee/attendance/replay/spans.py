"""Arithmetic of stretches of time, in seconds: `(start, end)`, the end not included."""

from collections.abc import Iterable

Span = tuple[int, int]


def merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif end > start:
            found.append((start, end))
    return found


def clipped(spans: Iterable[Span], start: int, end: int) -> list[Span]:
    return [(max(a, start), min(b, end)) for a, b in spans if a < end and b > start]


def without(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    left = merged(spans)
    for hole_start, hole_end in holes:
        left = [
            part
            for start, end in left
            for part in ((start, min(end, hole_start)), (max(start, hole_end), end))
            if part[1] > part[0]
        ]
    return left


def minutes(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans) // 60
