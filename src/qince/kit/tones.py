"""Colours that carry meaning: a tone for each kind of state, the same in badges, maps and timelines."""

import zlib

TONES = ("grey", "blue", "green", "orange", "red", "purple", "teal", "yellow", "pink", "indigo")

_BY_STATUS = {
    "blue": "manual in_progress open running checked_in current info started new assigned sent",
    "green": "done completed complete inside active approved success verified on_time accepted agreed",
    "orange": "late uncertain warning pending early waiting invited partial suspended expiring",
    "red": "missed outside failed error rejected refused absent blocked overdue exception broken withdrawn",
    "purple": "unplanned extra adjusted corrected",
    "grey": "planned draft inactive left closed archived cancelled canceled none skipped off",
}
STATUS_TONES = {status: tone for tone, statuses in _BY_STATUS.items() for status in statuses.split()}
_PEOPLE = ("blue", "teal", "purple", "orange", "pink", "indigo", "green")


def tone_of(status: object) -> str:
    """The tone for a state's code, or the tone itself when given one; grey for what nobody has named."""
    code = str(status or "").lower().replace("-", "_").replace(" ", "_")
    return code if code in TONES else STATUS_TONES.get(code, "grey")


def tone_of_person(name: str) -> str:
    """Always the same colour for the same name."""
    return _PEOPLE[zlib.crc32(name.encode()) % len(_PEOPLE)]


def initials(name: str) -> str:
    """Two letters for a Latin name; for a Chinese one its last two characters, the given name."""
    words = name.split()
    if not words:
        return "?"
    if ord(words[0][0]) > 0x2E7F:
        return words[0][-2:]
    return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper()
