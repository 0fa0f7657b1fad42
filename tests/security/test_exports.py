"""S10: two hundred payloads in every text of every export. No live formula, and the text as it was."""

import csv
import io

import openpyxl
import pytest
from django.db import DatabaseError, models, transaction
from django.http import HttpResponse

from qince.core.people.tests import factories as people
from qince.kit import clock
from qince.kit.resource import bringing, exporting
from qince.kit.resource.escaping import is_live, unescape
from qince.kit.resource.planning import Kind
from qince.kit.resource.sheets import as_text
from qince.kit.resource.state import COLUMNS
from qince.kit.tenancy import tenant
from qince.kit.testing import PAYLOADS
from tests.access.conftest import standing_world, world  # noqa: F401
from tests.access.planting import plant
from tests.access.routes import console_routes, is_understood

# Rows that stay as they were written: a log or ledger refuses to be changed, whoever asks.
KEPT_AS_WRITTEN = {"accounts.Device", "privacy.ConsentEntry", "audit.Entry",
                   "partners.Disclosure", "watch.Access", "watch.OutsideAccess", "watch.Reading"}  # fmt: skip
# Texts whose form the database, or the export's own reading of them, ties down.
FORMED = {"path", "mobile", "email", "contact_phone", "gtin", "case_gtin", "time_zone", "language", "key", "step_id",
          "storage_name", "thumbnail_name", "media_type", "target_kind", "action", "purpose"}  # fmt: skip

# Resources with free texts whose rows cannot be copied two hundred times in a test, and why; the first test still puts
# payloads into what they have.
ONE_OF_A_KIND = {
    "letters.delivery": "a letter goes to a person once by each way",
    "watch.reads": "a reader, a person and a day have one row",
    "incidents.person": "a person is affected by an incident once",
    "attendance.correction": "a missed press is corrected once",
    "attendance.report": "a person's month has one report",
    "attendance.swap": "a person exchanges a day with another once",
}
# Other views of rows that a resource of their own puts to the test.
SEEN_ELSEWHERE = {"processing.instructions": "entries of the trail, which the trail's own export shows"}


def exports():
    """Addresses that answer with a table: those of resources, and any whose name or ending says so."""
    return [
        route
        for route in console_routes()
        if is_understood(route)
        and not route.keys
        and ("export" in route.name or route.pattern.endswith((".csv", ".xlsx")))
        and "import" not in route.name
        and route.name != "processing:export"  # the page on which an archive is asked for
    ]


def free_texts(model):
    return [
        each.name
        for each in model._meta.concrete_fields
        if isinstance(each, models.CharField | models.TextField)
        and not each.choices
        and each.editable
        and each.name not in FORMED
        and not each.name.endswith(("hash", "sha256"))
        and (each.max_length or 1000) >= 40
    ]


@pytest.fixture
def poisoned(world):  # noqa: F811
    """A payload in every free text of everything a person has, payload after payload; one row per 8 payloads."""
    own = plant(world.home, world.staff["rep"], "Zq7Rep")
    left = iter(PAYLOADS * 100)
    with tenant(world.home):
        for label, row in own.rows.items():
            if label not in KEPT_AS_WRITTEN:
                for name in free_texts(type(row)):
                    longest = type(row)._meta.get_field(name).max_length or 1000
                    setattr(row, name, next(left)[:longest])
                row.save()
        browser = people.browser(world.staff["administrator"])
    return world, own, browser


def content(browser, path, **query):
    answer = browser.get(path, query)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def cells_of(path, data):
    """(cells as a spreadsheet program sees them, cells as an import reads them) of CSV or XLSX."""
    if path.endswith(".csv"):
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        raw = [cell for row in rows for cell in row]
        return raw, [unescape(cell) for cell in raw]
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    formulas = [f"={cell.value}" for cell in cells if cell.data_type == "f"]
    return formulas, [as_text(cell.value) for cell in cells]


def live(path, raw):
    """Cells that a program would run. A negative number is one; it holds no letter and no call."""
    return (
        [cell for cell in raw if cell and is_live(cell) and not _is_plain(cell)]
        if path.endswith(".csv")
        else raw
    )


def _is_plain(cell):
    try:
        float(cell.removesuffix("%"))
    except ValueError:
        return cell.startswith("'")
    return True


def test_no_export_holds_a_live_formula(poisoned):
    _world, own, browser = poisoned
    tried = 0
    for route in exports():
        for path in route.addresses({}):
            raw, _read = cells_of(path, content(browser, path))
            assert not live(path, raw), f"{path}: {live(path, raw)[:5]}"
            tried += 1
    assert tried >= 8
    assert own.rows


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_two_hundred_payloads_come_back_as_they_were(world, ending):  # noqa: F811
    """One row for each payload in every resource that exports, changed in its first free text that is a column."""
    with tenant(world.home):
        browser = people.browser(world.staff["administrator"])
        resources = {
            route.resource.key: route.resource
            for route in exports()
            if route.resource and route.resource.key not in SEEN_ELSEWHERE
        }
        filled = {key: fill(resource) for key, resource in resources.items()}
    for route in exports():
        if route.resource and route.resource.key in resources and route.name.endswith(ending):
            (path,) = route.addresses({})
            column, texts = filled[route.resource.key]
            raw, read = cells_of(path, content(browser, path, **{COLUMNS: column}))
            assert not live(path, raw), path
            missing = [text for text in texts if text not in read]
            assert not missing, f"{path}: {missing[:5]}"
    partly = {key for key, (_column, texts) in filled.items() if len(texts) < len(PAYLOADS)}
    assert partly == {key for key, each in resources.items() if not columns_of_text(each)} | set(
        ONE_OF_A_KIND
    )


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("key", ["people.employees", "customers.customer", "products.product"])
def test_an_export_of_two_hundred_payloads_brought_back_changes_nothing(world, key, ending, tmp_path):  # noqa: F811
    """By the import itself, as people do who correct a table in a spreadsheet program and bring it back."""
    resource = next(route.resource for route in exports() if route.resource and route.resource.key == key)
    with tenant(world.home):
        actor = people.actor(world.staff["administrator"])
        column, texts = fill(resource)
        wanted = {each.name for each in resource.imports.fields if each.is_required} | {column}
        browser = people.browser(world.staff["administrator"])
        file = tmp_path / f"again.{ending}"
        file.write_bytes(content(browser, resource.url(f"export_{ending}"), **{COLUMNS: sorted(wanted)}))
        report = bringing.dry_run(actor, resource, file, now=clock.now())
    assert (report.counts[Kind.NEW], report.counts[Kind.CHANGED]) == (0, 0), report.lines
    assert report.counts[Kind.SAME] >= len(texts) == len(PAYLOADS), report.lines[:3]


def columns_of_text(resource):
    return [
        each.name for each in resource.columns if each.name in free_texts(resource.model) and not each.text
    ]


def fill(resource):
    """(column, payloads): a copy of one row for each payload; what cannot be copied is left to the test above."""
    names = columns_of_text(resource)
    row = resource.model.objects.first()
    if not names or row is None:
        return "", []
    stored = []
    for number, payload in enumerate(PAYLOADS):
        row.pk, row._state.adding = None, True
        row.pk = resource.model._meta.pk.get_default()
        for each in resource.model._meta.concrete_fields:
            if isinstance(each, models.CharField) and each.name in ("code", "number", "gtin", "name"):
                setattr(row, each.name, f"{number}x{each.name}"[: each.max_length])
            if each.name == "mobile":
                row.mobile = f"+86180{number:08d}"
        setattr(row, names[0], payload)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except DatabaseError:
            return "", []
        stored.append(payload)
    return names[0], stored


class TestTheTestCanFail:
    def test_an_export_without_escaping_is_found(self, poisoned, monkeypatch):
        monkeypatch.setattr(exporting, "escape", lambda text: text)
        with pytest.raises(AssertionError, match=r"export\.csv"):
            test_no_export_holds_a_live_formula(poisoned)

    def test_a_formula_in_a_workbook_is_found(self):
        book, out = openpyxl.Workbook(), io.BytesIO()
        book.active.append(["=1+1"])
        book.save(out)
        raw, _read = cells_of("x.xlsx", HttpResponse(out.getvalue()).content)
        assert live("x.xlsx", raw)
