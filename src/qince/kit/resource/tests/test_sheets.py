"""Tables people upload, honest and hostile."""

import io
import resource as limits
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from qince.kit.resource import sheets
from qince.kit.resource.sheets import UnreadableTable, read

NAIVE = datetime.fromisoformat("2026-01-31 08:30:00")  # as spreadsheets hold it: without a zone
HUGE = 300 * 1024 * 1024


def save(tmp_path, content, name="t"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def book(rows):
    out = io.BytesIO()
    file = openpyxl.Workbook()
    for row in rows:
        file.active.append(row)
    file.save(out)
    return out.getvalue()


def repacked(parts, base=None):
    """An XLSX with some of its parts replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(base or book([["a"]]))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in {*old.namelist(), *parts}:
            new.writestr(name, parts.get(name) if name in parts else old.read(name))
    return out.getvalue()


def test_numbers_and_dates_read_as_people_write_them(tmp_path):
    content = book([["手机", "日期", "时刻"], [13800000000.0, date(2026, 1, 31), NAIVE]])
    assert list(read(save(tmp_path, content)))[1] == (2, ["13800000000", "2026-01-31", "2026-01-31 08:30:00"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("comma", [",", "\t", ";"])
def test_csv_in_every_usual_dress(tmp_path, encoding, comma):
    content = f"姓名{comma}手机\r\n王芳{comma}138\r\n\r\n李四{comma}139\r\n".encode(encoding)
    assert list(read(save(tmp_path, content))) == [
        (1, ["姓名", "手机"]),
        (2, ["王芳", "138"]),
        (4, ["李四", "139"]),
    ]


def test_a_quoted_line_break_stays_in_its_cell(tmp_path):
    assert list(read(save(tmp_path, b'a,b\r\n"x\r\ny",2\r\n')))[1] == (3, ["x\r\ny", "2"])


def test_a_formula_is_read_as_its_last_value_never_run(tmp_path):
    assert list(read(save(tmp_path, book([["x", "=1+1"]])))) == [(1, ["x"])]


def hostile():
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
    laughs = '<!DOCTYPE x [<!ENTITY a "{}">{}]>'.format(
        "ha" * 50,
        "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcdefg", "bcdefgh", strict=True)),
    )
    wide = "".join(f'<c r="A{n}"><v>1</v></c>' for n in range(3))
    return {
        "zip bomb": repacked({"xl/worksheets/sheet1.xml": b" " * HUGE}),
        "shared strings": repacked({"xl/sharedStrings.xml": b" " * (40 * 1024 * 1024)}),
        "many parts": repacked({f"xl/x{n}": b"" for n in range(600)}),
        "no workbook": repacked({"word/document.xml": b"x"}, base=zipped({"a.txt": b"b"})),
        "billion laughs": repacked(
            {"xl/worksheets/sheet1.xml": laughs + sheet.format("<row><c><v>&h;</v></c></row>")}
        ),
        "cut off": book([["a"]])[:200],
        "not a zip": b"PK\x03\x04 nonsense",
        "broken xml": repacked({"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>"}),
        "old excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "binary": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 100,
        "wide": repacked({"xl/worksheets/sheet1.xml": f"<x>{wide}"}),
    }


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


HOSTILE = ("zip bomb", "shared strings", "many parts", "no workbook", "billion laughs", "cut off", "not a zip",
           "broken xml", "old excel", "binary", "wide")  # fmt: skip


@pytest.fixture(scope="module")
def corpus():
    return hostile()


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_are_refused_within_bounds(tmp_path, corpus, kind):
    path = save(tmp_path, corpus[kind])
    before = limits.getrusage(limits.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UnreadableTable):
        list(read(path))
    assert limits.getrusage(limits.RUSAGE_SELF).ru_maxrss - before < 128 * 1024  # KiB


def test_a_part_that_lies_about_its_size_is_cut_there(tmp_path):
    content = bytearray(repacked({"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 5_000_000}))
    at = content.rfind(b"xl/worksheets/sheet1.xml") - 46  # its entry in the central directory
    content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    with pytest.raises(UnreadableTable):
        list(read(save(tmp_path, bytes(content))))


def test_a_row_far_below_does_not_make_a_million_empty_ones(tmp_path):
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>'
        "</sheetData></worksheet>"
    )
    rows = list(read(save(tmp_path, repacked({"xl/worksheets/sheet1.xml": xml}))))
    assert rows == [(1, ["1"])]


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MAX_ROWS", 10)
    with pytest.raises(UnreadableTable, match="too_many_rows"):
        list(read(save(tmp_path, b"a\n" * 11)))
    assert len(list(read(save(tmp_path, b"a\n" * 10)))) == 10


def test_cells_and_columns_are_cut_to_size(tmp_path):
    ((_number, cells),) = read(save(tmp_path, ("x" * 9_000 + ",b" * 500).encode()))
    assert (len(cells), len(cells[0])) == (sheets.MAX_COLUMNS, sheets.MAX_CELL)
