"""Writes of products."""

import hashlib
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from qince.core.files.actions import keep
from qince.core.files.models import Blob
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.masterdata.products import barcodes
from qince.masterdata.products.models import Product
from qince.masterdata.products.rules import EDIT

DETAILS = (
    "code",
    "name",
    "brand",
    "category",
    "specification",
    "is_own",
    "gtin",
    "case_gtin",
    "pieces_per_case",
    "piece_price",
    "case_price",
    "shelf_life_days",
    "status",
)


@action("products.create", permission=EDIT)
def create_product(actor: Actor, *, now: datetime, picture: Any = None, **fields: Any) -> Product:
    """Add a product; `picture` is an uploaded file."""
    found = Product()
    apply(found, fields)
    check(found)
    if picture:
        found.picture = _kept(actor, picture)
    found.save()
    note(found, code=found.code, gtin=found.gtin)
    return found


@action("products.edit")
def edit_product(
    actor: Actor, product: Product, *, now: datetime, picture: Any = None, **fields: Any
) -> Product:
    """Change what is given; a new `picture` replaces the old one, whose file stays with past records."""
    found: Product | None = Product.objects.select_for_update(of=("self",)).filter(pk=product.pk).first()
    if found is None:
        raise NotFound
    changes: dict[str, Any] = dict(apply(found, fields))
    check(found)
    if picture:
        found.picture = _kept(actor, picture)
        changes["picture"] = found.picture.sha256
    if changes:
        found.save()
    note(found, **changes)
    return found


@action("products.add_picture", permission=EDIT)
def add_picture(actor: Actor, product: Product, *, path: Path) -> Blob:
    """Give a product the picture in the file at `path`."""
    product.picture = _checked_picture(keep(actor, path, sha256=_sha256(path)))
    product.save(update_fields=["picture", "updated_at"])
    note(product, picture=product.picture.sha256)
    return product.picture  # type: ignore[no-any-return]


def apply(product: Product, fields: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Set what `fields` says on the object and return what is different: (old, new)."""
    wanted = {name: value for name, value in fields.items() if name in DETAILS}
    for name, lengths in (("gtin", barcodes.PIECE), ("case_gtin", barcodes.CASE)):
        if name in wanted:
            wanted[name] = barcodes.checked(wanted[name] or "", field=name, lengths=lengths)
    changes = {
        name: (getattr(product, name), value)
        for name, value in wanted.items()
        if getattr(product, name) != value
    }
    for name, (_old, new) in changes.items():
        setattr(product, name, new)
    return changes


def check(product: Product) -> None:
    """Refuse a record that breaks the model's rules, uniqueness included, each fault at its field."""
    try:
        product.full_clean(exclude=["organization", "picture"])
    except ValidationError as error:
        faults = {name: texts[0] for name, texts in error.message_dict.items()}
        if clash := faults.pop("__all__", ""):
            faults["gtin" if clash == str(_BARCODE_TAKEN) else "code"] = clash
        raise Refusal("invalid_product", next(iter(faults.values())), fields=dict(faults)) from error


_BARCODE_TAKEN = next(
    each.violation_error_message for each in Product._meta.constraints if each.name == "product_gtin"
)


def _kept(actor: Actor, file: Any) -> Blob:
    """An uploaded picture as a blob; `files` looks at its bytes, not at its name."""
    with tempfile.NamedTemporaryFile() as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        path = Path(copy.name)
        return _checked_picture(keep(actor, path, sha256=_sha256(path)))


def _checked_picture(blob: Blob) -> Blob:
    if not blob.media_type.startswith("image/"):
        raise Refusal("not_a_picture", _("This file is no picture."), field="picture")
    return blob


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
