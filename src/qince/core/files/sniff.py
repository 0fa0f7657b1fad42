"""What a file really is, from its bytes. Names and declared types are not believed."""

import warnings
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from qince.kit.errors import Refusal

# By format, so that opening and re-encoding one stays within 256 MiB: a pixel takes four bytes once unpacked, and
# transparency, WebP's canvas and progressive JPEG's coefficients take as much again.
MAX_PIXELS = {"JPEG": 24_000_000, "PNG": 12_000_000, "WEBP": 12_000_000}
IMAGE_TYPES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
DOCUMENT_TYPES = {b"%PDF-": "application/pdf", b"PK\x03\x04": "application/zip"}


@dataclass(frozen=True, slots=True)
class Sniffed:
    media_type: str
    width: int | None = None
    height: int | None = None

    @property
    def is_image(self) -> bool:
        return self.width is not None


def sniff(path: Path) -> Sniffed:
    """The type of the file at `path`; refused when it is none of those kept, or an image too large to open."""
    with path.open("rb") as stream:
        head = stream.read(16)
    for magic, media_type in DOCUMENT_TYPES.items():
        if head.startswith(magic):
            return Sniffed(media_type)
    return _image(path)


def _image(path: Path) -> Sniffed:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=list(IMAGE_TYPES)) as image:
                kind, (width, height) = image.format, image.size
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _unsupported() from error
    limit = MAX_PIXELS[str(kind)]
    if width * height > limit:
        raise Refusal(
            "image_too_large",
            _("The picture has more than %(limit)d million pixels. Send a smaller one.")
            % {"limit": limit // 1_000_000},
            width=width,
            height=height,
        )
    return Sniffed(IMAGE_TYPES[str(kind)], width, height)


def _unsupported() -> Refusal:
    return Refusal(
        "unsupported_file", _("Only JPEG, PNG and WebP pictures, PDF and Office files can be kept.")
    )
