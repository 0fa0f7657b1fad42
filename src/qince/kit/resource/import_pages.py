"""The pages of an import: upload → columns and dry run → result; and two files, the template and the faulty
rows.
"""

import io
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.translation import gettext as _

from qince.kit import clock
from qince.kit.action import action, note_set
from qince.kit.actor import Actor
from qince.kit.attestation import attest
from qince.kit.errors import Refusal
from qince.kit.resource import headings, uploads
from qince.kit.resource.declaration import Resource
from qince.kit.resource.exporting import XLSX_TYPE, write_xlsx
from qince.kit.resource.importing import Import, Report, Run, parsed
from qince.kit.resource.planning import Kind
from qince.kit.resource.uploads import Upload


def declared(resource: Resource) -> Import:
    if resource.imports is None:
        raise Http404
    return resource.imports


def act_of(resource: Resource) -> Any:
    """The act `<key>.import`: refuses without the attestation, writes the good rows, and says so in the
    trail.
    """

    def import_rows(actor: Actor, upload: Upload, *, now: datetime, attested: bool) -> Report:
        imports = declared(resource)
        agreed = attest(imports.attestation, attested=attested) if imports.attestation else {}
        report = _run(imports, actor, upload, now=now, writes=True)
        counts = {kind.value: report.counts[kind] for kind in Kind}
        note_set(resource.model, upload.filename, **counts, **agreed)
        return report

    return action(f"{resource.key}.import", permission=resource.permissions.imports)(import_rows)


def _run(imports: Import, actor: Actor, upload: Upload, *, now: datetime, writes: bool) -> Report:
    path = upload.path(actor.organization_id)
    run = Run(imports, actor, now=now, writes=writes)
    return run.over(lambda: parsed(imports, upload.mapping, headings.body(path, upload.line)))


def upload_page(request: HttpRequest, resource: Resource) -> HttpResponseBase:
    """Choose a file; what cannot be read is said here."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    imports, refusal = declared(resource), None
    if request.method == "POST":
        try:
            return HttpResponseRedirect(resource.url("import_preview", _kept(request, resource, actor).id))
        except Refusal as found:
            refusal = found
    context = {"imports": imports, "refusal": refusal, "template_url": resource.url("import_template")}
    context |= _links(resource)
    return render(request, "resource/import_upload.html", context, status=refusal.status if refusal else 200)


def _kept(request: HttpRequest, resource: Resource, actor: Actor) -> Upload:
    file = request.FILES.get("file")
    if file is None:
        raise Refusal("no_file", _("Choose a file first."), field="file")
    upload = uploads.keep(actor, resource.key, file)
    found = headings.find(upload.path(actor.organization_id), declared(resource).fields)
    upload.line, upload.texts, upload.mapping = found.line, found.texts, found.mapping
    upload.save(actor.organization_id)
    return upload


def preview_page(request: HttpRequest, resource: Resource, upload_id: UUID) -> HttpResponseBase:
    """GET: the columns and the dry run, or the result once imported. POST: other columns, or the import
    itself.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    upload = uploads.find(actor, resource.key, upload_id)
    if request.method == "POST" and request.POST.get("step") == "columns":
        upload.mapping = _mapping_from(request, resource, upload)
        upload.save(actor.organization_id)
        return HttpResponseRedirect(resource.url("import_preview", upload.id))
    refusal = None
    if request.method == "POST":
        try:
            return _import(request, resource, actor, upload)
        except Refusal as found:
            refusal = found
    if upload.result is not None:
        return _result(request, resource, upload)
    return _preview(request, resource, actor, upload, refusal)


def _mapping_from(request: HttpRequest, resource: Resource, upload: Upload) -> dict[str, int]:
    """The columns chosen by hand; one column for two fields goes to the first."""
    mapping: dict[str, int] = {}
    for found in declared(resource).fields:
        chosen = request.POST.get(f"column-{found.name}", "")
        column = int(chosen) if chosen.isdecimal() and len(chosen) < 4 else -1
        if 0 <= column < len(upload.texts) and column not in mapping.values():
            mapping[found.name] = column
    return mapping


def _import(request: HttpRequest, resource: Resource, actor: Actor, upload: Upload) -> HttpResponseBase:
    attested = bool(request.POST.get("attested"))
    if missing := _missing(declared(resource), upload):
        raise Refusal(
            "column_missing", _("Choose the column for: %(names)s.") % {"names": ", ".join(missing)}
        )
    report = resource.importer(actor, upload, now=clock.now(), attested=attested)
    _remember_faults(upload, report)
    upload.result = {"counts": dict(report.counts), "lines": [asdict(line) for line in _faulty(report)]}
    upload.save(actor.organization_id)
    return HttpResponseRedirect(resource.url("import_preview", upload.id))


def _faulty(report: Report) -> list[Any]:
    return [line for line in report.lines if line.kind == Kind.FAULTY]


def _missing(imports: Import, upload: Upload) -> list[str]:
    return [
        str(each.label) for each in imports.fields if each.is_required and each.name not in upload.mapping
    ]


def _remember_faults(upload: Upload, report: Report) -> None:
    upload.faults = {str(line): text for line, text in report.faults.items()}


def _preview(
    request: HttpRequest, resource: Resource, actor: Actor, upload: Upload, refusal: Refusal | None
) -> HttpResponse:
    imports = declared(resource)
    missing = _missing(imports, upload)
    report = None if missing else _run(imports, actor, upload, now=clock.now(), writes=False)
    if report is not None:
        _remember_faults(upload, report)
        upload.save(actor.organization_id)
    context = {
        **_links(resource, upload),
        "imports": imports,
        "upload": upload,
        "missing": missing,
        "report": report,
        "columns": [(found, upload.mapping.get(found.name)) for found in imports.fields],
        "texts": list(enumerate(upload.texts)),
        "unused": [
            text for number, text in enumerate(upload.texts) if text and number not in upload.mapping.values()
        ],
        "refusal": refusal,
    }
    return render(request, "resource/import_preview.html", context, status=refusal.status if refusal else 200)


def _links(resource: Resource, upload: Upload | None = None) -> dict[str, Any]:
    links = {"resource": resource, "list_url": resource.url("list"), "import_url": resource.url("import")}
    return links | ({"faults_url": resource.url("import_faults", upload.id)} if upload else {})


def _result(request: HttpRequest, resource: Resource, upload: Upload) -> HttpResponse:
    steps = resource.steps_after_import(request.actor)  # type: ignore[attr-defined]
    context = {**_links(resource, upload), "upload": upload, "result": upload.result, "next_steps": steps}
    return render(request, "resource/import_result.html", context)


def faults_file(request: HttpRequest, resource: Resource, upload_id: UUID) -> HttpResponseBase:
    """The faulty rows as they were uploaded, with a column that says what is wrong: mend them and upload this
    file.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]
    upload = uploads.find(actor, resource.key, upload_id)
    return _xlsx(_faults(upload, actor), _("Rows to mend"), upload.filename.rsplit(".", 1)[0])


def _faults(upload: Upload, actor: Actor) -> Iterator[list[Any]]:
    width = len(upload.texts)
    yield [*upload.texts, _("What is wrong")]
    for number, cells in headings.body(upload.path(actor.organization_id), upload.line):
        if (wrong := upload.faults.get(str(number))) is not None:
            yield [*(cells + [""] * width)[:width], wrong]


def template_file(request: HttpRequest, resource: Resource) -> HttpResponseBase:
    """An empty table with our own headings and one example row."""
    fields = declared(resource).fields
    table = iter([[str(found.label) for found in fields], [found.example for found in fields]])
    return _xlsx(table, str(resource.title), _("Template"))


def _xlsx(table: Iterator[list[Any]], *name: str) -> HttpResponseBase:
    file = io.BytesIO()
    write_xlsx(file, table, name[0])
    file.seek(0)
    filename = f"{' '.join(name)}.xlsx"
    return FileResponse(file, as_attachment=True, filename=filename, content_type=XLSX_TYPE)
