"""The package on its way to whoever collects it: saved, never shown, kept nowhere on the way."""

from typing import IO

from django.http import FileResponse, HttpResponseBase

from qince.core.erasure.models import Copy
from qince.core.files.serving import guard


def package(copy: Copy, clear: IO[bytes]) -> HttpResponseBase:
    name = f"qince-{copy.requested_at:%Y-%m-%d}.zip"
    response = FileResponse(clear, as_attachment=True, filename=name, content_type="application/zip")
    response["Cache-Control"] = "private, no-store"
    return guard(response)
