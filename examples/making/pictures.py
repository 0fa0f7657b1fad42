"""Pack shots: a bottle, can, carton, bag, jar or box in the product's colour with its label."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter, ImageFont

from .products import Product
from .shapes import LABELS, motif, outline

WIDTH, HEIGHT, FINE = 240, 320, 3  # drawn three times as large, then reduced: smooth edges
Colour = tuple[int, int, int]
_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Bold.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Bold.ttc",
)


class FontMissing(RuntimeError):
    """No CJK font to write the labels with."""


def draw_picture(product: Product, path: Path) -> None:
    """Write one WebP of at most 10 KB."""
    image = _compose(product).resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    image.save(path, "WEBP", quality=78, method=6)


def _compose(product: Product) -> Image.Image:
    size = (WIDTH * FINE, HEIGHT * FINE)
    colour = _rgb(product.colour)
    image = _gradient(size, (255, 255, 255), (236, 240, 245), vertical=True)
    _drop_shadow(image)
    for part in outline(product.line.shape, product.specification):
        tint = _mix(colour, _rgb(part.towards), part.amount)
        _fill(image, _scaled(part.points), tint, part.gloss)
    _draw_label(image, product, colour)
    return image


def _draw_label(image: Image.Image, product: Product, colour: Colour) -> None:
    left, top, right, bottom = (value * FINE for value in LABELS[product.line.shape])
    own = product.line.owner == "本品"
    paper = _mix(colour, (255, 255, 255), 0.90 if own else 0.78)
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    _fill(image, corners, paper, gloss=0.35)
    draw = ImageDraw.Draw(image)
    band = top + (bottom - top) * 0.36
    header = [(left, top), (right, top), (right, band), (left, band)]
    _fill(image, header, _mix(colour, (0, 0, 0), 0.18), gloss=0.35)
    middle, height, width = (left + right) / 2, bottom - top, right - left
    ink = _mix(colour, (0, 0, 0), 0.55)
    for text, across, down, broad, high, tint in (
        (product.line.brand, middle, 0.18, 0.90, 0.26, (255, 255, 255)),
        (product.flavour, middle, 0.50, 0.86, 0.19, ink),
        (product.line.noun, middle, 0.67, 0.80, 0.12, ink),
        (product.specification, right - width * 0.24, 0.87, 0.36, 0.10, ink),
    ):
        _write(draw, text, (across, top + height * down), width * broad, height * high, tint)
    for points, amount in motif(product.motif, left + width * 0.24, top + height * 0.87, height * 0.085):
        draw.polygon(points, fill=_mix(colour, (255, 255, 255), amount))


def _fill(image: Image.Image, points: Sequence[tuple[float, float]], colour: Colour, gloss: float) -> None:
    """Fill a shape as if it were round: dark at the edges, a light stripe left of the middle."""
    mask = Image.new("L", image.size, 0)
    ImageDraw.Draw(mask).polygon(points, fill=255)
    left, right = math.floor(min(x for x, _ in points)), math.ceil(max(x for x, _ in points))
    strip = Image.new("RGB", (max(1, right - left), 1))
    for x in range(strip.width):
        strip.putpixel((x, 0), _lit(colour, x / strip.width, gloss))
    shaded = Image.new("RGB", image.size)
    shaded.paste(strip.resize((strip.width, image.height)), (left, 0))
    image.paste(shaded, mask=mask)


def _lit(colour: Colour, across: float, gloss: float) -> Colour:
    edge = abs(2 * across - 1) ** 2.6
    shine = math.exp(-(((across - 0.27) / 0.09) ** 2)) + 0.35 * math.exp(-(((across - 0.82) / 0.05) ** 2))
    return _mix(_mix(colour, (0, 0, 0), 0.45 * gloss * edge), (255, 255, 255), 0.55 * gloss * shine)


def _drop_shadow(image: Image.Image) -> None:
    shade = Image.new("L", image.size, 0)
    box = [WIDTH * 0.22 * FINE, HEIGHT * 0.915 * FINE, WIDTH * 0.78 * FINE, HEIGHT * 0.965 * FINE]
    ImageDraw.Draw(shade).ellipse(box, fill=110)
    shade = shade.filter(ImageFilter.GaussianBlur(5 * FINE))
    image.paste(ImageChops.multiply(image, Image.new("RGB", image.size, (120, 126, 138))), mask=shade)


def _write(
    draw: ImageDraw.ImageDraw,
    text: str,
    centre: tuple[float, float],
    width: float,
    height: float,
    ink: Colour,
) -> None:
    """Text centred, as large as fits the width and height."""
    font = _font(round(height))
    if font.getlength(text) > width:
        font = _font(max(8, int(height * width / font.getlength(text))))
    draw.text(centre, text, font=font, fill=ink, anchor="mm")


def _font(size: int) -> ImageFont.FreeTypeFont:
    for path in _FONTS:
        if Path(path).exists():
            return ImageFont.truetype(path, size, index=2)
    raise FontMissing("Install a CJK font to draw the labels, for example Debian's fonts-noto-cjk.")


def _gradient(size: tuple[int, int], first: Colour, last: Colour, *, vertical: bool) -> Image.Image:
    ramp = Image.linear_gradient("L") if vertical else Image.linear_gradient("L").rotate(90)
    return Image.composite(Image.new("RGB", size, last), Image.new("RGB", size, first), ramp.resize(size))


def _scaled(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(x * FINE, y * FINE) for x, y in points]


def _rgb(text: str) -> Colour:
    red, green, blue = ImageColor.getrgb(text)[:3]
    return red, green, blue


def _mix(a: Colour, b: Colour, amount: float) -> Colour:
    red, green, blue = (round(x + (y - x) * amount) for x, y in zip(a, b, strict=True))
    return red, green, blue
