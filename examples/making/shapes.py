"""Outlines of packs on a canvas of 240 × 320, and the little pictures on their labels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

Spot = tuple[float, float]
Points = list[Spot]


class Part(NamedTuple):
    """One piece of a pack; its colour is the product's, mixed ``amount`` of the way ``towards`` another."""

    points: Points
    towards: str
    amount: float
    gloss: float = 1.0


# Where the label sits: left, top, right, bottom.
LABELS = {
    "bottle": (77, 138, 163, 246),
    "can": (68, 96, 172, 252),
    "carton": (66, 104, 174, 262),
    "bag": (58, 84, 182, 246),
    "jar": (58, 124, 182, 250),
    "box": (34, 92, 206, 246),
}


def outline(shape: str, specification: str) -> list[Part]:
    """The parts of a pack from back to front; big bottles have a broad cap and short neck."""
    if shape == "bottle":
        return _bottle(is_big=specification in ("900ml", "1L", "1.25L", "1.5L"))
    return {"can": _can, "carton": _carton, "bag": _bag, "jar": _jar, "box": _box}[shape]()


def _bottle(is_big: bool) -> list[Part]:
    neck, shoulder = (18, 96) if is_big else (15, 112)
    half = [(neck, 58), *_curve((neck, 62), (neck, shoulder - 18), (44, shoulder - 16), (44, shoulder + 14))]
    waist = [
        (44, 134),
        (42, 140),
        (42, 244),
        (44, 250),
        (44, 262),
        (42, 268),
        (44, 276),
        (40, 296),
        (34, 300),
    ]
    cap = [(neck + 3, 34), (neck + 3, 56)]
    return [
        Part(_mirrored([*half, *waist, (34, 300)]), "#ffffff", 0.42),
        Part(_mirrored([(neck + 1, 55), (neck + 1, 60)]), "#ffffff", 0.75),
        Part(_mirrored(cap), "#000000", 0.12),
    ]


def _can() -> list[Part]:
    body = [(42, 60), (52, 74), (52, 276), (43, 292)]
    return [
        Part(_mirrored(body), "#ffffff", 0.05),
        Part(_mirrored([(40, 54), (42, 60)]), "#c9ced6", 0.95),
        Part(_mirrored([(43, 290), (40, 298)]), "#c9ced6", 0.95),
        Part(_ellipse(120, 55, 40, 6), "#e6e9ee", 0.97, 0.5),
        Part(_ellipse(120, 55, 12, 2.4), "#8b929c", 0.95, 0.4),
    ]


def _carton() -> list[Part]:
    return [
        Part(_mirrored([(54, 84), (54, 298)]), "#ffffff", 0.15, 0.55),
        Part(_mirrored([(40, 52), (54, 84)]), "#000000", 0.10, 0.55),
        Part(_mirrored([(42, 40), (42, 53)]), "#ffffff", 0.35, 0.55),
        Part(_ellipse(138, 66, 11, 7), "#ffffff", 0.85, 0.6),
    ]


def _bag() -> list[Part]:
    side = _curve((66, 62), (74, 110), (74, 220), (66, 282))
    return [
        Part(_mirrored(side), "#ffffff", 0.04, 0.75),
        Part(_crimp(46, 64), "#000000", 0.15, 0.6),
        Part(_crimp(280, 298), "#000000", 0.15, 0.6),
    ]


def _jar() -> list[Part]:
    body = _curve((52, 84), (70, 88), (70, 100), (70, 114)) + _curve(
        (70, 270), (70, 290), (62, 298), (52, 298)
    )
    return [
        Part(_mirrored(body), "#fff4df", 0.55),
        Part(_mirrored([(58, 54), (60, 58), (60, 84), (58, 88)]), "#000000", 0.20),
    ]


def _box() -> list[Part]:
    return [
        Part([(26, 82), (44, 62), (228, 62), (212, 82)], "#ffffff", 0.35, 0.3),
        Part([(212, 82), (228, 62), (228, 268), (212, 294)], "#000000", 0.35, 0.1),
        Part([(26, 82), (212, 82), (212, 294), (26, 294)], "#ffffff", 0.05, 0.35),
    ]


def _mirrored(half: Sequence[Spot]) -> Points:
    """A whole outline from its right half, given as (distance from the middle, height)."""
    return [(120 + x, y) for x, y in half] + [(120 - x, y) for x, y in reversed(half)]


def _crimp(top: float, bottom: float) -> Points:
    """A sealed edge with teeth."""
    teeth = [(54 + i * 6, top + (3 if i % 2 else 0)) for i in range(23)]
    return [*teeth, *[(x, bottom - (y - top)) for x, y in reversed(teeth)]]


def _curve(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float], d: tuple[float, float]
) -> Points:
    """A cubic Bézier curve in sixteen steps."""
    points = []
    for i in range(17):
        t = i / 16
        w = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        x, y = (sum(weight * p[axis] for weight, p in zip(w, (a, b, c, d), strict=True)) for axis in (0, 1))
        points.append((x, y))
    return points


def _ellipse(x: float, y: float, half_width: float, half_height: float, turn: float = 0) -> Points:
    points = []
    for i in range(32):
        angle = i * math.tau / 32
        dx, dy = half_width * math.cos(angle), half_height * math.sin(angle)
        points.append(
            (x + dx * math.cos(turn) - dy * math.sin(turn), y + dx * math.sin(turn) + dy * math.cos(turn))
        )
    return points


def motif(name: str, x: float, y: float, size: float) -> list[tuple[Points, float]]:
    """A little picture around (x, y): shapes, each with how far its colour goes towards white."""
    return _MOTIFS[name](x, y, size)


def _drop(x: float, y: float, r: float) -> list[tuple[Points, float]]:
    tip = (x, y - 1.3 * r)
    left = _curve(tip, (x - 0.3 * r, y - 0.6 * r), (x - 0.9 * r, y), (x - 0.8 * r, y + 0.4 * r))
    return [(left + _ellipse(x, y + 0.35 * r, 0.8 * r, 0.75 * r)[16::-1] + [tip], 0.1)]


def _leaf(x: float, y: float, r: float) -> list[tuple[Points, float]]:
    return [(_ellipse(x + d * r, y, 1.1 * r, 0.45 * r, turn), white) for d, turn, white in
            ((-0.4, -0.9, 0.1), (0.4, -2.2, 0.35))]  # fmt: skip


def _citrus(x: float, y: float, r: float) -> list[tuple[Points, float]]:
    slices = [
        ([(x, y), (x + 0.75 * r * math.cos(a - 0.42), y + 0.75 * r * math.sin(a - 0.42)),
          (x + 0.75 * r * math.cos(a + 0.42), y + 0.75 * r * math.sin(a + 0.42))], 0.45)
        for a in (i * math.tau / 6 for i in range(6))
    ]  # fmt: skip
    return [(_ellipse(x, y, r, r), 0.0), (_ellipse(x, y, 0.85 * r, 0.85 * r), 0.85), *slices]


def _peach(x: float, y: float, r: float) -> list[tuple[Points, float]]:
    return [
        (_ellipse(x - 0.3 * r, y, 0.75 * r, 0.9 * r), 0.05),
        (_ellipse(x + 0.3 * r, y, 0.75 * r, 0.9 * r), 0.30),
        (_ellipse(x + 0.5 * r, y - 1.0 * r, 0.5 * r, 0.2 * r, -0.5), 0.0),
    ]


def _grape(x: float, y: float, r: float) -> list[tuple[Points, float]]:
    spots = ((-0.8, -0.6), (0, -0.6), (0.8, -0.6), (-0.4, 0.1), (0.4, 0.1), (0, 0.8))
    return [
        (_ellipse(x + dx * r, y + dy * r, 0.42 * r, 0.42 * r), 0.1 + 0.08 * i)
        for i, (dx, dy) in enumerate(spots)
    ]


def _bean(x: float, y: float, r: float) -> list[tuple[Points, float]]:
    return [(_ellipse(x + dx * r, y + dy * r, 0.6 * r, 0.36 * r, turn), white) for dx, dy, turn, white in
            ((-0.7, 0.1, 0.6, 0.1), (0.1, -0.5, -0.4, 0.3), (0.7, 0.4, 0.2, 0.2))]  # fmt: skip


def _nut(x: float, y: float, r: float) -> list[tuple[Points, float]]:
    return [
        (_ellipse(x - 0.5 * r, y, 0.75 * r, 0.5 * r, 0.9), 0.15),
        (_ellipse(x + 0.5 * r, y + 0.1 * r, 0.75 * r, 0.5 * r, -0.7), 0.35),
    ]


def _chip(x: float, y: float, r: float) -> list[tuple[Points, float]]:
    return [
        (_ellipse(x - 0.35 * r, y - 0.2 * r, 0.95 * r, 0.6 * r, -0.4), 0.25),
        (_ellipse(x + 0.35 * r, y + 0.3 * r, 0.95 * r, 0.6 * r, 0.3), 0.45),
    ]


def _flame(x: float, y: float, r: float) -> list[tuple[Points, float]]:
    bolt = [(0.2, -1.2), (-0.7, 0.2), (-0.05, 0.2), (-0.3, 1.2), (0.7, -0.3), (0.05, -0.3)]
    return [([(x + dx * r, y + dy * r) for dx, dy in bolt], 0.05)]


def _star(x: float, y: float, r: float) -> list[tuple[Points, float]]:
    petals = [(_ellipse(x + 0.55 * r * math.cos(a), y + 0.55 * r * math.sin(a), 0.45 * r, 0.45 * r), 0.25)
              for a in (i * math.tau / 5 - math.pi / 2 for i in range(5))]  # fmt: skip
    return [*petals, (_ellipse(x, y, 0.28 * r, 0.28 * r), 0.75)]


_MOTIFS = {
    "drop": _drop, "leaf": _leaf, "citrus": _citrus, "peach": _peach, "grape": _grape,
    "bean": _bean, "nut": _nut, "chip": _chip, "flame": _flame, "star": _star,
}  # fmt: skip
