#!/usr/bin/env python3
"""Fetch the browser libraries that Qince ships, for the maintainer who updates them.

    python3 tools/vendor.py            fetch all that is listed below; rewrite vendor.json and icons.svg
    python3 tools/vendor.py --check    only compare the files in the tree with vendor.json; needs nothing

Fetching needs npm, and `pip install fonttools brotli` for the typeface.

A cloner never runs this: the files are committed. Each keeps its package's own layout, so that CSS finds its
images; comments that point at source maps are cut, because hashed static storage would look for the maps.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

import vendor_build

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "src/qince/kit/static"
VENDOR = STATIC / "vendor"
ICONS = ROOT / "tools/icons.txt"
SPRITE = STATIC / "kit/icons.svg"


@dataclass(frozen=True)
class Package:
    """An npm package: where it goes, its licence, and which of its files we ship."""

    name: str
    version: str
    folder: str
    licence: str
    files: tuple[str, ...] = ()
    texts: tuple[str, ...] = ("LICENSE",)


PACKAGES = [
    Package("htmx.org", "4.0.1", "htmx", "0BSD", ("dist/htmx.esm.min.js",)),
    Package("@tabler/core", "1.6.1", "tabler", "MIT", ("dist/css/tabler.min.css",), texts=()),
    Package("@fontsource-variable/inter", "5.3.0", "inter", "OFL-1.1"),
    Package("echarts", "6.1.0", "echarts", "Apache-2.0", texts=("LICENSE", "NOTICE")),
    Package(
        "leaflet",
        "1.9.4",
        "leaflet",
        "BSD-2-Clause",
        (
            "dist/leaflet.js",
            "dist/leaflet.css",
            "dist/images/layers.png",
            "dist/images/layers-2x.png",
            "dist/images/marker-icon.png",
            "dist/images/marker-icon-2x.png",
            "dist/images/marker-shadow.png",
        ),
    ),
    Package("preact", "11.2.0", "preact", "MIT", ("dist/preact.mjs", "hooks/dist/hooks.mjs")),
    Package("@preact/signals", "2.11.4", "signals", "MIT", ("dist/signals.mjs",)),
    Package("@preact/signals-core", "1.14.5", "signals-core", "MIT", ("dist/signals-core.mjs",)),
    Package("htm", "3.1.1", "htm", "Apache-2.0", ("dist/htm.mjs",)),
    Package("dexie", "4.4.7", "dexie", "Apache-2.0", ("dist/modern/dexie.min.mjs",), ("LICENSE", "NOTICE")),
    Package("@zxing/library", "0.23.0", "zxing", "Apache-2.0"),
    Package("@tabler/icons", "3.51.0", "tabler-icons", "MIT"),
]

SOURCE_MAP = re.compile(rb"\n?(?://[#@] *sourceMappingURL=\S*|/\*[#@] *sourceMappingURL=[^*]*\*/)\s*")


def fetch(package: Package, scratch: Path) -> Path:
    """Unpack the pinned release of `package` under `scratch`; npm checks its integrity."""
    spec = f"{package.name}@{package.version}"
    done = subprocess.run(
        ["npm", "pack", spec, "--silent", "--pack-destination", scratch],
        check=True,
        capture_output=True,
        text=True,
    )
    target = scratch / package.folder
    with tarfile.open(scratch / done.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(target, filter="data")
    return next(path for path in target.iterdir() if path.is_dir())


def copy(package: Package, source: Path, scratch: Path) -> dict[str, str]:
    """Copy or build the shipped files, and copy the licence texts; return each shipped file's sha256."""
    folder = VENDOR / package.folder
    shutil.rmtree(folder, ignore_errors=True)
    for name in (*package.files, *package.texts):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        content = (source / name).read_bytes()
        textual = name.endswith((".js", ".mjs", ".css"))
        (folder / name).write_bytes(SOURCE_MAP.sub(b"\n", content) if textual else content)
    if not package.texts:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / f"tools/licences/{package.folder}.txt", folder / "LICENSE")
    names = [*package.files, *build(package, source, folder, scratch)]
    return {name: digest(folder / name) for name in names}


def build(package: Package, source: Path, folder: Path, scratch: Path) -> list[str]:
    if package.folder == "echarts":
        return vendor_build.bundle_echarts(f"{package.name}@{package.version}", folder, scratch)
    if package.folder == "zxing":
        return vendor_build.bundle_zxing(f"{package.name}@{package.version}", folder, scratch)
    if package.folder == "inter":
        return vendor_build.subset_inter(source, folder, scratch)
    return []


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def icon_names() -> list[str]:
    lines = (line.partition("#")[0].split() for line in ICONS.read_text().splitlines())
    return sorted({name for line in lines for name in line})


def write_sprite(source: Path) -> None:
    """Gather the icons of icons.txt, and our own logo, into one file of <symbol>s."""
    symbols = [symbol(name, (source / f"icons/outline/{name}.svg").read_text()) for name in icon_names()]
    body = "".join(symbols)
    SPRITE.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{body}</svg>\n')


def symbol(name: str, svg: str) -> str:
    paths = re.findall(r"<(?:path|circle|rect|line|polyline)\b[^>]*/>", svg)
    shapes = "".join(path.replace(" />", "/>") for path in paths if 'd="M0 0h24v24H0z"' not in path)
    return f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'


def write_manifest(packages: dict[str, dict[str, object]]) -> None:
    (VENDOR / "vendor.json").write_text(json.dumps(packages, indent=1, ensure_ascii=False) + "\n")
    rows = "\n".join(
        f"| {p.name} | {p.version} | {p.licence} | [text]({p.folder}/{(p.texts or ('LICENSE',))[0]}) |"
        for p in PACKAGES
    )
    (VENDOR / "LICENCES.md").write_text(
        "# Browser libraries shipped with Qince\n\nWritten by `tools/vendor.py`; do not edit.\n\n"
        f"| package | version | licence | |\n| --- | --- | --- | --- |\n{rows}\n"
    )


def update() -> None:
    manifest: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            source = fetch(package, Path(folder))
            files = copy(package, source, Path(folder))
            manifest[package.name] = {
                "version": package.version,
                "licence": package.licence,
                "folder": package.folder,
                "sha256": files,
            }
            if package.name == "@tabler/icons":
                write_sprite(source)
            print(f"{package.name} {package.version}: {len(files)} files")
    write_manifest(manifest)


def check() -> list[str]:
    """What differs between the tree and vendor.json, in words; empty when they agree."""
    manifest = json.loads((VENDOR / "vendor.json").read_text())
    problems = []
    for name, entry in manifest.items():
        for file, expected in entry["sha256"].items():
            path = VENDOR / entry["folder"] / file
            if not path.exists():
                problems.append(f"{name}: {file} is missing")
            elif digest(path) != expected:
                problems.append(f"{name}: {file} was changed by hand")
    return problems


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="compare the tree with vendor.json, fetch nothing"
    )
    if not parser.parse_args().check:
        update()
    problems = check()
    print("\n".join(problems) or "vendored files agree with vendor.json")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
