"""Attachments by content: ask what the server has, send the rest."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Router

from qince.core.files.actions import receive_chunk, upload_state
from qince.core.files.models import Blob
from qince.kit.api import answers
from qince.kit.errors import NotFound, Refusal
from qince.kit.tenancy import tenant

router = Router(tags=["files"])
SHA256 = re.compile("[0-9a-f]{64}")
_CHUNK = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    },
    "parameters": [
        {"in": "header", "name": name, "required": True, "schema": {"type": "integer", "minimum": 0}}
        for name in ("Upload-Offset", "Upload-Length")
    ],
}


@router.api_operation(["HEAD"], "/files/{sha256}", openapi_extra=answers(None, 401, 403, 404))
def state(request: HttpRequest, sha256: str) -> HttpResponse:
    """How much of the file the server has."""
    actor = request.auth  # type: ignore[attr-defined]
    with tenant(actor.organization_id):
        found = upload_state(actor, sha256)
    if found is None:
        raise NotFound
    complete, received = found
    return HttpResponse(headers=_headers(complete, received))


@router.patch(
    "/files/{sha256}", openapi_extra={**_CHUNK, **answers(None, 400, 401, 403, 409, 413, 422, status=204)}
)
def receive(request: HttpRequest, sha256: str) -> HttpResponse:
    """Add a piece of the file, from `Upload-Offset` on."""
    if not SHA256.fullmatch(sha256):
        raise Refusal("invalid_request", _("A file is named by its SHA-256 in lower-case hex."), status=400)
    result = receive_chunk(
        request.auth,  # type: ignore[attr-defined]
        sha256=sha256,
        offset=_number(request, "Upload-Offset"),
        size=_number(request, "Upload-Length"),
        chunk=request.body,
        is_evidence=True,
    )
    received = 0 if isinstance(result, Blob) else result.received
    return HttpResponse(status=204, headers=_headers(isinstance(result, Blob), received))


def _number(request: HttpRequest, name: str) -> int:
    value = request.headers.get(name, "")
    if not re.fullmatch("[0-9]{1,15}", value):
        raise Refusal("invalid_request", _("A header is missing or is no number."), field=name, status=400)
    return int(value)


def _headers(complete: bool, received: int) -> dict[str, str]:
    return (
        {"Upload-Complete": "?1"} if complete else {"Upload-Complete": "?0", "Upload-Offset": str(received)}
    )
