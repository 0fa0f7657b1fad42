"""Import of products: SKUs, own and rivals', with barcodes, units and prices."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qince.kit.errors import Refusal
from qince.kit.resource import Field, Import, Plan, Planner, Problem, Row, parsing
from qince.kit.resource.columns import as_text
from qince.kit.resource.parsing import BadValue
from qince.masterdata.products import actions, barcodes
from qince.masterdata.products.models import Product

OWNERS = {
    "own": (gettext_lazy("own product"), "本品", "自有"),
    "rival": (gettext_lazy("rival"), "竞品", "竞争品"),
}
STATUSES = {
    "on_sale": (gettext_lazy("On sale"), "在售", "上架"),
    "discontinued": (gettext_lazy("Discontinued"), "停产", "停售", "下架"),
}


def _barcode(lengths: tuple[int, ...]) -> parsing.Parser:
    def parse(cell: str) -> str:
        try:
            return barcodes.checked(cell, field="", lengths=lengths)
        except Refusal as refusal:
            raise BadValue(refusal.message, _("Copy it from the package, the last digit included.")) from None

    return parse


def _is_own(cell: str) -> bool:
    return bool(parsing.choice(OWNERS)(cell) == "own")


FIELDS = (
    Field("code", gettext_lazy("SKU code"), ("编码", "产品编码", "商品编码", "SKU"), parsing.text(40),
          is_required=True, example="P0001"),
    Field("name", gettext_lazy("Name"), ("名称", "产品名称", "商品名称"), parsing.text(100), is_required=True,
          example="钟溪泉天然水550ml"),
    Field("brand", gettext_lazy("Brand"), ("品牌",), parsing.text(60), example="钟溪泉"),
    Field("is_own", gettext_lazy("Own or rival"), ("归属", "本竞品", "本品/竞品"), _is_own, example="本品",
          words=lambda own: "" if own is None else str(OWNERS["own" if own else "rival"][0])),
    Field("category", gettext_lazy("Category"), ("品类", "分类", "类别"), parsing.text(60), example="饮用水"),
    Field("specification", gettext_lazy("Specification"), ("规格",), parsing.text(60), example="550ml"),
    Field("pieces_per_case", gettext_lazy("Pieces per case"), ("箱规", "每箱数量", "装箱数"),
          parsing.integer(1, 100_000), example="24"),
    Field("gtin", gettext_lazy("Barcode (GTIN-13)"), ("条码", "商品条码", "69码"), _barcode(barcodes.PIECE),
          example="6999900000019"),
    Field("case_gtin", gettext_lazy("Case barcode (GTIN-14)"), ("箱码", "箱条码"), _barcode(barcodes.CASE),
          example="16999900000016"),
    Field("piece_price", gettext_lazy("Price per piece"), ("单价", "零售价"), parsing.decimal(2),
          example="1.20"),
    Field("case_price", gettext_lazy("Price per case"), ("箱价",), parsing.decimal(2), example="27.50"),
    Field("shelf_life_days", gettext_lazy("Shelf life, days"), ("保质期(天)", "保质期", "保质期天数"),
          parsing.integer(1, 36_500), example="540"),
    Field("status", gettext_lazy("Status"), ("状态",), parsing.choice(STATUSES), example="在售",
          words=lambda value: as_text(dict(Product.Status.choices).get(value, value))),
)  # fmt: skip


class ProductPlanner(Planner):
    """Rows against stored products. A barcode belongs to one product, in the file and in the database."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.barcodes: dict[str, str] = {}

    def existing(self, keys: list[Any]) -> Iterable[Product]:
        return Product.objects.filter(code__in=keys)  # type: ignore[no-any-return]

    def load(self, rows: list[Row]) -> None:
        super().load(rows)
        wanted = [row.values["gtin"] for row in rows if row.values.get("gtin")]
        stored = Product.objects.filter(gtin__in=wanted).values_list("gtin", "code")
        self.barcodes |= dict(stored)

    def plan(self, row: Row) -> Plan:
        plan = super().plan(row)
        barcode, code = row.values.get("gtin"), str(row.values.get("code", ""))
        if barcode and (owner := self.barcodes.setdefault(barcode, code)) != code:
            text = _("The barcode belongs to product %(code)s.") % {"code": owner}
            plan.problems.append(Problem("gtin", text, _("Two products cannot share a barcode.")))
        return plan

    def create(self, values: dict[str, Any]) -> None:
        found = Product()
        actions.apply(found, values)
        found.save()

    def update(self, target: Product, values: dict[str, Any]) -> None:
        actions.apply(target, values)
        target.save()


PRODUCTS = Import(
    FIELDS,
    ProductPlanner,
    hint=gettext_lazy(
        "Own and rival products, one per row. Barcodes are checked digit by digit. Pictures are added "
        "afterwards, by product code."
    ),
)
