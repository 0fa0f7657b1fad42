"""Answers as they come, read by kind: what does not fit is named, nothing is guessed.

What is stored is JSON again: a number with decimals is a text in canonical form, so that nothing passes through binary
fractions. `read_answer` gives (answer in stored form, code of a problem).
"""

import re
from decimal import Decimal
from typing import Any
from uuid import UUID

from qince.engines.forms.schema import dates, numbers
from qince.engines.forms.schema.functions import BLANK
from qince.engines.forms.schema.types import Field, Kind

LONGEST = 4000
LARGEST_INTEGER = 10**15
FILES = {Kind.PHOTO: 10, Kind.FILE: 5, Kind.SIGNATURE: 1}
ROWS = 200
MOST_CHOICES = 200
SHA256 = re.compile(r"[0-9a-f]{64}")
DECIMAL = re.compile(r"-?\d{1,20}(\.\d{1,10})?", re.ASCII)
NO_CHARACTER = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
Read = tuple[Any, str]


def is_empty(answer: Any) -> bool:
    return answer is None or answer == "" or answer == [] or answer == {}


def read_answer(field: Field, given: Any) -> Read:
    """The answer in stored form and "", or None and what is wrong with it."""
    if isinstance(given, str) and field.kind is not Kind.TEXT:
        given = given.strip(BLANK)
    return (None, "") if is_empty(given) else _READERS[field.kind](field, given)


def _text(field: Field, given: Any) -> Read:
    if not isinstance(given, str):
        return None, "type"
    if len(given) > LONGEST:
        return None, "too_long"
    return (None, "characters") if NO_CHARACTER.search(given) else (given, "")


def _integer(field: Field, given: Any) -> Read:
    if isinstance(given, str) and re.fullmatch(r"-?\d{1,16}", given, re.ASCII):
        given = int(given)
    if isinstance(given, bool) or not isinstance(given, int):
        return None, "integer"
    return (given, "") if abs(given) <= LARGEST_INTEGER else (None, "integer")


def _number(field: Field, given: Any) -> Read:
    """A text or a whole number: a binary fraction has lost what was typed."""
    if isinstance(given, bool) or not isinstance(given, int | str | Decimal):
        return None, "number"
    text = format(given, "f") if isinstance(given, Decimal) else str(given)
    if not DECIMAL.fullmatch(text):
        return None, "number"
    return numbers.shown(Decimal(text)), ""


def _choice(field: Field, given: Any) -> Read:
    return (given, "") if isinstance(given, str) and len(given) <= 100 else (None, "choice")


def _choices(field: Field, given: Any) -> Read:
    if isinstance(given, str):
        given = given.split()
    if not isinstance(given, list) or len(given) > MOST_CHOICES:
        return None, "choice"
    fits = all(isinstance(each, str) and each and len(each) <= 100 for each in given)
    return (list(dict.fromkeys(given)), "") if fits else (None, "choice")


def _when(field: Field, given: Any) -> Read:
    found = dates.read(given) if isinstance(given, str) else None
    return (given, "") if found and found.kind == field.kind.value else (None, field.kind.value)


def _files(field: Field, given: Any) -> Read:
    """[{sha256, size, name, taken_at}]: the bytes travel apart."""
    if not isinstance(given, list):
        return None, "file"
    if len(given) > (field.maximum or FILES[field.kind]):
        return None, "too_many"
    found = [_file(each) for each in given]
    return (found, "") if all(found) else (None, "file")


def _file(given: Any) -> dict[str, Any] | None:
    if not isinstance(given, dict) or set(given) - {"sha256", "size", "name", "taken_at"}:
        return None
    sha256, size = given.get("sha256"), given.get("size", 0)
    if not isinstance(sha256, str) or not SHA256.fullmatch(sha256) or isinstance(size, bool):
        return None
    if not isinstance(size, int) or not 0 <= size <= 20_000_000:
        return None
    found: dict[str, Any] = {"sha256": sha256, "size": size}
    for name, longest in (("name", 120), ("taken_at", 40)):
        value = given.get(name)
        if value is None:
            continue
        if not isinstance(value, str) or len(value) > longest or NO_CHARACTER.search(value):
            return None
        found[name] = value
    return found


def _location(field: Field, given: Any) -> Read:
    """{lat, lng, accuracy_m, altitude_m} from the device, or {text} in words."""
    if not isinstance(given, dict) or set(given) - {"lat", "lng", "accuracy_m", "altitude_m", "text"}:
        return None, "location"
    if "lat" not in given:
        text = given.get("text")
        fits = set(given) == {"text"} and isinstance(text, str) and text.strip() and len(text) <= 200
        return ({"text": text}, "") if fits and not NO_CHARACTER.search(str(text)) else (None, "location")
    limits = {"lat": 90.0, "lng": 180.0, "accuracy_m": 1e7, "altitude_m": 1e5}
    found = {}
    for name, limit in limits.items():
        value = given.get(name)
        if value is None and name not in ("lat", "lng"):
            continue
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= limit:
            return None, "location"
        found[name] = value
    return (found, "") if "text" not in given else (None, "location")


def _reference(field: Field, given: Any) -> Read:
    try:
        return str(UUID(given)), ""
    except (ValueError, AttributeError, TypeError):
        return None, "reference"


def _formula(field: Field, given: Any) -> Read:
    """What a phone worked out is not taken over, but it may be sent."""
    return None, ""


_READERS = {
    Kind.TEXT: _text, Kind.BARCODE: _text, Kind.INTEGER: _integer, Kind.NUMBER: _number, Kind.CHOICE: _choice,
    Kind.CHOICES: _choices, Kind.DATE: _when, Kind.TIME: _when, Kind.DATETIME: _when, Kind.PHOTO: _files,
    Kind.FILE: _files, Kind.SIGNATURE: _files, Kind.LOCATION: _location, Kind.PERSON: _reference,
    Kind.CUSTOMER: _reference, Kind.PRODUCT: _reference, Kind.FORMULA: _formula,
}  # fmt: skip
