"""Answers judged against a version of a form: hidden ones cleared, formulas worked out, everything else checked again.

`validate` never trusts what a phone says it did. Its result is what is stored.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qince.engines.forms.schema import numbers
from qince.engines.forms.schema.evaluating import (
    Row,
    Scene,
    Spot,
    as_number,
    as_text,
    evaluate,
    holds,
    offered,
    row_at,
    valued,
)
from qince.engines.forms.schema.layout import Layout, Place, lay_out
from qince.engines.forms.schema.problems import Problem
from qince.engines.forms.schema.types import HOLDERS, REFERENCES, SELECTS, SILENT, Definition, Kind
from qince.engines.forms.schema.values import ROWS, is_empty, read_answer

ROW_ID = "_id"
# Whether the rows of a kind of reference exist for whoever fills in: ids asked for to ids found.
Lookup = Callable[[Kind, set[str]], set[str]]
Rows = tuple[tuple[str, int], ...]


@dataclass(slots=True)
class Cleaned:
    answers: Row
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_fine(self) -> bool:
        return not self.problems


def validate(
    definition: Definition,
    data: Any,
    *,
    now: datetime,
    lookup: Lookup | None = None,
    waived: frozenset[str] = frozenset(),
) -> Cleaned:
    """The answers as they will be stored, and everything that is wrong with them.

    `now` is the moment of filling in, in that person's zone; `lookup` finds people, customers and products; fields
    `waived` (by id) may stay empty even where an answer is needed, for want of a consent.
    """
    layout = lay_out(definition)
    if not isinstance(data, dict):
        return Cleaned({}, [Problem("type")])
    problems: list[Problem] = []
    answers = _read(layout, (), data, (), problems)
    scene = Scene(layout, answers, now)
    settle(scene)
    problems = [each for each in problems if _is_there(scene, each)]
    spoiled = {each.at for each in problems}
    for place in layout.places.values():
        for spot in spots(scene, place):
            problems += (
                each
                for each in _checked(scene, place, spot, spoiled)
                if each.code != "required" or place.field.id not in waived
            )
    if lookup:
        problems += _unknown(scene, lookup)
    return Cleaned(_without_empty(answers), problems)


# --- Reading ---


def _read(
    layout: Layout, tables: tuple[str, ...], data: Row, at: tuple[Any, ...], problems: list[Problem]
) -> Row:
    """The answers of one row (or of the form itself), by kind; what is no field of it is refused."""
    places = {place.field.id: place for place in layout.inside(tables)}
    found: Row = {}
    for key in data.keys() - places.keys() - {ROW_ID}:
        problems.append(Problem("unknown_field", (*at, str(key)[:60])))
    for key, place in places.items():
        if place.field.kind is Kind.TABLE:
            found[key] = _read_table(layout, place, data.get(key), (*at, key), problems)
            continue
        found[key], code = read_answer(place.field, data.get(key))
        if code:
            problems.append(Problem(code, (*at, key)))
    if tables:
        row_id = data.get(ROW_ID)
        found[ROW_ID] = row_id if isinstance(row_id, str) and 0 < len(row_id) <= 40 else str(at[-1])
    return found


def _read_table(
    layout: Layout, place: Place, given: Any, at: tuple[Any, ...], problems: list[Problem]
) -> list[Row]:
    if is_empty(given):
        return []
    if not isinstance(given, list) or not all(isinstance(row, dict) for row in given):
        problems.append(Problem("type", at))
        return []
    most = place.field.maximum or ROWS
    if len(given) > most:
        problems.append(Problem("too_many", at, {"most": most}))
        return []
    tables = (*place.tables, place.field.id)
    return [_read(layout, tables, row, (*at, number), problems) for number, row in enumerate(given)]


# --- Settling: visibility and formulas, each after what it speaks of ---


def settle(scene: Scene) -> None:
    """Clear what is hidden and work out what is reckoned, in the answers themselves."""
    hidden: set[tuple[str, Rows]] = set()
    for place in scene.layout.order:
        own = place.field
        for rows in _rows(scene, place):
            spot = _spot(scene, place, rows)
            if _is_hidden(scene, place, spot, hidden):
                hidden.add((own.id, rows))
                _clear(scene, place, rows)
            elif own.kind is Kind.FORMULA:
                row_at(scene, rows)[own.id] = _reckoned(own.formula, scene, spot)
            elif own.read_only and own.default and own.kind not in HOLDERS | SILENT:
                given, _code = read_answer(own, default_of(place, scene, spot))
                row_at(scene, rows)[own.id] = given


def _is_hidden(scene: Scene, place: Place, spot: Spot, hidden: set[tuple[str, Rows]]) -> bool:
    """A row that is gone hides what is in it, too; so does any holder that is hidden."""
    for holder in place.holders:
        depth = len(scene.layout.places[holder.id].tables)
        if (holder.id, spot.rows[:depth]) in hidden:
            return True
    return bool(place.field.visible_if) and not holds(place.field.visible_if, scene, spot)


def _clear(scene: Scene, place: Place, rows: Rows) -> None:
    own = place.field
    if own.kind is Kind.TABLE:
        row_at(scene, rows)[own.id] = []
    elif own.kind not in SILENT:
        row_at(scene, rows)[own.id] = None


def _reckoned(formula: str, scene: Scene, spot: Spot) -> str | None:
    text = as_text(evaluate(formula, scene, spot)) if formula else ""
    return None if text in ("", "NaN") else text


def default_of(place: Place, scene: Scene, spot: Spot) -> Any:
    """A default as written, or worked out where it is an expression."""
    own = place.field
    if not is_expression(own.default):
        return own.default
    text = as_text(evaluate(own.default, scene, spot))
    return "" if text == "NaN" else text


def is_expression(default: str) -> bool:
    return "(" in default or "${" in default


# --- Checking ---


def _checked(scene: Scene, place: Place, spot: Spot, spoiled: set[tuple[Any, ...]]) -> Iterator[Problem]:
    own = place.field
    if own.kind in SILENT or not is_shown(scene, place, spot.rows):
        return
    at = path(place, spot.rows)
    if at in spoiled:
        return
    answer = row_at(scene, spot.rows).get(own.id)
    if own.kind is Kind.TABLE:
        yield from _counted(scene, place, spot, answer, at)
    if is_empty(answer):
        if own.required and own.kind is not Kind.FORMULA and holds(own.required, scene, spot):
            yield Problem("required", at)
        return
    if own.kind in SELECTS:
        known = {option.value for option in offered(place, scene, spot)}
        if not set(answer if isinstance(answer, list) else [answer]) <= known:
            yield Problem("choice", at)
            return
    if own.constraint and own.kind is not Kind.TABLE and not holds(own.constraint, scene, spot):
        yield Problem("constraint", at)


def _counted(scene: Scene, place: Place, spot: Spot, answer: Any, at: tuple[Any, ...]) -> Iterator[Problem]:
    if not place.field.repeat_count:
        return
    wanted = numbers.truncated(as_number(evaluate(place.field.repeat_count, scene, spot)))
    count = 0 if wanted.is_nan() or wanted < 0 else int(wanted)
    if len(answer or []) != count:
        yield Problem("count", at, {"wanted": count})


def _unknown(scene: Scene, lookup: Lookup) -> Iterator[Problem]:
    """References to what does not exist, or not for whoever fills in."""
    asked: dict[Kind, dict[str, list[tuple[Any, ...]]]] = {}
    for place in scene.layout.places.values():
        if place.field.kind in REFERENCES:
            for spot in spots(scene, place):
                answer = row_at(scene, spot.rows).get(place.field.id)
                if answer:
                    of_kind = asked.setdefault(place.field.kind, {})
                    of_kind.setdefault(answer, []).append(path(place, spot.rows))
    for kind, wanted in asked.items():
        for missing in sorted(wanted.keys() - lookup(kind, set(wanted))):
            yield from (Problem("reference", at) for at in wanted[missing])


def _is_there(scene: Scene, problem: Problem) -> bool:
    """Whether a fault of reading still matters: what is hidden is cleared, fault and all."""
    place = scene.layout.places.get(problem.field)
    if place is None or problem.code == "unknown_field":
        return True
    pairs = problem.at if place.field.id == problem.at[-1] else problem.at[:-1]
    rows = tuple((str(pairs[i]), int(pairs[i + 1])) for i in range(0, len(pairs) - 1, 2))
    try:
        row_at(scene, rows)
    except (KeyError, IndexError):
        return False
    return is_shown(scene, place, rows)


# --- Where things stand ---


def _rows(scene: Scene, place: Place) -> Iterator[Rows]:
    """Every row that holds this field: one, empty, outside tables."""
    yield from _below(scene.answers, place.tables, ())


def _below(row: Row, tables: tuple[str, ...], rows: Rows) -> Iterator[Rows]:
    if not tables:
        yield rows
        return
    for number, inner in enumerate(list(row.get(tables[0]) or [])):
        yield from _below(inner, tables[1:], (*rows, (tables[0], number)))


def _spot(scene: Scene, place: Place, rows: Rows) -> Spot:
    return Spot(rows, valued(place, row_at(scene, rows).get(place.field.id)))


def spots(scene: Scene, place: Place) -> Iterator[Spot]:
    for rows in _rows(scene, place):
        yield _spot(scene, place, rows)


def is_shown(scene: Scene, place: Place, rows: Rows) -> bool:
    """Whether the field and all that hold it are visible there."""
    for each in (*place.holders, place.field):
        if each.visible_if:
            there = scene.layout.places[each.id]
            if not holds(each.visible_if, scene, _spot(scene, there, rows[: len(there.tables)])):
                return False
    return True


def path(place: Place, rows: Rows) -> tuple[Any, ...]:
    return (*(part for pair in rows for part in pair), place.field.id)


def _without_empty(row: Row) -> Row:
    found = {}
    for key, answer in row.items():
        if isinstance(answer, list) and answer and isinstance(answer[0], dict) and ROW_ID in answer[0]:
            found[key] = [_without_empty(each) for each in answer]
        elif not is_empty(answer):
            found[key] = answer
    return found
