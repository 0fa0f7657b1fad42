"""Pagination by key: a page starts after (or ends before) a given row, not at an offset.

Rows inserted or removed elsewhere shift nothing, and page one thousand costs what page one does. The order
always ends with the row's id, so it is total. Nulls stand last in both directions.
"""

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, Model, Q, QuerySet


@dataclass(frozen=True, slots=True)
class Key:
    """One level of the order."""

    path: str
    is_descending: bool = False
    may_be_null: bool = False

    def ordering(self, *, backwards: bool) -> Any:
        descending = self.is_descending != backwards
        if not self.may_be_null:
            return F(self.path).desc() if descending else F(self.path).asc()
        nulls = {"nulls_first": True} if backwards else {"nulls_last": True}
        return F(self.path).desc(**nulls) if descending else F(self.path).asc(**nulls)

    def beyond(self, value: Any, *, backwards: bool) -> Q:
        """Rows strictly past `value` in the direction of travel."""
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if backwards else Q(pk__in=[])
        sign = "lt" if self.is_descending != backwards else "gt"
        past = Q(**{f"{self.path}__{sign}": value})
        if self.may_be_null and not backwards:
            past |= Q(**{f"{self.path}__isnull": True})
        return past

    def at(self, value: Any) -> Q:
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Any]
    previous: str  # cursor, or "" where the list begins
    next: str


class Order:
    """The order of a queryset, and the way through it."""

    def __init__(self, rows: "QuerySet[Any]", paths: list[str]) -> None:
        self._fields: list[Any] = []
        self.keys: list[Key] = []
        for path in [*paths, "id"]:
            name = path.removeprefix("-")
            field = output_field(rows, name)
            self._fields.append(field)
            self.keys.append(Key(name, path.startswith("-"), _may_be_null(rows.model, name)))
        self._rows = rows.annotate(**{f"_key{n}": F(key.path) for n, key in enumerate(self.keys[:-1])})

    def page(self, size: int, *, after: str = "", before: str = "") -> Page:
        """One page. A cursor that cannot be read gives the first page."""
        position = self.position(before or after)
        backwards = bool(before) and position is not None
        found = list(self.slice(position, backwards=backwards)[: size + 1])
        more, found = len(found) > size, found[:size]
        if backwards:
            found.reverse()
            if not more and len(found) < size:
                return self.page(size)  # walked back to the beginning: show it full
        has_previous, has_next = (more, True) if backwards else (position is not None, more)
        return Page(
            found,
            self.cursor(found[0]) if found and has_previous else "",
            self.cursor(found[-1]) if found and has_next else "",
        )

    def slice(self, position: list[Any] | None, *, backwards: bool = False) -> "QuerySet[Any]":
        rows = self._rows.order_by(*(key.ordering(backwards=backwards) for key in self.keys))
        if position is None:
            return rows
        return rows.filter(self._beyond(position, backwards))

    def chunks(self, size: int = 500) -> Iterator[list[Any]]:
        """Every row, `size` at a time: memory stays bounded and no cursor is held open."""
        position = None
        while found := list(self.slice(position)[:size]):
            yield found
            if len(found) < size:
                return
            position = self._values(found[-1])

    def _beyond(self, position: list[Any], backwards: bool) -> Q:
        """Past the position: beyond on one level, level with it on all levels before."""
        condition = Q()
        for key, value in reversed(list(zip(self.keys, position, strict=True))):
            here = key.beyond(value, backwards=backwards)
            condition = here | (key.at(value) & condition) if condition else here
        first, value = self.keys[0], position[0]
        if not first.may_be_null:  # the same thing again, in the form an index can start from
            sign = "lte" if first.is_descending != backwards else "gte"
            condition &= Q(**{f"{first.path}__{sign}": value})
        return condition

    def _values(self, row: Any) -> list[Any]:
        return [*(getattr(row, f"_key{n}") for n in range(len(self.keys) - 1)), row.pk]

    def cursor(self, row: Any) -> str:
        plain = [None if value is None else _plain(value) for value in self._values(row)]
        return (
            base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).decode().rstrip("=")
        )

    def position(self, cursor: str) -> list[Any] | None:
        """The values a cursor stands for; None if there is none or it was tampered with."""
        if not cursor:
            return None
        try:
            plain = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            if not isinstance(plain, list) or len(plain) != len(self._fields) or plain[-1] is None:
                return None
            return [None if value is None else field.to_python(value)
                    for field, value in zip(self._fields, plain, strict=True)]  # fmt: skip
        except (ValueError, TypeError, ValidationError, binascii.Error):
            return None


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def output_field(rows: "QuerySet[Any]", path: str) -> Any:
    """The field at the end of a path, or of an annotation of that name."""
    if path in rows.query.annotations:
        return rows.query.annotations[path].output_field
    model: Any = rows.model
    field: Any = None
    for step in path.split("__"):
        field = model._meta.get_field(step)
        model = field.related_model
    return field.target_field if model else field


def _may_be_null(model: type[Model], path: str) -> bool:
    try:
        field = model._meta.get_field(path)
    except FieldDoesNotExist:  # through a relation, or an annotation
        return True
    return bool(getattr(field, "null", True)) or not isinstance(field, Field)
