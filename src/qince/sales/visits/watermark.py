"""Evidence written onto a copy of a photo. Always drawn from the record, never trusted from the phone's pixels."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import IO

from PIL import Image, ImageDraw, ImageFont

# Where systems keep a typeface with Chinese characters; the first found is used.
_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/STHeiti Light.ttc",
    "C:/Windows/Fonts/msyh.ttc",
)


@cache
def chinese_font() -> str | None:
    """The path of a typeface that has Chinese characters, or None on a bare system."""
    return next((path for path in _FONTS if Path(path).exists()), None)


def drawn(source: IO[bytes], lines: list[str]) -> bytes:
    """The picture read from `source`, which is closed, as JPEG with `lines` on a dark band at its foot."""
    with source, Image.open(source) as image:
        picture = image.convert("RGB")
    size = max(14, picture.width // 46)
    font, lines = _font(size), [_drawable(line) for line in lines]
    leading = round(size * 1.45)
    band = leading * len(lines) + size
    canvas = _with_band(picture, band)
    pen = ImageDraw.Draw(canvas)
    for number, line in enumerate(line for line in lines if line):
        place = (size, picture.height - band + size // 2 + number * leading)
        pen.text(place, line, font=font, fill="white", stroke_width=max(1, size // 14), stroke_fill="black")
    out = BytesIO()
    canvas.save(out, "JPEG", quality=88)
    return out.getvalue()


def _with_band(picture: Image.Image, band: int) -> Image.Image:
    """Darken the foot of the picture, so that white letters read on any ground."""
    box = (0, max(0, picture.height - band), picture.width, picture.height)
    foot = picture.crop(box)
    picture.paste(Image.blend(foot, Image.new("RGB", foot.size, "black"), 0.5), box)
    return picture


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    if path := chinese_font():
        return ImageFont.truetype(path, size)
    return ImageFont.load_default(size)


def _drawable(line: str) -> str:
    """Without a Chinese typeface only what Latin letters can say: boxes instead of names would look like damage."""
    if chinese_font():
        return line
    return " ".join("".join(letter for letter in line if ord(letter) < 0x250).split())
