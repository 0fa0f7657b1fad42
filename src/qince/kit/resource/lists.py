"""The list: rows in the actor's sight, searched, filtered, grouped, sorted, page by page."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString

from qince.kit.actor import Actor
from qince.kit.resource import markup, saved_views
from qince.kit.resource.columns import Cell, Column, cell
from qince.kit.resource.declaration import Beside, Resource, RowAct
from qince.kit.resource.filters import Filter
from qince.kit.resource.paging import Order, Page
from qince.kit.resource.state import State

# Counting stops here: "2000+" says enough, and a long list stays quick. "Select all" counts exactly.
COUNTED = 2000


@dataclass(frozen=True, slots=True)
class Row:
    object: Any
    url: str
    group: str = ""  # the heading above this row, where a group begins
    group_count: int = 0


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    value: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class Head:
    column: Column
    label: str
    link: str
    direction: str  # ascending, descending or ""


class Listing:
    """One list as one actor sees it in one state; what the templates read."""

    def __init__(self, resource: Resource, actor: Actor, query: QueryDict) -> None:
        self.resource, self.actor = resource, actor
        self.state = State(resource, actor, query)

    @cached_property
    def matching(self) -> "QuerySet[Any]":
        """Every row of the state, in no order."""
        rows = self.resource.visible_to(self.actor, self.state.columns)
        for name, values in self.state.filters.items():
            rows = self.state.filter_called(name).apply(rows, self.actor, values)  # type: ignore[union-attr]
        return self._searched(rows)

    def _searched(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        """Each word must appear in one of the searchable fields the actor sees in clear."""
        paths = [path for path in self.resource.search if self._is_clear(path)]
        for word in self.state.search.split():
            rows = rows.filter(_any_of(paths, word))
        return rows

    def _is_clear(self, path: str) -> bool:
        column = self.resource.by_name.get(path)
        mask = column.mask if column else f"{self.resource.model._meta.label_lower}.{path}"
        return self.actor.sees_field(mask)

    @cached_property
    def order(self) -> Order:
        return Order(self.matching, self.state.order())

    @cached_property
    def page(self) -> Page:
        return self.order.page(self.state.size, after=self.state.after, before=self.state.before)

    @cached_property
    def count(self) -> int:
        """How many rows match, up to `COUNTED` + 1."""
        if self._is_whole:
            return len(self.page.rows)
        return self.matching.order_by().values("pk")[: COUNTED + 1].count()

    @property
    def _is_whole(self) -> bool:
        return not self.page.previous and not self.page.next

    @property
    def count_text(self) -> str:
        return f"{COUNTED}+" if self.count > COUNTED else str(self.count)

    @cached_property
    def rows(self) -> list[Row]:
        return list(self._rows())

    @property
    def head(self) -> SafeString:
        return markup.head(self)

    @property
    def body(self) -> SafeString:
        return markup.body(self)

    def _rows(self) -> Iterator[Row]:
        column = self.resource.by_name[self.state.group] if self.state.group else None
        counts = self._group_counts(column) if column else {}
        previous: Any = object()
        for found in self.page.rows:
            value = found._key0 if column else None
            starts = column is not None and value != previous
            previous = value
            words = (cell(column, found, self.actor).text or "—") if starts and column else ""
            yield Row(found, self._url(found), words, counts.get(value, 0) if starts else 0)

    def _group_counts(self, column: Column) -> dict[Any, int]:
        """Rows in each group that shows on this page."""
        shown = {row._key0 for row in self.page.rows}
        path = column.order_path
        wanted = Q(**{f"{path}__in": shown - {None}})
        if None in shown:
            wanted |= Q(**{f"{path}__isnull": True})
        groups = self.matching.filter(wanted).order_by().values(_group=F(path)).annotate(_count=Count("pk"))
        return {group["_group"]: group["_count"] for group in groups}

    def cells(self, row: Any) -> list[Cell]:
        return [
            cell(column, row, self.actor, self._url(row) if column.is_link else "")
            for column in self.state.columns
        ]

    @cached_property
    def _address(self) -> str:
        """The address of a record with a place for its id: looked up once, not for each row."""
        return self.resource.url("detail", UUID(int=0)).replace(str(UUID(int=0)), "{}")

    def _url(self, row: Any) -> str:
        return self._address.format(row.pk)

    @cached_property
    def labels(self) -> dict[str, str]:
        return {column.name: self.resource.label(column) for column in self.resource.columns}

    @cached_property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.state.columns]

    def _head(self, column: Column) -> Head:
        direction = {column.name: "ascending", f"-{column.name}": "descending"}.get(self.state.sort, "")
        link = self.state.link_sorted(column.name) if self.state.may_sort(column) else ""
        return Head(column, self.labels[column.name], link, direction)

    @cached_property
    def chips(self) -> list[Chip]:
        chips = []
        for name, values in self.state.filters.items():
            found = self.state.filter_called(name)
            assert found is not None
            for value in values:
                text = found.words(self.actor, value) or "?"
                chips.append(Chip(str(found.label), text, self.state.link_without(name, value)))
        return chips

    @cached_property
    def bulk_acts(self) -> list[RowAct]:
        return [act for act in self.resource.acts if act.in_bulk and self.actor.may(act.permission)]

    @property
    def groupings(self) -> list[tuple[str, str, bool]]:
        """(column, label, whether chosen) for each way to group."""
        columns = [self.resource.by_name[name] for name in self.resource.group_by]
        offered = [found for found in columns if self.state.may_sort(found)]
        return [(found.name, self.labels[found.name], found.name == self.state.group) for found in offered]

    @property
    def previous_link(self) -> str:
        return self.state.link(before=self.page.previous) if self.page.previous else ""

    @property
    def next_link(self) -> str:
        return self.state.link(after=self.page.next) if self.page.next else ""

    @property
    def choosable(self) -> list[tuple[Column, str, bool]]:
        """(column, label, whether shown) for the column chooser."""
        shown = {column.name for column in self.state.columns}
        offered = self.resource.columns_for(self.actor)
        return [(column, self.labels[column.name], column.name in shown) for column in offered]

    @cached_property
    def views(self) -> list[saved_views.View]:
        return saved_views.of(self.actor, self.resource.key)

    @cached_property
    def current_view(self) -> saved_views.View | None:
        """The saved view whose state this is."""
        held = QueryDict(self.state.query())
        return next((view for view in self.views if QueryDict(view.query) == held), None)

    @property
    def total_for_all(self) -> int | str:
        """How many rows "select all" takes beyond this page; "" where it is not offered."""
        return "" if self._is_whole or self.count > COUNTED else self.count

    @cached_property
    def urls(self) -> dict[str, str]:
        """Addresses of the resource's pages, by name; files and print keep the state."""
        pages = [
            "list",
            "views",
            *(["new"] if self.may_add else []),
            *(["import"] if self.may_import else []),
        ]
        files = ["print", *(["export_csv", "export_xlsx"] if self.may_export else [])]
        state = self.state.query()
        plain = {page: self.resource.url(page) for page in pages}
        return plain | {page: f"{self.resource.url(page)}?{state}" for page in files}

    # What the actor may do here, for the buttons.
    @property
    def may_add(self) -> bool:
        return self.resource.create is not None and self.resource.may(self.actor, "add")

    @property
    def may_import(self) -> bool:
        return self.resource.imports is not None and self.resource.may(self.actor, "imports")

    @property
    def beside(self) -> list[Beside]:
        return [each for each in self.resource.beside if self.actor.may(each.permission)]

    @property
    def may_export(self) -> bool:
        return self.resource.may(self.actor, "export")

    @property
    def span(self) -> int:
        """Columns of the table, tick box included."""
        return len(self.state.columns) + bool(self.bulk_acts)


def _any_of(paths: list[str], word: str) -> Q:
    condition = Q()
    for path in paths:
        condition |= Q(**{f"{path}__icontains": word})
    return condition or Q(pk__in=[])


def list_page(request: HttpRequest, resource: Resource) -> HttpResponse:
    """The page; or, asked by htmx for the table, the table alone, with its shortest address."""
    listing = Listing(resource, request.actor, request.GET)  # type: ignore[attr-defined]
    is_part = _wants(request, "#listing")
    template = "resource/_listing.html" if is_part else "resource/list.html"
    response = render(request, template, {"listing": listing, "resource": resource, "state": listing.state})
    if is_part:
        response["HX-Push-Url"] = listing.state.here
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _wants(request: HttpRequest, target: str) -> bool:
    """Whether htmx asks for this part. Going back in history it wants the whole page again."""
    is_part = request.headers.get("HX-Target", "").endswith(target)
    return is_part and not request.headers.get("HX-History-Restore-Request")


def filter_menu(request: HttpRequest, resource: Resource, name: str) -> HttpResponse:
    """The values of one filter, to tick; typed text narrows them."""
    state = State(resource, request.actor, request.GET)  # type: ignore[attr-defined]
    found = state.filter_called(name)
    if found is None:
        raise Http404
    held = state.filters.get(name, [])
    typed = request.GET.get("typed", "").strip()
    choices = [(str(value), words, str(value) in held) for value, words in found.menu(state.actor, typed)]
    first, _dots, last = (held[0] if held else "").partition("..")
    context = {
        "resource": resource,
        "state": state,
        "filter": found,
        "choices": choices,
        "typed": typed,
        "kept": _kept(found, held, choices),
        "hidden": state.pairs(name, "typed"),
        "first": first if "-" in first else "",
        "last": last,
    }
    is_part = bool(request.headers.get("HX-Request"))
    return render(request, "resource/_filter_menu.html" if is_part else "resource/filter_menu.html", context)


def _kept(found: Filter, held: list[str], choices: list[tuple[str, Any, bool]]) -> list[str]:
    """Values ticked earlier that the typed text hides now: they stay ticked."""
    shown = {value for value, _words, _held in choices}
    return [] if found.is_single else [value for value in held if value not in shown]
