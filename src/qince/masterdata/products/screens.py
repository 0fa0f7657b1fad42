"""Products on screen."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qince.kit.actor import Actor
from qince.kit.resource import Column, FormPage, Permissions, Resource, Section, filters, timeline
from qince.masterdata.products import actions, queries, rules
from qince.masterdata.products.forms import ProductForm
from qince.masterdata.products.importing import PRODUCTS as IMPORT
from qince.masterdata.products.models import Product


def _values(name: str, label: Any) -> filters.Filter:
    """A filter over the values that a free text field holds."""

    def menu(actor: Actor, typed: str) -> list[tuple[str, Any]]:
        return [
            (value, value) for value in queries.known_values(name) if typed.casefold() in value.casefold()
        ]

    return filters.Filter(
        name=name,
        label=label,
        menu=menu,
        words=lambda actor, value: value,
        apply=lambda rows, actor, values: rows.filter(**{f"{name}__in": values}),
        is_searchable=True,
    )


def picture_of(product: Product) -> str:
    return reverse("files:thumbnail", args=[product.picture_id]) if product.picture_id else ""


NAME = Column("name", _("Name"), is_link=True, picture=picture_of)
CODE = Column("code", _("SKU code"))
BRAND = Column("brand", _("Brand"))
CATEGORY = Column("category", _("Category"))
SPECIFICATION = Column("specification", _("Specification"), is_shown=False)
OWN = Column("is_own", _("Own product"))
GTIN = Column("gtin", _("Barcode"))
CASE_GTIN = Column("case_gtin", _("Case barcode"), is_shown=False)
PER_CASE = Column("pieces_per_case", _("Pieces per case"), is_numeric=True)
PIECE_PRICE = Column("piece_price", _("Price per piece"), is_numeric=True, is_shown=False)
CASE_PRICE = Column("case_price", _("Price per case"), is_numeric=True)
SHELF_LIFE = Column("shelf_life_days", _("Shelf life, days"), is_numeric=True, is_shown=False)
STATUS = Column("status", _("Status"), tones={"on_sale": "green", "discontinued": "grey"})

PRODUCTS = Resource(
    namespace="products",
    name="product",
    model=Product,
    title=_("Products"),
    singular=_("product"),
    icon="package",
    hint=_("Import your products from a table: codes, names, barcodes, units and prices."),
    rows=queries.products_visible_to,
    permissions=Permissions(
        view=rules.VIEW, add=rules.EDIT, edit=rules.EDIT, imports=rules.IMPORT, export=rules.EXPORT
    ),
    columns=(
        NAME, CODE, BRAND, CATEGORY, SPECIFICATION, OWN, GTIN, PER_CASE, PIECE_PRICE, CASE_PRICE, STATUS,
        CASE_GTIN, SHELF_LIFE,
    ),
    order="-is_own",  # own products first, each kind in the order it was entered
    search=("name", "code", "gtin", "case_gtin"),
    filters=(
        filters.yes_no("is_own", _("Own product"), Q(is_own=True)),
        _values("brand", _("Brand")),
        _values("category", _("Category")),
        filters.choice("status", _("Status"), Product.Status.choices),
        filters.yes_no("pictured", _("Has a picture"), Q(picture__isnull=False)),
    ),
    group_by=("brand", "category"),
    sections=(
        Section(_("Product"), (CODE, BRAND, CATEGORY, SPECIFICATION, OWN, STATUS)),
        Section(_("Units and prices"), (PER_CASE, PIECE_PRICE, CASE_PRICE, SHELF_LIFE, GTIN, CASE_GTIN)),
    ),
    create=FormPage(ProductForm, actions.create_product),
    edit=FormPage(
        ProductForm,
        actions.edit_product,
        lambda row: {name: getattr(row, name) for name in actions.DETAILS},
    ),
    imports=IMPORT,
)  # fmt: skip

timeline.name_kinds({"products.product": _("Product")})
timeline.name_acts(
    {
        "products.create": _("Created"),
        "products.edit": _("Changed"),
        "products.add_picture": _("Picture added"),
    }
)
