"""Products: 112 of our own and 38 of made-up competitors, with GTINs that check."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from stdnum import ean

from qince.kit.identifiers import gtin

HEADINGS = (
    "编码", "名称", "品牌", "归属", "品类", "口味", "规格", "单位", "箱规", "条码", "箱码",
    "单价", "箱价", "保质期(天)", "图片",
)  # fmt: skip
NOTES = (
    ("编码", "必填，不可重复"),
    ("归属", "本品 或 竞品；竞品只用于陈列与铺货检查，没有价格"),
    ("单位", "最小销售单位，库存与销量按它取整数"),
    ("箱规", "一箱有多少个最小单位"),
    ("条码", "单件商品条码 GTIN-13"),
    ("箱码", "整箱条码 GTIN-14"),
    ("单价、箱价", "元，含税供货价；箱价单独定价，不等于 单价 × 箱规"),
    ("图片", "products 文件夹中的文件名"),
)


@dataclass(frozen=True)
class Line:
    """One product line: every flavour in every size."""

    brand: str
    owner: str
    company: str  # the seven digits of the (made-up) GS1 company prefix
    category: str
    noun: str
    shape: str
    shelf_days: int
    sizes: tuple[tuple[str, str, int, str], ...]  # specification, unit, pieces in a case, price of one
    flavours: tuple[tuple[str, str, str], ...]  # flavour, main colour, motif


_OWN_COMPANY = "6999900"
_RIVAL_COMPANIES = {
    "清岚泉": "6999811",
    "茶叙里": "6999822",
    "橙屿": "6999833",
    "沫沫星": "6999844",
    "咔滋客": "6999855",
}


def read_lines(path: Path) -> list[Line]:
    """The range as the marketing people keep it: one line a row, its sizes and flavours in words."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_read_line(row) for row in list(csv.reader(file, delimiter="\t"))[1:]]


def _read_line(row: list[str]) -> Line:
    brand, category, noun, shape, shelf_days, sizes, flavours = row
    return Line(
        brand=brand,
        owner="竞品" if brand in _RIVAL_COMPANIES else "本品",
        company=_RIVAL_COMPANIES.get(brand, _OWN_COMPANY),
        category=category,
        noun=noun,
        shape=shape,
        shelf_days=int(shelf_days),
        sizes=tuple(_read_size(text) for text in sizes.split()),
        flavours=tuple(_read_flavour(text) for text in flavours.split()),
    )


def _read_size(text: str) -> tuple[str, str, int, str]:
    specification, unit, per_case, price = text.split("|")
    return specification, unit, int(per_case), price


def _read_flavour(text: str) -> tuple[str, str, str]:
    flavour, colour, motif = text.split("|")
    return flavour, colour, motif


@dataclass(frozen=True)
class Product:
    code: str
    line: Line
    flavour: str
    colour: str
    motif: str
    specification: str
    unit: str
    per_case: int
    piece_price: Decimal | None
    gtin13: str

    @property
    def name(self) -> str:
        flavour = "" if self.flavour == "原味" else self.flavour
        return f"{self.line.brand}{flavour}{self.line.noun}{self.specification}"

    @property
    def gtin14(self) -> str:
        body = "1" + self.gtin13[:-1]
        return gtin(body + ean.calc_check_digit(body))

    @property
    def case_price(self) -> Decimal | None:
        """About four per cent below the pieces, to the half yuan."""
        if self.piece_price is None:
            return None
        halves = (self.piece_price * self.per_case * Decimal("0.96") * 2).quantize(Decimal(1), ROUND_HALF_UP)
        return halves / 2

    @property
    def picture(self) -> str:
        return f"{self.code}.webp"

    def row(self) -> tuple[object, ...]:
        line = self.line
        about = (
            self.code,
            self.name,
            line.brand,
            line.owner,
            line.category,
            self.flavour,
            self.specification,
        )
        counting = (self.unit, self.per_case, self.gtin13, self.gtin14)
        return (*about, *counting, self.piece_price, self.case_price, line.shelf_days, self.picture)


def make_products() -> list[Product]:
    """Our own first, numbered from P0001; competitors from C0001."""
    return [*_every("本品", "P"), *_every("竞品", "C")]


def _every(owner: str, letter: str) -> Iterator[Product]:
    number = 0
    for line in read_lines(Path(__file__).with_name("range.tsv")):
        for specification, unit, per_case, price in line.sizes:
            for flavour, colour, motif in line.flavours:
                if line.owner == owner:
                    number += 1
                    yield Product(
                        f"{letter}{number:04d}", line, flavour, colour, motif, specification, unit, per_case,
                        Decimal(price) if price != "0" else None, _gtin13(line.company, number),
                    )  # fmt: skip


def _gtin13(company: str, item: int) -> str:
    body = f"{company}{item:05d}"
    return gtin(body + ean.calc_check_digit(body))
