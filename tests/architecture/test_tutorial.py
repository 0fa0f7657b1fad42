"""`docs/add-a-feature.md`, followed to the letter on a copy of the tree: every block applied, every command run."""

import ast
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

from launcher.catalogues import messages

ROOT = Path(settings.ROOT)
PAGE = ROOT / "docs" / "add-a-feature.md"
COPIED = ("src", "config", "launcher", "locale", "pwa", "conftest.py", "pyproject.toml")
COPIED_TESTS = ("__init__.py", "conftest.py", "architecture", "clauses")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FEATURE = "src/qince/masterdata/coolers"


class WrongPage(AssertionError):
    """The tutorial says something that cannot be done as it stands."""


@dataclass(frozen=True)
class Block:
    kind: str
    lines: list[str]

    @property
    def path(self) -> str:
        """Where it goes: the first line names the file."""
        if not (named := re.fullmatch(r"# (\S+)", self.lines[0] if self.lines else "")):
            raise WrongPage(f"a block of {self.kind} does not name its file: {self.lines[:2]}")
        return named[1]

    @property
    def body(self) -> list[str]:
        return self.lines[1:]


def blocks(page: str) -> list[Block]:
    return [Block(kind, text.splitlines()) for kind, text in BLOCK.findall(page)]


class Reader:
    """Somebody who follows the page, in a copy of the tree."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def follow(self, page: str) -> None:
        self.apply(blocks(page))

    def apply(self, found: list[Block]) -> None:
        for block in found:
            {"sh": self._run_all, "diff": self._insert}.get(block.kind, self._write)(block)

    def _write(self, block: Block) -> None:
        """A new file, or lines at the end of one that is there."""
        target = self.root / block.path
        target.parent.mkdir(parents=True, exist_ok=True)
        before = target.read_text() + "\n" if target.exists() else ""
        target.write_text(before + "".join(f"{line}\n" for line in block.body))

    def _insert(self, block: Block) -> None:
        """Lines with `+` go between those without, which must stand there, and only there."""
        target = self.root / block.path
        text = target.read_text()
        before = "".join(f"{line[1:]}\n" for line in block.body if not line.startswith("+"))
        if text.count(before) != 1:
            raise WrongPage(f"{block.path} holds {text.count(before)} times:\n{before}")
        target.write_text(text.replace(before, "".join(f"{line[1:]}\n" for line in block.body)))

    def _run_all(self, block: Block) -> None:
        for line in block.lines:
            self.run(*command_of(line))

    def run(self, *words: str) -> str:
        done = subprocess.run(
            words, cwd=self.root, env=self._environment(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise WrongPage(f"{' '.join(words)}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}")
        return done.stdout

    def _environment(self) -> dict[str, str]:
        """This run's, with a test database and a data folder of the reader's own."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "DJANGO"))
        }
        return kept | {
            "QINCE_TEST_DATABASE": f"{settings.DATABASES['default']['TEST']['NAME']}_tutorial",
            "QINCE_DATA": str(self.root / "data"),
            "PYTHONPATH": f"{self.root}{os.pathsep}{self.root / 'src'}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }


def command_of(line: str) -> list[str]:
    """What the launcher would run in the environment of this test; see `launcher.checks`."""
    bin_folder = Path(sys.executable).parent
    words = line.split()
    if words[:2] == ["./qince", "manage"]:
        return [sys.executable, "-m", "django", *words[2:]]
    if words == ["./qince", "test", "--only", "imports"]:
        return [str(bin_folder / "lint-imports")]
    if words[:2] == ["./qince", "test"] and not words[2].startswith("-"):
        once = [
            "-o",
            "addopts=--strict-markers",
            "-q",
            "-p",
            "no:cacheprovider",
        ]  # the database goes afterwards
        return [sys.executable, "-m", "pytest", *once, *words[2:]]
    raise WrongPage(f"nobody taught this test to run: {line}")


@pytest.fixture
def reader(tmp_path):
    unwanted = shutil.ignore_patterns("__pycache__", "vendor", ".*")
    for name in (*COPIED, *(f"tests/{each}" for each in COPIED_TESTS)):
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(exist_ok=True)
        shutil.copytree(source, target, ignore=unwanted) if source.is_dir() else shutil.copy(source, target)
    return Reader(tmp_path)


def test_whoever_follows_the_tutorial_has_the_feature(reader):
    reader.follow(PAGE.read_text())
    reader.run(str(Path(sys.executable).parent / "ruff"), "check", FEATURE)
    reader.run(
        str(Path(sys.executable).parent / "ruff"), "format", "--check", "--exclude", "migrations", FEATURE
    )
    assert untranslated(reader.root) == []


def untranslated(root: Path) -> list[str]:
    """Texts of the feature that its catalogue lacks. The tools of gettext are not needed for this."""
    known = messages((root / "locale/zh_Hans/LC_MESSAGES/django.po").read_text())
    found = {text for path in (root / FEATURE).glob("*.py") for text in texts(path.read_text())}
    return sorted(found - set(known))


def texts(source: str) -> list[str]:
    """What stands in `_("…")` and `gettext_lazy("…")`."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and node.args]
    marked = [call for call in calls if getattr(call.func, "id", "") in ("_", "gettext_lazy")]
    return [call.args[0].value for call in marked if isinstance(call.args[0], ast.Constant)]


def test_a_page_that_leaves_a_file_out_is_found(reader):
    """The twin: without `privacy.py` the reader's own check fails, naming fields of the feature."""
    without = [block for block in blocks(PAGE.read_text()) if block.kind != "sh"]
    without = [block for block in without if not block.path.endswith("/privacy.py")]
    reader.apply(without)
    with pytest.raises(WrongPage, match=r"coolers\.cooler\."):
        reader.run(*command_of("./qince test tests/architecture/test_privacy_declared.py"))


def test_a_block_that_fits_nowhere_is_found(reader):
    with pytest.raises(WrongPage, match="holds 0 times"):
        reader.follow("```diff\n# config/urls.py\n     never there\n+    something\n```\n")
