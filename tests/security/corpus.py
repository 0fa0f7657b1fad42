"""Hostile and broken uploads, made here byte by byte: pictures for the phone's upload, tables for the import."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import openpyxl
from PIL import Image

SCRIPT = b"<script>alert('q7')</script>"
LAUGHS = '<!DOCTYPE x [<!ENTITY a0 "ha">{}]>'.format(
    "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
)
PASSWD = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
REFUSED, KEPT, EITHER = "refused", "kept", "either"


@dataclass(frozen=True)
class File:
    name: str
    content: bytes
    expected: str = REFUSED


# --- Pictures ---


def pictures() -> list[File]:
    jpeg, png = encoded("JPEG"), encoded("PNG")
    return [
        *(File(f"plain.{kind.lower()}", encoded(kind), KEPT) for kind in ("JPEG", "PNG", "WEBP")),
        *(File(f"other.{kind.lower()}", encoded(kind)) for kind in ("GIF", "BMP", "TIFF", "ICO", "PPM", "TGA", "EPS")),
        *(File(f"mode-{mode}.png", encoded("PNG", mode), KEPT) for mode in ("1", "L", "LA", "P", "RGBA", "I;16")),
        File("cmyk.jpg", encoded("JPEG", "CMYK"), KEPT),
        File("progressive.jpg", encoded("JPEG", progressive=True), KEPT),
        File("gps.jpg", with_gps(), KEPT),
        File("comment.jpg", encoded("JPEG", comment=SCRIPT), KEPT),
        File("html-after.jpg", jpeg + b"<html>" + SCRIPT, KEPT),
        File("zip-after.png", png + archive({"a.txt": b"x"}), KEPT),
        File("png-text.png", png_with(b"tEXt", b"Comment\0" + SCRIPT), KEPT),
        File("png-text-bomb.png", png_with(b"zTXt", b"C\0\0" + repeated(b"A", 200_000_000)), EITHER),
        File("png-profile-bomb.png", png_with(b"iCCP", b"p\0\0" + repeated(b"A", 100_000_000)), EITHER),
        File("exif-64k.jpg", jpeg[:2] + b"\xff\xe1\xff\xff" + b"Exif\0\0" + b"\0" * 65527 + jpeg[2:], EITHER),
        File("header-50k.png", png_header(50_000, 50_000)),
        File("header-wide.png", png_header(2**31 - 1, 1)),
        File("header-nothing.png", png_header(0, 0)),
        File("flat-7000.png", flat_png(7_000, 7_000)),
        File("as-large-as-may-be.png", plain("PNG", "RGBA", 12_000_000), KEPT),
        File("as-large-as-may-be.webp", plain("WEBP", "RGBA", 12_000_000, lossless=True, method=0), KEPT),
        File("as-large-as-may-be.jpg", plain("JPEG", "RGB", 24_000_000), KEPT),
        File("coefficients.jpg", plain("JPEG", "RGB", 24_000_000, progressive=True, subsampling=0), KEPT),
        File("flat-20000.png", flat_png(20_000, 20_000)),
        File("long-line.png", flat_png(1, 40_000_000 // 8), EITHER),
        File("header-65500.jpg", jpeg_claiming(65_500, 65_500)),
        File("animated.webp", animation("WEBP"), KEPT),
        File("animated.png", animation("PNG"), KEPT),
        *(File(f"cut-{part}.jpg", jpeg[: len(jpeg) * part // 10], EITHER) for part in (1, 3, 5, 7, 9)),
        *(File(f"cut-{part}.png", png[: len(png) * part // 10], EITHER) for part in (1, 5, 9)),
        File("flipped.png", png[:60] + bytes([png[60] ^ 255]) + png[61:], EITHER),
        File("svg.svg", b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>"),
        File("svg-as.png", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="q7()"/>'),
        File("html-as.jpg", b"<!doctype html>" + SCRIPT),
        File("html-before.jpg", SCRIPT + jpeg),
        File("program.jpg", b"\x7fELF" + b"\0" * 500),
        File("windows.jpg", b"MZ" + b"\0" * 500),
        File("shell.png", b"#!/bin/sh\nrm -rf /\n"),
        File("film.jpg", b"\0\0\0\x18ftypmp42" + b"\0" * 500),
        File("nul.jpg", b"\0" * 4096),
        File("one.jpg", b"\xff"),
        File("noise.webp", b"RIFF\xff\xff\xff\xffWEBPVP8X" + bytes(range(256))),
        File("script.pdf", b"%PDF-1.7\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj", KEPT),
        File("bomb.zip", archive({"a": b"\0" * 100_000_000}), KEPT),
        File("paths.zip", archive({"../../../../tmp/q7": b"x", "/etc/q7": b"x", "a\\..\\b": b"x"}), KEPT),
    ]  # fmt: skip


def encoded(kind: str, mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    image = (
        Image.effect_noise((200, 150), 40) if mode in ("RGB", "L") else Image.new("RGB", (200, 150), "teal")
    )
    image = Image.new("I;16", (200, 150)) if mode == "I;16" else image.convert(mode)
    image.save(out, kind, **options)
    return out.getvalue()


def plain(kind: str, mode: str, pixels: int, **options: object) -> bytes:
    """One colour, as wide as it is high, just within `pixels`."""
    out, side = io.BytesIO(), int(pixels**0.5)
    Image.new(mode, (side, side), "teal").save(out, kind, **options)
    return out.getvalue()


def with_gps() -> bytes:
    """A photo that says where and on what it was taken."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Q7 camera", 6
    place = exif.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (32.0, 2.0, 29.4), "E", (118.0, 46.0, 41.2)
    out = io.BytesIO()
    Image.new("RGB", (200, 150), "teal").save(out, "JPEG", exif=exif)
    return out.getvalue()


def animation(kind: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (300, 300), (n * 5 % 256, 0, 0)) for n in range(60)]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=10)
    return out.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""
    start = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return start + _chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + _chunk(b"IEND", b"")


def flat_png(width: int, height: int) -> bytes:
    """A PNG of one colour: a few kilobytes that unpack to all its pixels."""
    data = repeated(b"\0", height * (1 + width * 3))
    start = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return start + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def repeated(byte: bytes, count: int) -> bytes:
    """What zlib makes of `count` equal bytes, without compressing a gigabyte: one block again and again.

    The last four bytes are the Adler-32 checksum of RFC 1950, whose two sums have a closed form here.
    """
    block, size = zlib.compressobj(9, zlib.DEFLATED, -15), 1_000_000
    whole = block.compress(byte * size) + block.flush(zlib.Z_FULL_FLUSH)
    rest = zlib.compressobj(9, zlib.DEFLATED, -15)
    tail = rest.compress(byte * (count % size)) + rest.flush()
    one = 1 + byte[0] * count
    two = count + byte[0] * count * (count + 1) // 2
    return b"\x78\xda" + whole * (count // size) + tail + struct.pack(">HH", two % 65521, one % 65521)


def png_with(kind: bytes, data: bytes) -> bytes:
    png = encoded("PNG")
    return png[:33] + _chunk(kind, data) + png[33:]


def jpeg_claiming(width: int, height: int) -> bytes:
    jpeg = encoded("JPEG")
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", height, width) + jpeg[at + 4 :]


# --- Tables ---


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return out.getvalue()


def workbook(rows: list[list[object]] | None = None) -> dict[str, bytes]:
    """The parts of a sound workbook, to be spoiled."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows or [["编号", "名称"], ["A1", "苏果"]]:
        book.active.append(row)
    book.save(out)
    with zipfile.ZipFile(out) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def _sheet(body: str, before: str = "") -> bytes:
    parts = workbook()
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    parts["xl/worksheets/sheet1.xml"] = f"{before}{head}{body}</sheetData></worksheet>".encode()
    return archive(parts)


def _cell(text: str) -> str:
    return f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'


def tables() -> list[File]:
    sound = archive(workbook())
    strings = workbook() | {"xl/sharedStrings.xml": b"<sst>" + b"<si><t>a</t></si>" * 4_000_000 + b"</sst>"}
    return [
        File("plain.csv", "编号,名称\nA1,苏果\n".encode(), KEPT),
        File("plain.xlsx", sound, KEPT),
        File("gb18030.csv", "编号,名称\nA1,苏果\n".encode("gb18030"), KEPT),
        File("utf-16.csv", "编号,名称\nA1,苏果\n".encode("utf-16"), EITHER),
        File("zip-bomb.xlsx", archive(workbook() | {"xl/worksheets/sheet1.xml": b"\0" * 400_000_000})),
        File("many-zeros.xlsx", archive(workbook() | {"xl/media/x.bin": b"\0" * 300_000_000})),
        File("strings-bomb.xlsx", archive(strings)),
        File("laughs.xlsx", _sheet(_cell("&a11;"), LAUGHS), EITHER),
        File("passwd.xlsx", _sheet(_cell("&e;"), PASSWD), EITHER),
        File("last-row.xlsx", _sheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), EITHER),
        File("many-parts.xlsx", archive(workbook() | {f"x/{n}": b"" for n in range(600)})),
        File("paths.xlsx", archive(workbook() | {"../../../q7": b"x", "/etc/q7": b"x"}), EITHER),
        File("nested.xlsx", archive({"xl/workbook.xml": archive({"a": b"\0" * 10_000_000})})),
        File("cut.xlsx", sound[: len(sound) // 2]),
        File("lies.xlsx", lying_archive(), EITHER),
        File("formula.xlsx", archive(workbook([["编号", "名称"], ["=1+1", "=cmd|' /C calc'!A0"]])), EITHER),
        File("macro.xlsx", archive(workbook() | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), EITHER),
        File("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        File("nul.csv", b"a,b\n\0,1\n"),
        File("binary.csv", bytes(range(256)) * 40),
        File("empty.csv", b""),
        File("one-line.csv", b"a" * 15_000_000, EITHER),
        File("quoted.csv", b'a,b\n"' + b"x" * 15_000_000, EITHER),
        File("columns.csv", b",".join([b"c"] * 500_000) + b"\n1\n", EITHER),
        File("rows.csv", b"a,b\n" + b"1,2\n" * 60_000, EITHER),
        File("too-large.csv", b"a,b\n" * 5_500_000),
        File("picture-as.xlsx", encoded("PNG")),
        File("page-as.csv", b"<html>" + SCRIPT, EITHER),
        File("../../../tmp/q7.csv", "编号\nA1\n".encode(), EITHER),
        File("a" * 3000 + ".csv", "编号\nA1\n".encode(), EITHER),
        File("‮vsc.exe", "编号\nA1\n".encode(), EITHER),
    ]


def lying_archive() -> bytes:
    """A workbook whose directory says that a large part is small."""
    content = archive(workbook() | {"xl/worksheets/sheet1.xml": b"<a/>" * 10_000_000})
    at = content.rindex(b"PK\x01\x02", 0, content.index(b"PK\x05\x06"))
    while at >= 0:
        if content[at + 46 : at + 46 + 24] == b"xl/worksheets/sheet1.xml":
            return content[: at + 24] + struct.pack("<I", 100) + content[at + 28 :]
        at = content.rfind(b"PK\x01\x02", 0, at)
    raise AssertionError("the sheet is not in the directory")


def everything() -> Iterator[File]:
    yield from pictures()
    yield from tables()
