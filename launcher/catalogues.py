"""Compile the message catalogues (.po → .mo) without gettext's tools, which a bare machine lacks."""

import ast
import struct
from collections.abc import Iterator
from pathlib import Path

Entry = dict[str, str]


def compile_all(root: Path) -> int:
    """Compile every catalogue older than its source; returns how many were written."""
    sources = [po for po in root.glob("locale/*/LC_MESSAGES/*.po") if _is_older(po.with_suffix(".mo"), po)]
    for po in sources:
        beside = po.with_suffix(".mo.new")
        beside.write_bytes(machine_object(messages(po.read_text(encoding="utf-8"))))
        beside.replace(po.with_suffix(".mo"))
    return len(sources)


def _is_older(built: Path, source: Path) -> bool:
    return not built.exists() or built.stat().st_mtime_ns < source.stat().st_mtime_ns


def messages(text: str) -> dict[str, str]:
    """Return key → translation, keyed as gettext does: context\\4msgid, singular\\0plural."""
    found = {}
    for entry in _entries(text):
        forms = [entry[key] for key in sorted(entry, key=_form) if key.startswith("msgstr")]
        if "msgid" not in entry or "fuzzy" in entry or not all(forms):
            continue  # what is not translated falls back to English
        key = entry["msgid"] + ("\0" + entry["msgid_plural"] if "msgid_plural" in entry else "")
        key = entry["msgctxt"] + "\4" + key if "msgctxt" in entry else key
        found[key] = "\0".join(forms)
    return found


def _form(key: str) -> int:
    return int(key[7:-1]) if key.startswith("msgstr[") else 0


def _entries(text: str) -> Iterator[Entry]:
    entry: Entry = {}
    key = ""
    for raw in [*text.splitlines(), ""]:
        line = raw.strip()
        if line.startswith('"'):
            entry[key] += ast.literal_eval(line)
        elif line.startswith("#,"):
            entry |= {"fuzzy": ""} if "fuzzy" in line else {}
        elif line.startswith("msg"):
            key, _space, value = line.partition(" ")
            entry[key] = ast.literal_eval(value)
        elif not line and entry:
            yield entry
            entry, key = {}, ""


def machine_object(catalogue: dict[str, str]) -> bytes:
    """The .mo file format: a header, two tables of (length, offset), then the strings, sorted by key."""
    keys = sorted(catalogue, key=lambda key: key.encode())
    ids, values = [key.encode() for key in keys], [catalogue[key].encode() for key in keys]
    start = 7 * 4 + 16 * len(keys)
    tables, offset = [], start
    for strings in (ids, values):
        for string in strings:
            tables += [len(string), offset]
            offset += len(string) + 1
    header = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, start)
    return header + struct.pack(f"<{len(tables)}I", *tables) + b"".join(s + b"\0" for s in ids + values)
