"""A case as evidence: one archive with readable and machine-readable parts, each hashed, the list of hashes signed."""

import base64
import hashlib
import io
import json
import zipfile
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.template.loader import render_to_string

from qince.core.rights import papers
from qince.core.rights.models import Case, CaseFile
from qince.kit.errors import NotFound
from qince.kit.resource.timeline import Moment

MANIFEST, SIGNATURE = "manifest.json", "signature.json"


def archive(case: Case, moments: list[Moment]) -> bytes:
    """The whole case. Proofs that were erased stand in the list with their hash and the time of erasing."""
    parts = parts_of(case, moments)
    members = {
        "case.json": _json(parts),
        "case.html": render_to_string("rights/export.html", {"case": case, "parts": parts}).encode(),
        **{f"files/{number:02d}-{file.name}": content for number, file, content in _contents(case)},
    }
    manifest = _json({name: hashlib.sha256(content).hexdigest() for name, content in members.items()})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
        packed.writestr(MANIFEST, manifest)
        packed.writestr(SIGNATURE, _json(signature_of(manifest)))
    return out.getvalue()


def parts_of(case: Case, moments: list[Moment]) -> dict[str, Any]:
    """The eight parts the agreement names (C2.3.2-02), and the course of the case."""
    return {
        "account": {
            "organization": case.organization.name,
            "person": case.person_name,
            "number": case.subject.number if case.subject else "",
        },
        "work_order": _work_order(case),
        "content": {"request": case.details, "ground": case.ground, "ground_text": case.ground_text},
        "communications": [
            {"at": each.at, "kind": each.get_kind_display(), "text": each.text, "recording": each.recording}
            for each in case.entries.order_by("at")
        ],
        "proofs": [
            {"role": each.get_role_display(), "name": each.name, "sha256": each.sha256, "added_at": each.added_at,
             "erased_at": each.erased_at}
            for each in case.files.order_by("added_at")
        ],
        "contact": {"name": case.contact_name, "mobile": case.contact_mobile, "email": case.contact_email},
        "solution": case.solution,
        "result": {"state": case.get_state_display(), "answer": case.answer, "answered_at": case.answered_at},
        "course": [
            {"at": each.at, "by": each.by, "act": str(each.act), "changes": each.changes} for each in moments
        ],
    }  # fmt: skip


def _work_order(case: Case) -> dict[str, Any]:
    return {
        "number": case.number,
        "kind": case.get_kind_display(),
        "asked": case.get_asked_display() if case.asked else "",
        "channel": case.get_channel_display(),
        "received_at": case.received_at,
        "calendar_due_on": case.calendar_due_on,
        "working_due_on": case.working_due_on,
        "verified_at": case.verified_at,
        "verified_how": case.verified_how,
        "authorization": case.get_authorization_display(),
        "fee": case.fee,
        "fee_reason": case.fee_reason,
        "first_case": str(case.first_case or ""),
        "document": case.document_name,
        "refusals": [
            {"ground": each.ground, "text": each.text, "reference": each.reference, "tried": each.tried}
            for each in case.refusals.all()
        ],
        "recipients": [
            {"name": each.name, "state": each.get_state_display(), "reason": each.reason}
            for each in case.onward.all()
        ],
    }


def _contents(case: Case) -> list[tuple[int, CaseFile, bytes]]:
    found = []
    for number, file in enumerate(case.files.order_by("added_at"), 1):
        try:
            found.append((number, file, papers.content_of(file)))
        except NotFound:
            continue
    return found


def signature_of(manifest: bytes) -> dict[str, str]:
    """Ed25519 over the manifest, by a key of this installation's own; the public part goes with it."""
    key = _key()
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return {
        "algorithm": "Ed25519",
        "public_key": base64.b64encode(public).decode(),
        "signature": base64.b64encode(key.sign(manifest)).decode(),
    }


def _key() -> Ed25519PrivateKey:
    derived = HKDF(hashes.SHA256(), 32, salt=None, info=b"qince case export").derive(
        settings.SECRET_KEY.encode()
    )
    return Ed25519PrivateKey.from_private_bytes(derived)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str).encode()
