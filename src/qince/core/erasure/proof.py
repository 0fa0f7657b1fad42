"""Proof without identity: what kinds of data, how many rows, when, under which duty something stays; signed."""

import json
from typing import Any

from qince.core.erasure.models import Erasure
from qince.core.erasure.subjects import OPERATOR, Subject
from qince.kit.vault import api as vault


def of(erasure: Erasure, subject: Subject, kept: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "ledger_entry": erasure.ledger_entry,
        "organization": str(erasure.organization_id),
        "kind": erasure.kind,
        "subject": erasure.subject_digest,
        "case": erasure.case_digest,
        "begun_at": erasure.begun_at.isoformat(timespec="seconds"),
        "finished_at": erasure.finished_at.isoformat(timespec="seconds") if erasure.finished_at else "",
        "key_destroyed": subject.id is not None and vault.is_destroyed(subject.organization_id, subject.id),
        "rows": {name: count for name, count in sorted(erasure.steps.items()) if count},
        "kept": kept,
    }


def signed(told: dict[str, Any]) -> str:
    """HMAC under a key wrapped by the operator's: this installation, and nobody else, can say it wrote that."""
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return vault.digest(OPERATOR, "erasure.proof", text)


def is_genuine(told: dict[str, Any], signature: str) -> bool:
    return signature != "" and signed(told) == signature
