"""A form looked over before it is published: ids, names, expressions, lists, and what is said about privacy."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from qince.engines.forms.schema import patterns
from qince.engines.forms.schema.functions import arity
from qince.engines.forms.schema.layout import Layout, Place, lay_out, walk
from qince.engines.forms.schema.parsing import Faulty, Node, parse
from qince.engines.forms.schema.parsing import walk as nodes_of
from qince.engines.forms.schema.problems import Problem
from qince.engines.forms.schema.types import (
    ALWAYS_SENSITIVE,
    HOLDERS,
    SELECTS,
    SILENT,
    Definition,
    Field,
    Kind,
    Text,
)
from qince.engines.forms.schema.validating import is_expression

MOST_FIELDS, MOST_OPTIONS, DEEPEST = 300, 3000, 5
EXPRESSIONS = ("required", "visible_if", "constraint", "formula", "choice_filter", "repeat_count", "default")


def faults(definition: Definition) -> list[Problem]:
    """Everything that keeps the form from working; an empty list: it may be tried out."""
    layout = lay_out(definition)
    found = list(_names(definition))
    if not any(place.field.kind not in SILENT for place in layout.places.values()):
        found.append(Problem("no_question"))
    if not _is_said(definition.title):
        found.append(Problem("no_title"))
    for place in layout.places.values():
        found += _of_field(layout, place)
    found += [Problem("circle", (place.field.id,)) for place in layout.cyclic]
    return found


def unclassified(definition: Definition, categories: Any, purposes: Any) -> list[Problem]:
    """Fields whose category and purpose were not chosen, or not among those there are (C2.2.4-05)."""
    found = []
    for each, _holders in walk(definition.fields):
        if each.kind in SILENT or each.kind is Kind.TABLE:
            continue
        said = each.privacy
        if said.is_personal is None:
            found.append(Problem("unclassified", (each.id,)))
        elif said.is_personal and said.category not in categories:
            found.append(Problem("no_category", (each.id,)))
        elif said.is_personal and said.purpose not in purposes:
            found.append(Problem("no_purpose", (each.id,)))
        elif (each.kind in ALWAYS_SENSITIVE or said.is_sensitive) and not said.is_personal:
            found.append(Problem("is_personal", (each.id,)))
        elif each.kind in ALWAYS_SENSITIVE and not said.is_sensitive:
            found.append(Problem("is_sensitive", (each.id,)))
        elif said.is_sensitive and not said.reason.strip():
            found.append(Problem("no_reason", (each.id,)))
    return found


def _names(definition: Definition) -> Iterator[Problem]:
    fields = [(each, holders) for each, holders in walk(definition.fields)]
    if len(fields) > MOST_FIELDS:
        yield Problem("too_many_fields", (), {"most": MOST_FIELDS})
    ids, names = Counter(each.id for each, _ in fields), Counter(each.name.lower() for each, _ in fields)
    for each, holders in fields:
        if ids[each.id] > 1:
            yield Problem("id_twice", (each.id,))
        elif names[each.name.lower()] > 1:
            yield Problem("name_twice", (each.id,), {"name": each.name})
        if len(holders) > DEEPEST:
            yield Problem("too_deep", (each.id,))
        if each.fields and each.kind not in HOLDERS:
            yield Problem("holds_fields", (each.id,))
    for name, options in definition.lists.items():
        if len(options) > MOST_OPTIONS:
            yield Problem("too_many_options", (), {"list": name, "most": MOST_OPTIONS})
        for value, times in Counter(option.value for option in options).items():
            if times > 1:
                yield Problem("option_twice", (), {"list": name, "value": value})


def _of_field(layout: Layout, place: Place) -> Iterator[Problem]:
    own = place.field
    if own.kind is not Kind.FORMULA and not _is_said(own.label):
        yield Problem("no_label", (own.id,))
    if own.kind in SELECTS and not layout.options(own):
        yield Problem("no_options", (own.id,))
    if own.kind is Kind.FORMULA and not own.formula:
        yield Problem("no_formula", (own.id,))
    if own.kind in HOLDERS and not own.fields:
        yield Problem("empty_holder", (own.id,))
    for name in EXPRESSIONS:
        text = getattr(own, name)
        if text and (name != "default" or is_expression(text)):
            yield from _of_expression(layout, place, name, text)


def _of_expression(layout: Layout, place: Place, part: str, text: str) -> Iterator[Problem]:
    at, facts = (place.field.id,), {"part": part}
    try:
        tree = parse(text)
    except Faulty as fault:
        yield Problem("expression", at, {**facts, "why": fault.code, "at": fault.at, "what": fault.what})
        return
    columns = _columns(layout, place.field) if part == "choice_filter" else frozenset()
    for node in nodes_of(tree):
        if code := _fault_of(layout, node, columns):
            yield Problem("expression", at, {**facts, "why": code, "what": str(node[1])})
    if _parents(tree):
        yield Problem("expression", at, {**facts, "why": "path", "what": ".."})


def _columns(layout: Layout, of: Field) -> frozenset[str]:
    return frozenset({"name"} | {name for option in layout.options(of) for name in option.attributes})


def _fault_of(layout: Layout, node: Node, columns: frozenset[str]) -> str:
    if node[0] == "ref":
        place = layout.by_name.get(node[1])
        return "unknown_field" if place is None or place.field.kind in SILENT else ""
    if node[0] == "attr":
        return "" if node[1] in columns else "unknown_word"
    if node[0] != "call":
        return ""
    allowed = arity(node[1])
    if allowed is None:
        return "unknown_function"
    if not allowed[0] <= len(node[2]) <= allowed[1]:
        return "arguments"
    if node[1] == "regex" and (node[2][1][0] != "str" or patterns.compiled(node[2][1][1]) is None):
        return "pattern"
    return ""


def _parents(tree: Node) -> bool:
    """Whether `..` stands anywhere but in `position(..)`."""
    allowed = sum(
        1
        for node in nodes_of(tree)
        if node[0] == "call" and node[1] == "position" and node[2] == [("parent",)]
    )
    return sum(1 for node in nodes_of(tree) if node[0] == "parent") != allowed


def _is_said(text: Text) -> bool:
    return any(each.strip() for each in text.values())
