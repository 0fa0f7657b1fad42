"""Products: the example file, barcodes, pictures, pages."""

import io
import zipfile
from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.errors import Refusal
from qince.masterdata.customers.tests.importing import EXAMPLES, bring
from qince.masterdata.customers.tests.test_screens import MasterDataSuite
from qince.masterdata.products import actions
from qince.masterdata.products.models import Product
from qince.masterdata.products.pictures import import_pictures, import_zip
from qince.masterdata.products.screens import PRODUCTS

NOW = clock.now()
FILE = EXAMPLES / "products.xlsx"
_numbers = count(1)


@pytest.fixture
def admin(inside):
    return people.actor(people.employee("唐德胜", roles=["administrator"]))


@pytest.fixture(autouse=True)
def blobs(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "blobs"},
        }
    }


def test_products_come_in_once(admin):
    assert bring(admin, PRODUCTS, FILE).counts == {"new": 150}
    assert Product.objects.filter(is_own=True).count() == 112
    found = Product.objects.get(code="P0003")
    assert (found.gtin, found.case_gtin, found.pieces_per_case) == ("6999900000033", "16999900000030", 24)
    assert (str(found.piece_price), str(found.case_price), found.shelf_life_days) == ("1.20", "27.50", 540)
    assert bring(admin, PRODUCTS, FILE).counts == {"same": 150}


def _table(tmp_path, *rows):
    path = tmp_path / "products.csv"
    path.write_text("\n".join(["编码,名称,条码,箱规", *rows]), encoding="utf-8")
    return path


def test_a_mistyped_or_shared_barcode_fails_its_row_only(admin, tmp_path):
    rows = ("A,甲,6999900000019,24", "B,乙,6999900000018,24", "C,丙,6999900000019,24", "D,丁,,0")
    assert bring(admin, PRODUCTS, _table(tmp_path, *rows)).counts == {"new": 1, "faulty": 3}


def test_a_barcode_of_a_stored_product_is_refused(admin, tmp_path):
    bring(admin, PRODUCTS, _table(tmp_path, "A,甲,6999900000019,24"))
    assert bring(admin, PRODUCTS, _table(tmp_path, "B,乙,6999900000019,24")).counts == {"faulty": 1}


@pytest.mark.parametrize("wrong", ["6999900000018", "123", "abc"])
def test_forms_refuse_wrong_barcodes_at_their_field(admin, wrong):
    with pytest.raises(Refusal) as refused:
        actions.create_product(admin, now=NOW, code="A", name="甲", gtin=wrong)
    assert list(refused.value.fields) == ["gtin"]


def test_forms_refuse_a_taken_barcode_and_a_taken_code_at_their_fields(admin):
    actions.create_product(admin, now=NOW, code="A", name="甲", gtin="6999900000019")
    for fields, at in (({"code": "A"}, "code"), ({"code": "B", "gtin": "6999900000019"}, "gtin")):
        with pytest.raises(Refusal) as refused:
            actions.create_product(admin, now=NOW, name="乙", **fields)
        assert list(refused.value.fields) == [at]


def test_pictures_find_their_products_by_name_and_come_in_once(admin):
    bring(admin, PRODUCTS, FILE)
    first = import_pictures(admin, folder=EXAMPLES / "products", now=NOW)
    assert (first.added, first.unknown, first.damaged) == (150, [], [])
    assert import_pictures(admin, folder=EXAMPLES / "products", now=NOW).added == 0


def _picture():
    out = io.BytesIO()
    Image.new("RGB", (40, 60), "#3366cc").save(out, "JPEG")
    return out.getvalue()


def _zip(**entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return SimpleUploadedFile("pictures.zip", out.getvalue())


def test_a_zip_says_which_files_fit_nothing_or_are_no_pictures(admin, tmp_path):
    bring(admin, PRODUCTS, _table(tmp_path, "A,甲,6999900000019,24", "B,乙,,1"))
    file = _zip(
        **{"x/6999900000019.jpg": _picture(), "B.png": b"<svg>", "C.jpg": _picture(), "../D.sh": b"x"}
    )
    outcome = import_zip(admin, file=file, now=NOW)
    assert (outcome.added, outcome.unknown, outcome.damaged) == (1, ["C.jpg"], ["B.png"])
    assert Product.objects.get(code="A").picture.media_type == "image/jpeg"


def test_what_is_no_archive_is_refused(admin):
    with pytest.raises(Refusal, match="not_a_zip"):
        import_zip(admin, file=SimpleUploadedFile("a.zip", b"hello"), now=NOW)


def test_a_picture_is_served_to_who_sees_products_and_to_nobody_else(admin, inside):
    upload = SimpleUploadedFile("p.jpg", _picture())
    product = actions.create_product(admin, now=NOW, code="A", name="甲", picture=upload)
    url = reverse("files:thumbnail", args=[product.picture_id])
    assert people.browser(people.employee("王芳", roles=["rep"])).get(url)["Content-Type"] == "image/jpeg"
    assert people.browser(people.employee("无权")).get(url).status_code == 404


class TestProducts(MasterDataSuite):
    resource = PRODUCTS

    def make(self, n):
        return [Product.objects.create(code=f"P{next(_numbers):05d}", name="钟溪泉天然水") for _ in range(n)]

    def table(self):
        heads = ["编码", "名称", "归属", "条码", "单价"]
        return [heads, ["A", "甲", "本品", "6999900000019", "1.20"], ["B", "乙", "竞品", "", ""]]
