"""Write docs/third-party.md: the Python packages of requirements.lock with version and licence, as they declare it."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HEAD = """# Third-party Python packages

What `./qince up` installs, from `requirements.lock`; made by `tools/third_party.py`. Browser libraries:
`src/qince/kit/static/vendor/LICENCES.md`.

| package | version | licence |
| --- | --- | --- |
"""


def licence(name: str) -> str:
    """The licence a package declares: expression, classifier, or the first line of its text."""
    found = metadata(name)
    if expression := found.get("License-Expression"):
        return expression
    classes = [
        line.split(" :: ")[-1] for line in found.get_all("Classifier", []) if line.startswith("License")
    ]
    return ", ".join(classes) or (found.get("License") or "see the package").splitlines()[0][:60]


def rows() -> list[str]:
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    names = [match.groups() for line in lines if (match := re.match(r"([\w.-]+)==([\w.]+)", line))]
    found = []
    for name, version in names:
        try:
            found.append(f"| {name} | {version} | {licence(name)} |")
        except PackageNotFoundError:  # for another platform only
            continue
    return found


if __name__ == "__main__":
    (ROOT / "docs" / "third-party.md").write_text(HEAD + "\n".join(rows()) + "\n")
