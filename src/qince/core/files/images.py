"""Pictures for display: re-encoded, so that no metadata and no foreign payload reaches a browser."""

from io import BytesIO
from pathlib import Path
from typing import IO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from qince.kit.errors import Refusal

THUMBNAIL_PX = 480


def reencoded(path: Path | IO[bytes], *, max_px: int, quality: int = 82) -> bytes:
    """The picture as a plain JPEG (PNG when it has transparency), upright, at most `max_px` on its longer side."""
    try:
        with Image.open(path) as image:
            image.draft("RGB", (max_px, max_px))  # lets the JPEG decoder shrink while reading
            image.thumbnail((max_px, max_px))  # before anything copies it
            ImageOps.exif_transpose(image, in_place=True)
            return _encoded(image, quality)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Refusal("damaged_image", _("The picture is damaged and cannot be opened.")) from error


def _encoded(image: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    clean = Image.new("RGBA" if image.mode in ("RGBA", "LA", "P") else "RGB", image.size)
    clean.paste(image)
    clean.save(out, "PNG" if clean.mode == "RGBA" else "JPEG", quality=quality, optimize=True)
    return out.getvalue()
