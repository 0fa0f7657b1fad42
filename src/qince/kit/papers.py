"""Papers handed in as proof: a scan or photo, or a PDF. Known by their bytes, never by what their name says."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from qince.kit.errors import Refusal, Text

MAX_BYTES = 8 * 1024 * 1024
TYPES = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
TOO_LARGE: Text = _("A file may have at most 8 MB.")
UNKNOWN: Text = _("Hand in a PDF, or a JPEG or PNG picture.")


@dataclass(frozen=True, slots=True)
class Paper:
    name: str
    media_type: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def paper(name: str, content: bytes, *, field: str | None = None) -> Paper:
    """The checked paper, or a `Refusal` at `field`."""
    if len(content) > MAX_BYTES:
        raise Refusal("file_too_large", TOO_LARGE, field=field)
    media_type = next((each for magic, each in TYPES.items() if content.startswith(magic)), None)
    if media_type is None:
        raise Refusal("unsupported_file", UNKNOWN, field=field)
    return Paper(PurePath(name).name[:120] or "file", media_type, content)


class PaperField(forms.FileField):
    """A file input whose value is a `Paper`."""

    widget = forms.ClearableFileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        sent = super().clean(data, initial)
        if not sent or isinstance(sent, Paper):
            return None
        if sent.size > MAX_BYTES:
            raise forms.ValidationError(str(TOO_LARGE), code="file_too_large")
        try:
            return paper(sent.name, sent.read())
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal.message), code=refusal.code) from refusal
