"""Faces drawn for the demo: nobody's. Enough of a face for a matcher to find one, and to see it turn."""

from dataclasses import dataclass
from io import BytesIO
from math import cos, radians, sin
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
WIDTH, HEIGHT, FINER = 480, 600, 2
UNIT = 92 * FINER  # of a face: half its width, px
MIDDLE = WIDTH * FINER / 2, HEIGHT * FINER * 0.45
WALL, SHIRT, LIPS, MOUTH, WHITE, PUPIL = (
    (196, 204, 212),
    (52, 70, 104),
    (168, 92, 88),
    (96, 44, 44),
    (236, 234, 230),
    (38, 26, 20),
)


@dataclass(frozen=True, slots=True)
class Look:
    """`brow`, `wide` and `mouth` are factors about 1."""

    skin: Colour
    hair: Colour
    brow: float = 1.0
    wide: float = 1.0
    mouth: float = 1.0


LOOKS = (
    Look((226, 182, 150), (34, 28, 26)),
    Look((206, 160, 128), (24, 20, 20), brow=1.5, wide=1.06, mouth=1.15),
    Look((238, 200, 172), (60, 40, 30), brow=0.8, wide=0.94, mouth=0.9),
)


class Part(NamedTuple):
    """An ellipse: x to the right, y down, z towards the camera; `tone`: a colour, or part of the skin's light."""

    x: float
    y: float
    z: float
    half_width: float
    half_height: float
    tone: Colour | float
    softness: float


def _middle(look: Look) -> list[Part]:
    return [
        Part(0, 3.4, 0, 2.3, 1.35, SHIRT, 0.02),
        Part(0, 1.75, -0.2, 0.62, 0.9, 0.78, 0.03),
        Part(0, -0.25, -0.25, 1.32 * look.wide, 1.62, look.hair, 0.02),
        Part(0, 0.32, 0, 1.14 * look.wide, 1.5, 0.9, 0.03),
        Part(0, 0.25, 0.25, 0.98 * look.wide, 1.3, 1.0, 0.14),
        Part(0, -0.55, 0.5, 0.6, 0.4, 1.06, 0.2),
    ]


def _side(look: Look) -> list[Part]:
    return [
        Part(0.62, 0.62, 0.45, 0.26, 0.24, 1.05, 0.12),
        Part(0.98 * look.wide, 0.5, -0.05, 0.16, 0.7, 0.78, 0.14),
        Part(0.48, -0.02, 0.5, 0.36, 0.24, 0.74, 0.08),
        Part(0.48, -0.36, 0.55, 0.34, 0.075 * look.brow, look.hair, 0.025),
        Part(0.48, 0.02, 0.55, 0.25, 0.105, WHITE, 0.015),
        Part(0.48, 0.01, 0.56, 0.105, 0.105, PUPIL, 0.012),
        Part(0.48, -0.07, 0.56, 0.27, 0.045, PUPIL, 0.02),
        Part(0.48, 0.13, 0.55, 0.22, 0.03, 0.7, 0.03),
        Part(0.16, 0.35, 0.7, 0.05, 0.32, 0.82, 0.06),
    ]


def _front(look: Look) -> list[Part]:
    return [
        Part(0, 0.28, 0.85, 0.1, 0.4, 1.08, 0.06),
        Part(0, 0.62, 0.8, 0.2, 0.1, 0.86, 0.05),
        Part(0.1, 0.68, 0.75, 0.06, 0.035, 0.42, 0.02),
        Part(-0.1, 0.68, 0.75, 0.06, 0.035, 0.42, 0.02),
        Part(0, 1.04, 0.62, 0.36 * look.mouth, 0.1, LIPS, 0.03),
        Part(0, 1.03, 0.64, 0.36 * look.mouth, 0.022, MOUTH, 0.015),
        Part(0, 1.22, 0.6, 0.25, 0.05, 0.8, 0.05),
        Part(0, -1.15, 0.2, 1.12 * look.wide, 0.5, look.hair, 0.05),
    ]


def portrait(look: Look, *, turn: float = 0.0, light: float = 1.0) -> bytes:
    """A JPEG; `turn` in degrees, positive to the right of the picture; `light`: a factor of its brightness."""
    canvas = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), WALL)
    mirrored = [part._replace(x=-part.x) for part in _side(look)]
    for part in [*_middle(look), *_side(look), *mirrored, *_front(look)]:  # what comes later lies in front
        _draw(canvas, part, radians(turn), _colour(look, part.tone))
    small = canvas.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).filter(ImageFilter.GaussianBlur(0.8))
    out = BytesIO()
    small.point(lambda value: min(255, int(value * light))).save(out, "JPEG", quality=90)
    return out.getvalue()


def _draw(canvas: Image.Image, part: Part, angle: float, colour: Colour) -> None:
    x = MIDDLE[0] + (part.x * cos(angle) + part.z * sin(angle)) * UNIT
    y = MIDDLE[1] + part.y * UNIT
    reach_x, reach_y = part.half_width * cos(angle) * UNIT, part.half_height * UNIT
    shape = Image.new("L", canvas.size, 0)
    ImageDraw.Draw(shape).ellipse((x - reach_x, y - reach_y, x + reach_x, y + reach_y), fill=255)
    canvas.paste(colour, (0, 0), shape.filter(ImageFilter.GaussianBlur(part.softness * UNIT)))


def _colour(look: Look, tone: Colour | float) -> Colour:
    if isinstance(tone, tuple):
        return tone
    red, green, blue = (min(255, int(part * tone)) for part in look.skin)
    return red, green, blue
