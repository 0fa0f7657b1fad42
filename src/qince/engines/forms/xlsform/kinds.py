"""XLSForm's types by all their names, and what each is here."""

import re

from pyxform import aliases

from qince.engines.forms.schema import Kind
from qince.engines.forms.xlsform.findings import LEFT_OUT, TYPES

# Spellings of old, which `pyxform` still takes: what they are called now.
ALIASES = {
    "start time": "start", "end time": "end", "device id": "deviceid", "phone number": "phonenumber",
    "sim id": "simserial", "subscriber id": "subscriberid", "gps": "geopoint", "location": "geopoint",
    "date time": "dateTime", "picture": "photo",
}  # fmt: skip
# Whole numbers from nought to this.
BOUNDED = {
    "percentage": 100, "number of days in last month": 31, "number of days in last six months": 183,
    "number of days in last year": 365,
}  # fmt: skip
PLAIN = {
    **dict.fromkeys(BOUNDED, Kind.INTEGER),
    "text": Kind.TEXT, "string": Kind.TEXT, "integer": Kind.INTEGER, "int": Kind.INTEGER, "decimal": Kind.NUMBER,
    "select one": Kind.CHOICE, "select all that apply": Kind.CHOICES, "date": Kind.DATE, "time": Kind.TIME,
    "dateTime": Kind.DATETIME, "datetime": Kind.DATETIME, "photo": Kind.PHOTO, "image": Kind.PHOTO, "file": Kind.FILE,
    "geopoint": Kind.LOCATION, "barcode": Kind.BARCODE, "note": Kind.NOTE,
    "calculate": Kind.FORMULA, "group": Kind.SECTION, "repeat": Kind.TABLE, "range": Kind.NUMBER,
    "acknowledge": Kind.CHOICE, "trigger": Kind.CHOICE, "today": Kind.FORMULA, "hidden": Kind.FORMULA,
}  # fmt: skip
SELECT_NAMES = sorted(aliases.select, key=len, reverse=True)
HOLDER = re.compile(r"(begin|end)[ _](group|repeat|lgroup|looped group)")


def canonical(kind: str) -> str:
    """`q picture`, `add location prompt`, `get start time`, `uri:deviceid`: the type by the name it has now."""
    plain = re.sub(r"^(q|get|add) ", "", kind).removesuffix(" prompt").removeprefix("uri:")
    return ALIASES.get(plain, plain)


def is_known(kind: str) -> bool:
    """Whether a cell of the type column is of a kind that `pyxform` and we know, be it supported or not."""
    if HOLDER.fullmatch(kind) or canonical(kind) in {*PLAIN, *TYPES, *LEFT_OUT}:
        return True
    named = next((each for each in SELECT_NAMES if kind == each or kind.startswith(f"{each} ")), "")
    return bool(named) and aliases.select[named] != "select one external"
