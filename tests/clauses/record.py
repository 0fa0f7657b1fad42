"""What the last complete run of the tests said about each clause, kept in `.cache/clauses.json`."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILE = ROOT / ".cache" / "clauses.json"
SOURCES = ("src", "tests", "config", "pwa", "conftest.py", "pyproject.toml")


@dataclass(slots=True)
class Record:
    """Clause → names of its tests that passed, and of those that failed."""

    passed: dict[str, list[str]] = field(default_factory=dict)
    failed: dict[str, list[str]] = field(default_factory=dict)

    def add(self, clause: str, test: str, outcome: str) -> None:
        if outcome in ("passed", "failed"):
            found = getattr(self, outcome).setdefault(clause, [])
            if test not in found:
                found.append(test)

    def covered(self) -> set[str]:
        """Clauses with a passing test and none that fails; a skipped test says nothing."""
        return set(self.passed) - set(self.failed)

    def save(self) -> None:
        FILE.parent.mkdir(exist_ok=True)
        FILE.write_text(json.dumps(asdict(self), indent=1, sort_keys=True), encoding="utf-8")


def load(*, stale: bool = False) -> Record | None:
    """The record, unless there is none or (but for `stale`) something has changed since."""
    if not FILE.exists() or (not stale and _newest_source() > FILE.stat().st_mtime):
        return None
    return Record(**json.loads(FILE.read_text(encoding="utf-8")))


def _newest_source() -> float:
    paths = [ROOT / name for name in SOURCES]
    files = [path for folder in paths if folder.is_dir() for path in folder.rglob("*")]
    known = [path for path in [*files, *paths] if path.is_file() and "__pycache__" not in path.parts]
    return max(path.stat().st_mtime for path in known)
