"""What the documents list is what there is: they are read by people who cannot look into the code first."""

import ast
import re
from pathlib import Path

import pytest

from launcher.place import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
# Set by the launcher for the processes it starts; nobody else sets them.
INTERNAL = {
    "QINCE_APP_ROLE", "QINCE_PG_RESTORE", "QINCE_PUSH_LOCAL", "QINCE_TEST_DATABASE", "QINCE_TEST_STATIC",
    "QINCE_TEST_TEMPLATE", "QINCE_TEST_TEMPLATE_FOLDER",
}  # fmt: skip


def variables_read() -> set[str]:
    """Names of settings that stand as texts of their own in the code, thus are looked up."""
    files = [*ROOT.glob("config/*.py"), *ROOT.glob("launcher/**/*.py"), *ROOT.glob("src/qince/**/*.py")]
    found: set[str] = set()
    for file in files:
        if "tests" not in file.parts:
            for each in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(each, ast.Constant) and isinstance(each.value, str):
                    found |= set(re.findall(r"^QINCE_[A-Z_]*[A-Z]$", each.value))
    return found


def variables_told() -> set[str]:
    """Those in README's first column. A row may name several that begin alike: `QINCE_TILE_URL`, `_DATUM`; a prefix
    that ends with an underscore goes with the ends named beside it.
    """
    found: set[str] = set()
    for line in README.splitlines():
        if not line.startswith("| `QINCE_"):
            continue
        names = re.findall(r"`([A-Z_]+)`", line.split("|")[1])
        heads = [name for name in names if name.startswith("QINCE_") and name.endswith("_")]
        plain = [name for name in names if name.startswith("QINCE_") and not name.endswith("_")]
        found |= set(plain)
        for name in names:
            if not name.startswith("QINCE_"):
                stems = heads or [plain[0].rsplit("_", 1)[0]]
                found |= {f"{stem.rstrip('_')}_{name.lstrip('_')}" for stem in stems}
    return found


def test_every_setting_is_in_the_readme():
    assert variables_read() - variables_told() - INTERNAL == set()


@pytest.mark.parametrize("floor", ["surfaces", "sales", "employee", "masterdata", "engines", "core"])
def test_the_drawn_tree_names_every_room(floor: str):
    drawn = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("```")[1]
    rooms = {file.parent.name for file in (ROOT / "src" / "qince" / floor).glob("*/__init__.py")}
    assert {room for room in rooms if not re.search(rf"\b{room}\b", drawn)} == set()


def test_third_party_packages_are_those_of_the_lock():
    locked = re.findall(r"^([A-Za-z0-9_.-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    listed = (ROOT / "docs" / "third-party.md").read_text(encoding="utf-8")
    assert [name for name in locked if not re.search(rf"\b{re.escape(name)}\b", listed, re.IGNORECASE)] == []


@pytest.mark.parametrize(
    "document", [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")], ids=lambda path: path.name
)
def test_files_and_folders_that_a_document_points_to_are_there(document: Path):
    text = document.read_text(encoding="utf-8")
    pointed = set(
        re.findall(r"`((?:docs|src|tests|launcher|config|pwa|examples|tools|bench)/[\w./-]+)`", text)
    )
    pointed |= {
        f"docs/{name}"
        for name in re.findall(r"\]\((?!http)([\w/-]+\.(?:md|png))\)", text)
        if document.parent.name == "docs"
    }
    tutorial = document.name == "add-a-feature.md"  # there files are made on the way
    assert [path for path in sorted(pointed) if not tutorial and not (ROOT / path).exists()] == []
