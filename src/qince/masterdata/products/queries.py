"""Reads of products. They belong to the whole organization: who may see products sees all."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from qince.kit.actor import Actor
from qince.kit.errors import NotFound
from qince.masterdata.products.models import Product
from qince.masterdata.products.rules import VIEW


def products_visible_to(actor: Actor) -> Any:
    return Product.objects.all() if actor.may(VIEW) else Product.objects.none()


def get_product(actor: Actor, product_id: UUID) -> Product:
    found: Product | None = products_visible_to(actor).filter(pk=product_id).first()
    if found is None:
        raise NotFound
    return found


def shows_picture(actor: Actor, blob_id: UUID) -> bool:
    """Whether the file is the picture of a product that the actor may see."""
    return bool(products_visible_to(actor).filter(picture=blob_id).exists())


def known_values(field: str) -> list[str]:
    """Values of a free field in use, the commonest first."""
    rows = Product.objects.exclude(**{field: ""}).values(field).annotate(n=Count("pk")).order_by("-n", field)
    return list(rows.values_list(field, flat=True)[:100])


def products_matching(actor: Actor, text: str) -> Iterable[Product]:
    """For the palette: by name, code or the whole barcode."""
    wanted = Q(name__icontains=text) | Q(code__istartswith=text) | Q(gtin=text) | Q(case_gtin=text)
    return products_visible_to(actor).filter(wanted).order_by("code")[:5]  # type: ignore[no-any-return]
