"""The character NUL, which nobody types and no text of PostgreSQL can hold: found before anything is decoded."""

import re

# In JSON it stands as an escape alone; one whose backslash is escaped itself is text that a person may write.
_ESCAPED = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def in_json(raw: bytes) -> bool:
    """Whether a text of this JSON holds it."""
    return b"\\u0000" in raw and _ESCAPED.search(raw) is not None
