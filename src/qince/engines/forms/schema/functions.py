"""The functions of expressions: those of XPath and of ODK that need nothing but answers, days and numbers.

Each name with how many arguments it takes; left out are those that reach outside (`pulldata`, `instance`), that
differ at each look (`random`, `uuid`), and geometry.
"""

import re
from collections.abc import Callable
from typing import Any

from qince.engines.forms.schema import dates, evaluating, numbers, patterns
from qince.engines.forms.schema.dates import When
from qince.engines.forms.schema.evaluating import (
    Scene,
    Spot,
    Value,
    as_bool,
    as_list,
    as_number,
    as_text,
    work_out,
)
from qince.engines.forms.schema.parsing import Node
from qince.engines.forms.schema.types import SELECTS, spoken

LONGEST = 10_000
BLANK = " \t\r\n"
MANY = 99
Lazy = Callable[[list[Node], Scene, Spot], Value]
lazy: dict[str, tuple[int, int, Lazy]] = {}
plain: dict[str, tuple[int, int, Callable[..., Value]]] = {}


def call(name: str, given: list[Node], scene: Scene, spot: Spot) -> Value:
    if name in lazy:
        return lazy[name][2](given, scene, spot)
    if name in plain:
        found = plain[name][2](*(work_out(node, scene, spot) for node in given))
        return found[:LONGEST] if isinstance(found, str) else found
    return ""


def arity(name: str) -> tuple[int, int] | None:
    """How few and how many arguments; None for a function that is not known."""
    found = lazy.get(name) or plain.get(name)
    return (found[0], found[1]) if found else None


def _lazy(name: str, least: int, most: int) -> Callable[[Lazy], Lazy]:
    def keep(function: Lazy) -> Lazy:
        lazy[name] = (least, most, function)
        return function

    return keep


def _plain(name: str, least: int, most: int | None = None) -> Callable[[Any], Any]:
    def keep(function: Any) -> Any:
        plain[name] = (least, least if most is None else most, function)
        return function

    return keep


def words(text: str) -> list[str]:
    """Parts between blanks; blanks are XML's four."""
    return [each for each in re.split("[ \t\r\n]+", text) if each]


# --- What looks at the form, or not at every argument ---


@_lazy("if", 3, 3)
def _if(given: list[Node], scene: Scene, spot: Spot) -> Value:
    return work_out(given[1] if as_bool(work_out(given[0], scene, spot)) else given[2], scene, spot)


@_lazy("coalesce", 1, MANY)
def _coalesce(given: list[Node], scene: Scene, spot: Spot) -> Value:
    for node in given:
        found = work_out(node, scene, spot)
        if as_text(found) != "":
            return found
    return ""


@_lazy("once", 1, 1)
def _once(given: list[Node], scene: Scene, spot: Spot) -> Value:
    return spot.own if as_text(spot.own) != "" else work_out(given[0], scene, spot)


@_lazy("position", 1, 1)
def _position(given: list[Node], scene: Scene, spot: Spot) -> Value:
    return numbers.parsed(str(spot.rows[-1][1] + 1)) if spot.rows else numbers.NAN


@_lazy("indexed-repeat", 3, 3)
def _indexed(given: list[Node], scene: Scene, spot: Spot) -> Value:
    """`indexed-repeat(${field}, ${table}, number)`: the field in that row of the table, counted from one."""
    field, table = (scene.layout.by_name.get(node[1]) if node[0] == "ref" else None for node in given[:2])
    at = numbers.truncated(as_number(work_out(given[2], scene, spot)))
    if field is None or table is None or table.field.id not in field.tables or at.is_nan() or at < 1:
        return ""
    outer = spot.rows[: len(table.tables)]
    if at > len(as_list(evaluating.referred(table.field.name, scene, Spot(outer)))):
        return ""
    return evaluating.referred(field.field.name, scene, Spot((*outer, (table.field.id, int(at) - 1))))


@_lazy("today", 0, 0)
def _today(given: list[Node], scene: Scene, spot: Spot) -> Value:
    return dates.of_day(scene.now.date())


@_lazy("now", 0, 0)
def _now(given: list[Node], scene: Scene, spot: Spot) -> Value:
    return dates.of_moment(scene.now)


@_lazy("jr:choice-name", 2, 2)
def _choice_name(given: list[Node], scene: Scene, spot: Spot) -> Value:
    """The label of a value among the options of a field; the field's name stands in a text, as ODK writes it."""
    value = as_text(work_out(given[0], scene, spot))
    name = (
        given[1][1].strip().removeprefix("${").removesuffix("}").strip()
        if given[1][0] in ("str", "ref")
        else ""
    )
    place = scene.layout.by_name.get(name)
    if place is None or place.field.kind not in SELECTS:
        return ""
    own = scene.layout.definition.language
    for option in scene.layout.options(place.field):
        if option.value == value:
            return spoken(option.label, scene.language or own, own) or option.value
    return ""


# --- Truth ---

_plain("true", 0)(lambda: True)
_plain("false", 0)(lambda: False)
_plain("not", 1)(lambda value: not as_bool(value))
_plain("boolean", 1)(as_bool)
_plain("boolean-from-string", 1)(lambda value: as_text(value) in ("1", "true"))
_plain("regex", 2)(lambda text, pattern: patterns.matches(as_text(pattern), as_text(text)))
_plain("contains", 2)(lambda text, part: as_text(part) in as_text(text))
_plain("starts-with", 2)(lambda text, part: as_text(text).startswith(as_text(part)))
_plain("ends-with", 2)(lambda text, part: as_text(text).endswith(as_text(part)))

# --- Choices ---

_plain("selected", 2)(lambda several, one: as_text(one).strip(BLANK) in words(as_text(several)))


@_plain("selected-at", 2)
def _selected_at(several: Value, number: Value) -> Value:
    chosen, at = words(as_text(several)), numbers.truncated(as_number(number))
    return "" if at.is_nan() or at < 0 or at >= len(chosen) else chosen[int(at)]


_plain("count-selected", 1)(lambda several: numbers.parsed(str(len(words(as_text(several))))))

# --- Texts ---

_plain("string", 1)(as_text)
_plain("concat", 1, MANY)(lambda *parts: "".join(as_text(each) for part in parts for each in as_list(part)))
_plain("string-length", 1)(lambda text: numbers.parsed(str(len(as_text(text)))))
_plain("normalize-space", 1)(lambda text: " ".join(words(as_text(text))))


@_plain("join", 2, MANY)
def _join(between: Value, *parts: Value) -> Value:
    return as_text(between).join(as_text(each) for part in parts for each in as_list(part))


@_plain("substr", 2, 3)
def _substr(text: Value, first: Value, last: Value = None) -> Value:
    """From `first`, counted from nought, up to but without `last`; negative counts from the end."""
    whole = as_text(text)
    start = numbers.truncated(as_number(first))
    end = numbers.parsed(str(len(whole))) if last is None else numbers.truncated(as_number(last))
    return "" if start.is_nan() or end.is_nan() else whole[int(start) : int(end)]


@_plain("translate", 3)
def _translate(text: Value, old: Value, new: Value) -> Value:
    olds, news = as_text(old), as_text(new)
    return "".join(each if (at := olds.find(each)) < 0 else news[at : at + 1] for each in as_text(text))


# --- Numbers ---

_plain("number", 1)(as_number)
_plain("int", 1)(lambda value: numbers.truncated(as_number(value)))
_plain("floor", 1)(lambda value: numbers.floored(as_number(value)))
_plain("ceiling", 1)(lambda value: numbers.raised(as_number(value)))
_plain("abs", 1)(lambda value: numbers.bounded(abs(as_number(value))))
_plain("pow", 2)(lambda base, exponent: numbers.power(as_number(base), as_number(exponent)))
_plain("count", 1)(
    lambda several: numbers.parsed(
        str(len(several) if isinstance(several, list) else int(as_text(several) != ""))
    )
)
_plain("count-non-empty", 1)(
    lambda several: numbers.parsed(str(sum(as_text(each) != "" for each in as_list(several))))
)


@_plain("round", 1, 2)
def _round(value: Value, places: Value = None) -> Value:
    return numbers.rounded(as_number(value), None if places is None else as_number(places))


@_plain("sum", 1)
def _sum(several: Value) -> Value:
    found = numbers.ZERO
    for each in as_list(several):
        if as_text(each) != "":
            found = numbers.added(found, as_number(each))
    return found


@_plain("min", 1, MANY)
def _min(*parts: Value) -> Value:
    return _extreme(parts, min)


@_plain("max", 1, MANY)
def _max(*parts: Value) -> Value:
    return _extreme(parts, max)


def _extreme(parts: tuple[Value, ...], choose: Any) -> Value:
    found = [as_number(each) for part in parts for each in as_list(part) if as_text(each) != ""]
    return numbers.NAN if not found or any(each.is_nan() for each in found) else choose(found)


@_plain("checklist", 3, MANY)
def _checklist(least: Value, most: Value, *parts: Value) -> Value:
    """Whether between `least` and `most` of the rest hold; a negative limit is none."""
    count, low, high = sum(as_bool(each) for each in parts), as_number(least), as_number(most)
    return (
        (low < 0 or count >= low) and (high < 0 or count <= high)
        if not (low.is_nan() or high.is_nan())
        else False
    )


# --- Days ---


@_plain("date", 1)
def _date(value: Value) -> Value:
    if isinstance(value, When) and value.kind != "time":
        return dates.read(value.text[:10]) or ""
    if isinstance(value, str):
        found = dates.read(value)
        return (dates.read(value[:10]) or "") if found and found.kind != "time" else ""
    return dates.from_days(as_number(value)) or ""


@_plain("date-time", 1)
def _date_time(value: Value) -> Value:
    found = value if isinstance(value, When) else dates.read(as_text(value))
    return found if found and found.kind != "time" else ""


_plain("decimal-date-time", 1)(as_number)


@_plain("decimal-time", 1)
def _decimal_time(value: Value) -> Value:
    days = as_number(value)
    return days if days.is_nan() else numbers.subtracted(days, numbers.floored(days))


def _format(value: Value, pattern: Value) -> Value:
    found = value if isinstance(value, When) else dates.read(as_text(value))
    return dates.formatted(found, as_text(pattern)) if found else ""


_plain("format-date", 2)(_format)
_plain("format-date-time", 2)(_format)
