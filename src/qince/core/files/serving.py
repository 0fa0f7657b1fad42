"""Files on their way to a browser: never run, never sniffed, kept only by the one who asked."""

from typing import IO

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from qince.core.files import keeping
from qince.core.files.images import reencoded
from qince.core.files.models import Blob
from qince.kit.errors import NotFound

DISPLAY_PX, COPY = 1600, ".display"
# The content of an address never changes, the right to see it may: the browser asks again after this long.
KEPT_S = 3600
SANDBOX = (
    "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
)
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "application/pdf": "pdf",
    "application/zip": "zip",
}


def original(request: HttpRequest, blob: Blob) -> HttpResponseBase:
    """The file as it is kept, to download: evidence byte for byte, with its metadata."""
    media_type = blob.media_type if blob.media_type in ENDINGS else "application/octet-stream"
    return _answer(request, blob, blob.storage_name, keeping.ORIGINAL, media_type, is_attachment=True)


def thumbnail(request: HttpRequest, blob: Blob) -> HttpResponseBase:
    if not blob.thumbnail_name:
        raise NotFound
    return _answer(request, blob, blob.thumbnail_name, keeping.THUMBNAIL)


def display(request: HttpRequest, blob: Blob) -> HttpResponseBase:
    """The picture for the screen: re-encoded, so that neither metadata nor a foreign payload leaves with it."""
    if not blob.thumbnail_name:
        raise NotFound
    return _answer(request, blob, *_display_copy(blob))


def opened_display(blob: Blob) -> IO[bytes]:
    """The picture for the screen, to be read and closed."""
    return keeping.opened(blob, *_display_copy(blob))


def _display_copy(blob: Blob) -> tuple[str, str]:
    """Where the display copy is stored, and as what; made at the first request."""
    if not blob.is_evidence:
        return blob.storage_name, keeping.DISPLAY  # re-encoded when it was taken in
    name = f"{blob.storage_name}{COPY}"
    if not default_storage.exists(name):
        with keeping.opened(blob, blob.storage_name, keeping.ORIGINAL) as stream:
            content = reencoded(stream, max_px=DISPLAY_PX, quality=85)
        keeping.save_copy(blob, name, content, keeping.DISPLAY)
    return name, keeping.DISPLAY


def _image_type(stream: IO[bytes]) -> str:
    """Our own copies are JPEG, or PNG where there is transparency."""
    head = stream.read(8)
    stream.seek(0)
    return "image/png" if head.startswith(b"\x89PNG") else "image/jpeg"


def _answer(
    request: HttpRequest,
    blob: Blob,
    name: str,
    kind: str,
    media_type: str = "",
    *,
    is_attachment: bool = False,
) -> HttpResponseBase:
    """Opened first: for an erased person's file a browser that kept it is not told to go on using it."""
    stream = keeping.opened(blob, name, kind)
    etag = f'"{blob.sha256[:32]}-{kind}"'
    if get_conditional_response(request, etag=etag, response=None) is not None:
        stream.close()
        return _guarded(HttpResponseNotModified(), etag)
    media_type = media_type or _image_type(stream)
    response = FileResponse(stream, content_type=media_type)
    ending = ENDINGS.get(media_type, "bin")
    filename = f"{blob.sha256[:12]}{'' if kind == 'original' else '-' + kind}.{ending}"
    response["Content-Disposition"] = content_disposition_header(is_attachment, filename) or ""
    return _guarded(response, etag)


def _guarded(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response["ETag"] = etag
    response["Cache-Control"] = f"private, max-age={KEPT_S}"
    response["Vary"] = "Cookie"
    return guard(response)


def guard(response: HttpResponseBase) -> HttpResponseBase:
    """Headers for content that came from people: it is shown or saved, never run."""
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def attachment(content: bytes, filename: str, media_type: str) -> HttpResponse:
    """Bytes made for one reader, to download and not to be kept on the way."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, filename) or ""
    response["Cache-Control"] = "private, no-store"
    guard(response)
    return response
