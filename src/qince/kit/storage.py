"""Static files as they are served: hashed, compressed, and the phone's modules without their comments."""

import re
from typing import Any

import brotli
from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Only comments that stand on lines of their own: what follows code on a line is left alone.
_BLOCK = re.compile(r"^[ \t]*/\*\*?.*?\*/[ \t]*$", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^[ \t]*//.*$", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


def without_comments(source: str) -> str:
    """`source` with its comments and indentation blanked. Lines keep their numbers for error reports."""
    bare = _BLOCK.sub(lambda found: "\n" * found.group().count("\n"), source)
    return _INDENT.sub("", _LINE.sub("", bare))


class Packer(Compressor):
    """Brotli at its best takes seconds for a megabyte: it is for the many small files, the few large ones take less."""

    SMALL = 100_000  # bytes

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        return brotli.compress(data, quality=11 if len(data) < Packer.SMALL else 9)


class Storage(CompressedManifestStaticFilesStorage):
    """A phone pays for every kilobyte, so what is only for readers of the code stays here."""

    def create_compressor(self, **options: Any) -> Compressor:
        return Packer(**options)

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        if name and name.startswith("pwa/") and name.endswith((".js", ".css")):
            content = ContentFile(without_comments(content.read().decode()).encode())
        return super().save(name, content, max_length)
