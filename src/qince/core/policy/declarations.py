"""The committed snapshot of the declarations, and the version it bears (C2.7-10).

One line an entry, so that a change reads well in review. A test compares the file with the declarations; the command
`release_policy --declare` renews it and raises the version.
"""

import json
from pathlib import Path
from typing import Any

from qince.core.policy import significance, snapshot

FILE = Path(__file__).parent / "declarations.jsonl"
Lines = list[str]


def lines(declared: snapshot.Snapshot) -> Lines:
    """The declarations as sorted lines `["part", "code", {…}]`."""
    return [
        json.dumps([part, code, entry], ensure_ascii=False, sort_keys=True)
        for part in sorted(declared)
        for code, entry in sorted(declared[part].items())
    ]


def head(version: int, declared: snapshot.Snapshot) -> str:
    return json.dumps({"version": version, "hash": snapshot.digest(declared)})


def stored() -> tuple[int, str, snapshot.Snapshot]:
    """Version, hash and content of the committed snapshot."""
    first, *rest = (
        FILE.read_text(encoding="utf-8").splitlines() if FILE.exists() else ['{"version": 0, "hash": ""}']
    )
    mark = json.loads(first)
    declared: dict[str, dict[str, Any]] = {}
    for line in rest:
        part, code, entry = json.loads(line)
        declared.setdefault(part, {})[code] = entry
    return mark["version"], mark["hash"], declared


def problems(declared: snapshot.Snapshot) -> list[str]:
    """Why the committed snapshot does not stand for these declarations; none when it does."""
    version, known_hash, kept = stored()
    found = []
    if kept != declared:
        why = [reason.subject for reason in significance.reasons(kept, declared)]
        found.append(f"the declarations changed since version {version}: {', '.join(why) or 'details'}")
    if known_hash != snapshot.digest(kept):
        found.append(f"version {version} does not belong to this content")
    return found


def write() -> int:
    """Renew the file under the next version; the version it has now."""
    declared = snapshot.declarations()
    version, known_hash, _kept = stored()
    if known_hash == snapshot.digest(declared) and not problems(declared):
        return version
    text = "\n".join([head(version + 1, declared), *lines(declared)]) + "\n"
    FILE.write_text(text, encoding="utf-8")
    return version + 1
