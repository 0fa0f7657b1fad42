"""The example files say what they promise, and their script writes the same content again."""

import csv
import json
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

from qince.kit.geo import Datum, Point, to_wgs84
from qince.kit.identifiers import gtin, mobile_e164

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
WORKBOOKS = [
    "address-book.xlsx",
    "address-book-dingtalk.xlsx",
    "address-book-wecom.xlsx",
    "address-book-faulty.xlsx",
    "products.xlsx",
]
TABLES = ["stores.csv", "stores-faulty.csv"]


def read(name: str, folder: Path = EXAMPLES) -> list[dict[str, object]]:
    if name.endswith(".csv"):
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    headings, *rows = openpyxl.load_workbook(folder / name)["Sheet1"].values
    return [dict(zip(headings, row, strict=True)) for row in rows]


def differences(name: str, other: str) -> list[tuple[object, str]]:
    pairs = zip(read(name), read(other), strict=True)
    return [(next(iter(a.values())), key) for a, b in pairs for key in a if a[key] != b[key]]


@pytest.fixture(scope="module")
def made_again(tmp_path_factory):
    folder = tmp_path_factory.mktemp("examples")
    script = [sys.executable, str(EXAMPLES / "make_examples.py"), "--into", str(folder), "--no-pictures"]
    subprocess.run(script, check=True)
    return folder


@pytest.mark.parametrize("name", WORKBOOKS + TABLES)
def test_the_script_writes_the_same_content_again(name, made_again):
    assert read(name, made_again) == read(name)


def test_sixty_people_in_eight_departments_with_every_manager_known():
    people = read("address-book.xlsx")
    departments = Counter(name for person in people for name in str(person["部门"]).split(";"))
    assert (len(people), len(departments)) == (60, 8)
    assert len({mobile_e164(str(person["手机号"])) for person in people}) == 60
    keys = [{person["手机号"], person["工号"]} for person in people]
    bosses = [person["直属上级"] for person in people]
    assert [boss for boss in bosses if boss and not any(boss in key for key in keys)] == []
    assert bosses.count(None) == 1


def test_some_managers_stand_below_their_subordinates():
    people = read("address-book.xlsx")
    row = {person[key]: i for i, person in enumerate(people) for key in ("手机号", "工号")}
    assert sum(row[p["直属上级"]] > i for i, p in enumerate(people) if p["直属上级"]) >= 10


@cache
def nanjing() -> list[list[list[float]]]:
    basemap = ROOT / "src/qince/kit/static/kit/basemap/jiangsu.geojson"
    features = json.loads(basemap.read_text(encoding="utf-8"))["features"]
    (city,) = [feature for feature in features if feature["properties"]["name_en"] == "Nanjing"]
    geometry = city["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def is_in_nanjing(point: Point) -> bool:
    inside = False
    for ring in nanjing():
        for (x1, y1), (x2, y2) in zip(ring, ring[1:], strict=False):  # noqa: RUF007
            if (y1 > point.lat) != (y2 > point.lat):
                inside ^= point.lng < x1 + (point.lat - y1) / (y2 - y1) * (x2 - x1)
    return inside


def test_twelve_hundred_customers_stand_in_nanjing_with_known_supplier_and_rep():
    customers = read("stores.csv")
    assert Counter(c["类型"] for c in customers) == {"门店": 1180, "经销商": 20}
    assert len({c["编码"] for c in customers}) == len({c["名称"] for c in customers}) == 1200
    distributors = {c["编码"] for c in customers if c["类型"] == "经销商"}
    assert {c["供货经销商"] for c in customers if c["类型"] == "门店"} <= distributors
    assert {c["负责业务员工号"] for c in customers} <= {p["工号"] for p in read("address-book.xlsx")}
    spots = [to_wgs84(Point(float(c["纬度"]), float(c["经度"])), Datum(c["坐标系"])) for c in customers]
    assert [spot for spot in spots if not is_in_nanjing(spot)] == []


def test_stores_are_written_as_excel_writes_them():
    assert (EXAMPLES / "stores.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_products_have_checked_barcodes_and_a_small_picture_each():
    products = read("products.xlsx")
    assert (
        len({gtin(str(p["条码"])) for p in products}) == len({gtin(str(p["箱码"])) for p in products}) == 150
    )
    assert all(p["箱码"][1:13] == p["条码"][:12] for p in products)
    assert {p["箱规"] for p in products} == {12, 15, 24}
    pictures = sorted((EXAMPLES / "products").iterdir())
    assert [picture.name for picture in pictures] == sorted(str(p["图片"]) for p in products)
    assert max(picture.stat().st_size for picture in pictures) <= 10 * 1024
    assert {Image.open(picture).size for picture in pictures} == {(240, 320)}


def test_the_faulty_files_differ_in_exactly_the_two_bad_cells():
    assert differences("address-book.xlsx", "address-book-faulty.xlsx") == [
        (_name_of("ZX015"), "手机号"),
        (_name_of("ZX044"), "直属上级"),
    ]
    assert differences("stores.csv", "stores-faulty.csv") == [("MD0100", "纬度"), ("MD0200", "供货经销商")]


def _name_of(number: str) -> object:
    return next(person["姓名"] for person in read("address-book.xlsx") if person["工号"] == number)
