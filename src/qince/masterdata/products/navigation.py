"""Where products are found."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qince.core.files import viewers
from qince.kit import navigation, search
from qince.kit.actor import Actor
from qince.masterdata.products import queries, rules

navigation.group("customers", _("Customers and products"), order=30)
navigation.entry(
    "products",
    _("Products"),
    icon="package",
    url="products:product_list",
    permission=rules.VIEW,
    group="customers",
    order=30,
    key="p",
)
navigation.command(
    "products.new",
    _("New product"),
    icon="plus",
    url="products:product_new",
    permission=rules.EDIT,
    words="new sku 新建产品 新建商品",
)
navigation.command(
    "products.import",
    _("Import products"),
    icon="upload",
    url="products:product_import",
    permission=rules.IMPORT,
    words="import sku 导入产品 导入商品",
)
navigation.command("products.pictures", _("Upload product pictures"), icon="photo", url="products:pictures",
                   permission=rules.IMPORT, words="zip images 产品图片 商品图片")  # fmt: skip


def found(actor: Actor, text: str) -> Iterator[search.Found]:
    for product in queries.products_matching(actor, text):
        url = reverse("products:product_detail", args=[product.pk])
        yield search.Found(product.name, url, f"{product.code} {product.gtin}", "package")


viewers.provide(queries.shows_picture)
search.provide(_("Products"), found)
