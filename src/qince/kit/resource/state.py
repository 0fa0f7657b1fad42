"""The state of a list, which is its URL: search, filters, sort, grouping, columns, place. Nothing else
remembers it.
"""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from qince.kit.actor import Actor
from qince.kit.resource.declaration import Resource, named
from qince.kit.resource.filters import Filter

SEARCH, SORT, GROUP, COLUMNS, SIZE, AFTER, BEFORE = "q", "sort", "group", "columns", "size", "after", "before"
SIZES = (20, 40, 80, 200)
PLACE = (AFTER, BEFORE)
KEPT = (SEARCH, SORT, GROUP, COLUMNS, SIZE)


def _names(found: Filter) -> tuple[str, ...]:
    return (found.name, f"{found.name}_from", f"{found.name}_to") if found.is_range else (found.name,)


class State:
    """What the URL says, limited to what the resource offers and the actor may use."""

    def __init__(self, resource: Resource, actor: Actor, query: QueryDict) -> None:
        self.resource, self.actor = resource, actor
        self._query = query = self._with_spans(query)
        self.search = query.get(SEARCH, "").strip()[:100]
        self.filters = {
            found.name: values for found in self.offered_filters if (values := self._values(found))
        }
        self.sort = self._sort(query.get(SORT, ""))
        self.group = self._group(query.get(GROUP, ""))
        self.columns = self._columns(query.getlist(COLUMNS))
        self.size = next((size for size in SIZES if str(size) == query.get(SIZE)), SIZES[1])
        self.after, self.before = query.get(AFTER, ""), query.get(BEFORE, "")

    def _with_spans(self, query: QueryDict) -> QueryDict:
        """What is known here; two date fields of a form, `x_from` and `x_to`, become the one `from..to`."""
        folded = QueryDict(mutable=True)
        known = {*KEPT, *PLACE, *(name for found in self.resource.filters for name in _names(found))}
        for name in query:
            if name in known:
                folded.setlist(name, query.getlist(name))
        for found in self.resource.filters:
            first, last = (folded.pop(f"{found.name}_{end}", [""])[-1] for end in ("from", "to"))
            if found.is_range and (first or last):
                folded[found.name] = f"{first}..{last}"
        return folded

    @cached_property
    def offered_filters(self) -> list[Filter]:
        return [
            found for found in self.resource.filters if not found.mask or self.actor.sees_field(found.mask)
        ]

    def filter_called(self, name: str) -> Filter | None:
        return named(self.offered_filters, name)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.search or self.filters)

    def _values(self, found: Filter) -> list[str]:
        values = [value[:200] for value in self._query.getlist(found.name) if value][:50]
        return values[-1:] if found.is_single else values

    def _sort(self, asked: str) -> str:
        column = self.resource.by_name.get(asked.removeprefix("-"))
        return asked if column and self.may_sort(column) else ""

    def may_sort(self, column: Any) -> bool:
        """A masked column cannot be sorted by: the order would tell what the asterisks hide."""
        return bool(column.order_path) and column.is_clear_to(self.actor)

    def _group(self, asked: str) -> str:
        column = self.resource.by_name.get(asked)
        return asked if asked in self.resource.group_by and column and self.may_sort(column) else ""

    def _columns(self, asked: list[str]) -> list[Any]:
        offered = self.resource.columns_for(self.actor)
        chosen = [column for column in offered if column.name in asked]
        return chosen or [column for column in offered if column.is_shown]

    @cached_property
    def has_own_columns(self) -> bool:
        return self.columns != [column for column in self.resource.columns_for(self.actor) if column.is_shown]

    def order(self) -> list[str]:
        """ORM paths: the group, then the sort asked for, then the resource's own order."""
        paths = [self.resource.by_name[self.group].order_path] if self.group else []
        if self.sort:
            sign = "-" if self.sort.startswith("-") else ""
            paths.append(sign + self.resource.by_name[self.sort.removeprefix("-")].order_path)
        else:
            paths.append(self.resource.order)
        return [path for path in paths if path not in ("id",)] or ["id"]

    # Links: each is this state with something changed, and back at the first page.

    def query(self, **changes: Any) -> str:
        """The query string with `changes` made (None removes); places are dropped unless given."""
        pairs = dict(self._kept_pairs)
        for name, value in changes.items():
            pairs[name] = (
                [] if value is None else [*value] if isinstance(value, list | tuple) else [str(value)]
            )
        return urlencode([(name, value) for name, values in pairs.items() for value in values if value])

    @cached_property
    def _kept_pairs(self) -> dict[str, list[str]]:
        """The state without its place: a page has a dozen links that differ from it in one thing."""
        pairs = {name: self._query.getlist(name) for name in self._query if name not in PLACE}
        if not self.has_own_columns:
            pairs.pop(COLUMNS, None)
        return pairs

    @cached_property
    def list_url(self) -> str:
        return self.resource.url("list")

    def link(self, **changes: Any) -> str:
        """A link to the same list in the changed state."""
        text = self.query(**changes)
        return f"{self.list_url}?{text}" if text else self.list_url

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the search form carries along unseen: filters and sort."""
        return self.pairs(SEARCH, GROUP, COLUMNS)

    @property
    def unfiltered(self) -> str:
        return self.link(**{SEARCH: None, **dict.fromkeys(self.filters)})

    def link_without(self, name: str, value: str) -> str:
        return self.link(**{name: [held for held in self.filters.get(name, []) if held != value]})

    def link_toggled(self, found: Filter, value: str) -> str:
        held = self.filters.get(found.name, [])
        if value in held:
            return self.link_without(found.name, value)
        return self.link(**{found.name: [value] if found.is_single else [*held, value]})

    def link_sorted(self, name: str) -> str:
        """Ascending, then descending, then the resource's own order."""
        following = {name: f"-{name}", f"-{name}": None}.get(self.sort, name)
        return self.link(sort=following)

    @property
    def here(self) -> str:
        """The shortest address of exactly this page of the list."""
        return self.link(after=self.after or None, before=self.before or None)

    def pairs(self, *without: str) -> list[tuple[str, str]]:
        """The state as hidden form fields, less those that the form asks for itself."""
        left_out = {*without, *PLACE}
        return [
            (name, value)
            for name in self._query
            if name not in left_out
            for value in self._query.getlist(name)
        ]
