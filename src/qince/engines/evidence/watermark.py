"""Evidence written onto a copy of a photo. Always drawn from the record, never trusted from the phone's pixels."""

from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.utils import formats
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from qince.engines.evidence.models import Verdict
from qince.kit import clock

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


def place(row: Any, *, is_masked: bool) -> str:
    """Where an act was done, of a row of `Evidenced`. `is_masked`: for a role that is shown no positions, only the
    verdict they led to; empty where there is none.
    """
    if is_masked:
        was_compared = row.radius_m is not None or row.verdict == Verdict.MANUAL
        return str(row.get_verdict_display()) if was_compared else ""
    if row.lat is None and row.verdict != Verdict.MANUAL:
        return _("Position erased") + f" · {row.get_verdict_display()}"
    if row.lat is None:
        return _("Manual place: %(text)s") % {"text": row.place_text or "—"}
    found = f"{row.lat:.5f}, {row.lng:.5f} ±{row.accuracy_m:.0f} m"
    distance = "" if row.distance_m is None else f" · {row.distance_m:.0f} m"
    if row.radius_m is None:  # compared with no place, so there is nothing to say of one
        return found
    return f"{found}{distance} · {row.get_verdict_display()}"


def instant(value: datetime) -> str:
    text = formats.date_format(clock.shown(value), "Y-m-d H:i:s")
    return f"{text} {zone}" if (zone := clock.elsewhere(value)) else text


@cache
def chinese_font() -> str | None:
    """The path of a typeface that has Chinese characters, or None on a bare system."""
    return next((path for path in _FONTS if Path(path).exists()), None)


def drawn(source: IO[bytes], lines: list[str]) -> bytes:
    """The picture read from `source`, which is closed, as JPEG with `lines` on a dark band at its foot."""
    with source, Image.open(source) as image:
        picture = image.convert("RGB")
    size = max(14, picture.width // 46)
    font, lines = _font(size), [_drawable(line) for line in lines if line]
    leading = round(size * 1.45)
    band = leading * len(lines) + size
    canvas = _with_band(picture, band)
    pen = ImageDraw.Draw(canvas)
    for number, line in enumerate(lines):
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
