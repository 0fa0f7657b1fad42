"""Importing a table from a path, step by step as the import pages do it: for commands and tests."""

from datetime import datetime
from pathlib import Path

from django.core.files import File

from qince.kit.actor import Actor
from qince.kit.resource import headings, uploads
from qince.kit.resource.declaration import Resource
from qince.kit.resource.importing import Report, Run, parsed
from qince.kit.resource.uploads import Upload


def keep(actor: Actor, resource: Resource, path: Path) -> Upload:
    """The table at `path` as an upload of `actor`, its headings recognized."""
    assert resource.imports is not None
    with path.open("rb") as stream:
        upload = uploads.keep(actor, resource.key, File(stream, name=path.name))  # type: ignore[arg-type]
    found = headings.find(upload.path(actor.organization_id), resource.imports.fields)
    upload.line, upload.texts, upload.mapping = found.line, found.texts, found.mapping
    return upload


def dry_run(actor: Actor, resource: Resource, path: Path, *, now: datetime) -> Report:
    """What importing the table would do."""
    assert resource.imports is not None
    imports, upload = resource.imports, keep(actor, resource, path)
    table = upload.path(actor.organization_id)
    run = Run(imports, actor, now=now, writes=False)
    return run.over(lambda: parsed(imports, upload.mapping, headings.body(table, upload.line)))


def import_table(
    actor: Actor, resource: Resource, path: Path, *, now: datetime, attested: bool = False
) -> Report:
    """Import the table; `attested` says that the resource's statement was agreed to."""
    report: Report = resource.importer(actor, keep(actor, resource, path), now=now, attested=attested)
    return report
