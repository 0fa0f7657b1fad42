"""Somebody's own words in letters to others: sealed under the writer's key, so that they end when the writer is erased.

A kind of letter names `unsealed` among its `words` for the value, and whoever sends puts `sealed(writer, text)` there.
"""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from qince.kit.tenancy import current_organization_id
from qince.kit.vault import api as vault

LABEL, MARK = "letters.words", "sealed:"


def sealed(writer: UUID, text: str) -> str:
    """The text as a letter keeps it; nothing stays nothing."""
    if not text:
        return ""
    data = vault.seal(current_organization_id(), writer, LABEL, text.encode())
    return MARK + urlsafe_b64encode(data).decode()


def unsealed(kept: str) -> str:
    """The text as it is read; empty where the writer was erased. What was never sealed is read as it is."""
    if not kept.startswith(MARK):
        return kept
    try:
        found = vault.open_sealed(LABEL, urlsafe_b64decode(kept.removeprefix(MARK)))
    except (binascii.Error, vault.Damaged):
        return ""
    return "" if found is None else found.decode()
