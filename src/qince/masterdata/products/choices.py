"""Products to choose from in forms."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Q

from qince.kit.actor import Actor
from qince.kit.choosing import Collection, offer
from qince.masterdata.products.models import Product
from qince.masterdata.products.queries import products_visible_to


def _find(actor: Actor, text: str) -> Q:
    return Q(name__icontains=text) | Q(code__icontains=text) | Q(gtin__icontains=text)


def _named(actor: Actor, text: str) -> Q:
    return Q(code__iexact=text) | Q(name=text) | Q(gtin=text) & ~Q(gtin="")


def _hints(actor: Actor, rows: Sequence[Product]) -> Mapping[UUID, str]:
    return {row.pk: row.code for row in rows}


PRODUCTS = offer(
    Collection("products", products_visible_to, _find, _named, order=("code", "pk"), hints=_hints)
)
