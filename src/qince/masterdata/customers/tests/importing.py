"""Running an import over a file as its pages do: keep the upload, find the headings, dry run, write."""

from pathlib import Path

from django.core.files import File

from qince.kit import clock
from qince.kit.resource import headings, uploads
from qince.kit.resource.import_pages import _run

EXAMPLES = Path(__file__).resolve().parents[5] / "examples"


def upload(actor, resource, path):
    with open(path, "rb") as stream:
        kept = uploads.keep(actor, resource.key, File(stream, name=Path(path).name))
    found = headings.find(kept.path(actor.organization_id), resource.imports.fields)
    kept.line, kept.texts, kept.mapping = found.line, found.texts, found.mapping
    return kept


def dry_run(actor, resource, path):
    return _run(resource.imports, actor, upload(actor, resource, path), now=clock.now(), writes=False)


def bring(actor, resource, path, *, attested=True):
    return resource.importer(actor, upload(actor, resource, path), now=clock.now(), attested=attested)
