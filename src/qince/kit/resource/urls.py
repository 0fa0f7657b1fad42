"""The addresses of a resource's pages, each behind the permission it needs."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.urls import URLPattern, path

from qince.kit.resource import acts, details, exporting, forms, import_pages, lists, view_pages
from qince.kit.resource.declaration import Resource
from qince.kit.resource.guard import guarded


def paths(resource: Resource) -> list[URLPattern]:
    """Every page the declaration has; pages it has not are not routed."""
    page = partial(_page, resource)
    return [
        page("", "list", "view", lists.list_page),
        page("filters/<slug:name>/", "filter", "view", lists.filter_menu),
        page("views/", "views", "view", view_pages.save_page),
        page("views/<uuid:view_id>/deletion/", "view_deletion", "view", view_pages.delete_page),
        page("print/", "print", "view", exporting.print_page),
        *_export(resource, page),
        *_import(resource, page),
        *([page("new/", "new", "add", forms.create_page)] if resource.create else []),
        *_acts(resource, page),
        page("<uuid:key>/", "detail", "view", details.detail_page),
        page("<uuid:key>/print/", "print_one", "view", details.print_page),
        *([page("<uuid:key>/edit/", "edit", "edit", forms.edit_page)] if resource.edit else []),
        page("<uuid:key>/<slug:name>/", "tab", "view", details.tab_page),
    ]


def _export(resource: Resource, page: Callable[..., URLPattern]) -> list[URLPattern]:
    if not resource.permissions.export:
        return []
    _ = resource.recorder  # registers the act
    return [
        page("export.csv", "export_csv", "export", exporting.csv_page),
        page("export.xlsx", "export_xlsx", "export", exporting.xlsx_page),
    ]


def _import(resource: Resource, page: Callable[..., URLPattern]) -> list[URLPattern]:
    if resource.imports is None:
        return []
    _ = resource.importer  # registers the act
    return [
        page("import/", "import", "imports", import_pages.upload_page),
        page("import/template.xlsx", "import_template", "imports", import_pages.template_file),
        page("import/<uuid:upload_id>/", "import_preview", "imports", import_pages.preview_page),
        page("import/<uuid:upload_id>/faults.xlsx", "import_faults", "imports", import_pages.faults_file),
    ]


def _acts(resource: Resource, page: Callable[..., URLPattern]) -> list[URLPattern]:
    if not resource.acts:
        return []
    return [
        page("acts/<slug:name>/", "bulk", "view", acts.bulk_page),
        page("<uuid:key>/acts/<slug:name>/", "act", "view", acts.row_page),
    ]


def _page(resource: Resource, route: str, name: str, what: str, view: Callable[..., Any]) -> URLPattern:
    return path(route, guarded(resource, what, view), name=f"{resource.name}_{name}")
