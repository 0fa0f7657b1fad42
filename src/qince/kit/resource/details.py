"""The page of one record: its sections, its tabs, what may be done to it, and its timeline."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from qince.kit.actor import Actor
from qince.kit.errors import Text
from qince.kit.resource import timeline
from qince.kit.resource.columns import Cell, cell
from qince.kit.resource.declaration import Resource, RowAct, Section, Tab, named
from qince.kit.resource.guard import row_or_404


@dataclass(frozen=True, slots=True)
class TabLink:
    label: Text
    url: str
    current: bool
    icon: str = ""
    count: int | None = None


class Detail:
    """One record as one actor sees it; what the templates read."""

    def __init__(self, resource: Resource, actor: Actor, row: Any, current: str = "") -> None:
        self.resource, self.actor, self.row, self._current = resource, actor, row, current

    @property
    def title(self) -> str:
        return str(self.row)

    @property
    def url(self) -> str:
        return self.resource.url("detail", self.row.pk)

    @property
    def list_url(self) -> str:
        return self.resource.url("list")

    def sections(self) -> list[tuple[Text, list[tuple[str, Cell]]]]:
        """(title, [(label, cell)]) for each block; without declared sections, every column in one."""
        declared = self.resource.sections or (Section("", tuple(self.resource.columns)),)
        return [(section.title, self._facts(section)) for section in declared]

    def _facts(self, section: Section) -> list[tuple[str, Cell]]:
        may = self.actor.may
        shown = [column for column in section.columns if not column.permission or may(column.permission)]
        return [(self.resource.label(column), cell(column, self.row, self.actor)) for column in shown]

    @property
    def tabs(self) -> list[TabLink]:
        links = [
            TabLink(
                tab.label,
                self.resource.url("tab", self.row.pk, tab.name),
                tab.name == self._current,
                tab.icon,
            )
            for tab in self.resource.all_tabs
            if not tab.permission or self.actor.may(tab.permission)
        ]
        if not links:
            return []
        return [TabLink(self.resource.singular, self.url, not self._current, self.resource.icon), *links]

    @property
    def may_edit(self) -> bool:
        return self.resource.edit is not None and self.resource.may(self.actor, "edit")

    @property
    def acts(self) -> list[tuple[RowAct, str]]:
        return [
            (act, self.resource.url("act", self.row.pk, act.name))
            for act in self.resource.acts
            if act.is_offered(self.actor, self.row)
        ]

    def timeline(self) -> list[timeline.Moment]:
        return timeline.of(self.actor, self.row)


def detail_page(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    return _page(request, resource, key, "resource/detail.html")


def print_page(request: HttpRequest, resource: Resource, key: UUID) -> HttpResponse:
    return _page(request, resource, key, "resource/print_detail.html")


def _page(request: HttpRequest, resource: Resource, key: UUID, template: str) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    detail = Detail(resource, actor, row_or_404(resource, actor, key))
    return render(request, template, {"resource": resource, "detail": detail, "row": detail.row})


def tab_page(request: HttpRequest, resource: Resource, key: UUID, name: str) -> HttpResponse:
    """A tab of the record: the declared template inside the record's frame."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    tab: Tab | None = named(resource.all_tabs, name)
    if tab is None:
        raise Http404
    if tab.permission and not actor.may(tab.permission):
        raise PermissionDenied
    detail = Detail(resource, actor, row_or_404(resource, actor, key), current=name)
    context = {"resource": resource, "detail": detail, "row": detail.row, "tab": tab}
    return render(request, "resource/tab.html", {**context, **tab.context(actor, detail.row)})
