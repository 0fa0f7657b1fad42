"""Identifiers. UUID version 7 (RFC 9562): they sort by time of making, so indexes stay compact."""

from uuid import UUID

from uuid_utils.compat import uuid7 as _uuid7


def uuid7() -> UUID:
    return _uuid7()


def uuid_in(text: str) -> UUID | None:
    """The id that an address or a field holds; None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
