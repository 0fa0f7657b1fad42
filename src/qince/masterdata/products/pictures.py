"""Pictures of many products at once: a ZIP or a folder whose files are named by product code or barcode."""

import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from qince.kit.action import action
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.tenancy import tenant
from qince.masterdata.products.actions import add_picture
from qince.masterdata.products.models import Product
from qince.masterdata.products.rules import IMPORT

SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
MAX_FILES = 2000
MAX_PICTURE = 10 * 1024 * 1024  # bytes, unpacked
MAX_TOTAL = 200 * 1024 * 1024


@dataclass(slots=True)
class Outcome:
    """How many pictures were added; names of files that fit no product, and of files that are no pictures."""

    added: int = 0
    unknown: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)


@action("products.import_pictures", permission=IMPORT)
def import_pictures(actor: Actor, *, folder: Path, now: datetime) -> Outcome:
    """Give each picture in `folder` to the product it is named after. Run again, nothing changes."""
    files = {path.stem: path for path in sorted(folder.iterdir()) if path.suffix.lower() in SUFFIXES}
    named = Product.objects.filter(Q(code__in=files) | Q(gtin__in=files) & ~Q(gtin=""))
    owners = {key: product for product in named for key in (product.code, product.gtin) if key}
    outcome = Outcome(unknown=[path.name for stem, path in files.items() if stem not in owners])
    for stem, path in files.items():
        if stem in owners:
            _add(actor, owners[stem], path, outcome)
    return outcome


def _add(actor: Actor, product: Product, path: Path, outcome: Outcome) -> None:
    try:
        with tenant(actor.organization_id):
            before = product.picture_id
            add_picture(actor, product, path=path)
        outcome.added += product.picture_id != before
    except Refusal:
        outcome.damaged.append(path.name)


@action("products.upload_pictures", permission=IMPORT)
def import_zip(actor: Actor, *, file: Any, now: datetime) -> Outcome:
    """The same from an uploaded ZIP. Paths inside it are ignored, and what it may unpack to is bounded."""
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile:
        raise Refusal("not_a_zip", _("This file is no ZIP archive."), field="file") from None
    with archive, tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for entry, name in _pictures(archive):
            with archive.open(entry) as stream:
                (folder / name).write_bytes(stream.read(MAX_PICTURE))
        return import_pictures(actor, folder=folder, now=now)


def _pictures(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    entries = [each for each in archive.infolist() if PurePosixPath(each.filename).suffix.lower() in SUFFIXES]
    if len(entries) > MAX_FILES or sum(each.file_size for each in entries) > MAX_TOTAL:
        raise Refusal("zip_too_large", _("The archive holds too much. Send it in parts."), field="file")
    for entry in entries:
        name = PurePosixPath(entry.filename.replace("\\", "/")).name
        if entry.file_size <= MAX_PICTURE and not name.startswith("."):
            yield entry, name
