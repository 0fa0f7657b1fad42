"""Working out expressions over answers.

Values are texts ("" for no answer), `Decimal`, `bool`, `When`, and lists for what stands in several rows. The rules
of XPath 1.0 hold for comparing and converting; a day in a reckoning counts as days since 1970.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from qince.engines.forms.schema import dates, numbers
from qince.engines.forms.schema.dates import When
from qince.engines.forms.schema.layout import Layout, Place
from qince.engines.forms.schema.parsing import Node, parse
from qince.engines.forms.schema.types import NUMERIC, Choice, Kind

Value = Any  # str | Decimal | bool | When | list[Value]
Row = dict[str, Any]
WHOLE = frozenset({Kind.DATE, Kind.TIME, Kind.DATETIME})


@dataclass(slots=True)
class Scene:
    """What an expression is worked out in: the form, all answers, the moment, and the language of labels."""

    layout: Layout
    answers: Row
    now: datetime  # in the zone of whoever fills in
    language: str = ""


@dataclass(slots=True)
class Spot:
    """Where in the form: the rows from outside to inside as (table's id, number), the answer, a choice's columns."""

    rows: tuple[tuple[str, int], ...] = ()
    own: Value = ""
    attributes: dict[str, str] = field(default_factory=dict)


def evaluate(text: str, scene: Scene, spot: Spot) -> Value:
    return work_out(parse(text), scene, spot)


def holds(text: str, scene: Scene, spot: Spot) -> bool:
    return as_bool(evaluate(text, scene, spot))


# --- Nodes ---


def work_out(node: Node, scene: Scene, spot: Spot) -> Value:
    kind = node[0]
    if kind == "num":
        return numbers.parsed(node[1])
    if kind == "str":
        return node[1]
    if kind == "ref":
        return referred(node[1], scene, spot)
    if kind == "self":
        return spot.own
    if kind == "attr":
        return spot.attributes.get(node[1], "")
    if kind == "neg":
        return numbers.subtracted(numbers.ZERO, as_number(work_out(node[1], scene, spot)))
    if kind == "call":
        from qince.engines.forms.schema.functions import call  # the functions work out their own arguments

        return call(node[1], node[2], scene, spot)
    return _operated(node, scene, spot) if kind == "op" else ""


def _operated(node: Node, scene: Scene, spot: Spot) -> Value:
    _op, sign, left, right = node
    if sign in ("and", "or"):
        first = as_bool(work_out(left, scene, spot))
        return first if first == (sign == "or") else as_bool(work_out(right, scene, spot))
    a, b = work_out(left, scene, spot), work_out(right, scene, spot)
    if sign in _RECKONING:
        return _RECKONING[sign](as_number(a), as_number(b))
    return compared(sign, a, b)


_RECKONING: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": numbers.added,
    "-": numbers.subtracted,
    "*": numbers.multiplied,
    "div": numbers.divided,
    "mod": numbers.remainder,
}


def compared(sign: str, a: Value, b: Value) -> bool:
    """Of several values it is enough that one pair fits."""
    if isinstance(a, list) or isinstance(b, list):
        left, right = as_list(a), as_list(b)
        return any(compared(sign, one, other) for one in left for other in right)
    if sign in ("=", "!="):
        return _equal(a, b) == (sign == "=")
    one, other = as_number(a), as_number(b)
    if one.is_nan() or other.is_nan():
        return False
    return {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[sign]


def _equal(a: Value, b: Value) -> bool:
    if isinstance(a, bool) or isinstance(b, bool):
        return as_bool(a) == as_bool(b)
    if isinstance(a, Decimal) or isinstance(b, Decimal) or (isinstance(a, When) and isinstance(b, When)):
        one, other = as_number(a), as_number(b)
        return not one.is_nan() and not other.is_nan() and one == other
    return as_text(a) == as_text(b)


# --- Converting ---


def as_text(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return numbers.shown(value)
    if isinstance(value, When):
        return value.text
    return as_text(value[0]) if value else ""


def as_number(value: Value) -> Decimal:
    if isinstance(value, bool):
        return numbers.ONE if value else numbers.ZERO
    if isinstance(value, Decimal):
        return value
    if isinstance(value, When):
        return value.days
    if isinstance(value, str):
        when = dates.read(value)
        return when.days if when else numbers.parsed(value)
    return as_number(value[0]) if value else numbers.NAN


def as_bool(value: Value) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, Decimal):
        return not value.is_nan() and value != 0
    return True if isinstance(value, When) else bool(value)


def as_list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


# --- Answers ---


def referred(name: str, scene: Scene, spot: Spot) -> Value:
    """What the field of that name holds: from the same row as far as the two lie in the same tables, else of all."""
    place = scene.layout.by_name.get(name)
    if place is None:
        return ""
    found, depth = _common(place, scene, spot)
    for table in place.tables[depth:]:
        found = [row for each in found for row in each.get(table) or []]
    if place.field.kind is Kind.TABLE:
        return ["row" for each in found for _row in each.get(place.field.id) or []]
    values = [valued(place, each.get(place.field.id)) for each in found]
    if depth == len(place.tables):
        return values[0] if values else ""
    return [value for value in values if value != ""]


def _common(place: Place, scene: Scene, spot: Spot) -> tuple[list[Row], int]:
    """The innermost row that the place and the spot share, and how many tables deep it is."""
    row, depth = scene.answers, 0
    for table, (own, number) in zip(place.tables, spot.rows, strict=False):
        rows = row.get(table) or []
        if table != own or number >= len(rows):
            break
        row, depth = rows[number], depth + 1
    return [row], depth


def row_at(scene: Scene, rows: tuple[tuple[str, int], ...]) -> Row:
    found = scene.answers
    for table, number in rows:
        found = found[table][number]
    return found


def valued(place: Place, answer: Any) -> Value:
    """An answer as expressions see it."""
    if answer is None or answer == "" or answer == []:
        return ""
    if isinstance(answer, bool | When):
        return answer
    if isinstance(answer, Decimal):
        return answer
    if isinstance(answer, int):
        return numbers.bounded(Decimal(answer))
    kind = place.field.kind
    if kind is Kind.CHOICES:
        return " ".join(answer)
    if isinstance(answer, dict):  # a location
        return (
            f"{answer['lat']} {answer['lng']}"
            if answer.get("lat") is not None
            else str(answer.get("text", ""))
        )
    if isinstance(answer, list):  # files
        return str(answer[0].get("sha256", "")) if isinstance(answer[0], dict) else ""
    if kind in NUMERIC or kind is Kind.FORMULA:
        return numbers.parsed(answer) if kind in NUMERIC else formula_value(answer)
    if kind in WHOLE:
        return dates.read(answer) or ""
    return str(answer)


def formula_value(answer: str) -> Value:
    """A formula's stored result: a number where it reads as one, a day or time where it reads as that."""
    number = numbers.parsed(answer)
    if not number.is_nan() and numbers.shown(number) == answer:
        return number
    return dates.read(answer) or answer


# --- Choices ---


def offered(place: Place, scene: Scene, spot: Spot) -> list[Choice]:
    """The options that the field's filter lets through here."""
    options = scene.layout.options(place.field)
    if not place.field.choice_filter:
        return options
    tree = parse(place.field.choice_filter)
    return [each for each in options if as_bool(work_out(tree, scene, _of_choice(each, spot)))]


def _of_choice(option: Choice, spot: Spot) -> Spot:
    return Spot(spot.rows, spot.own, {"name": option.value, **option.attributes})
