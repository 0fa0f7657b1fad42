"""The libraries that are cut down, not copied: ECharts to the charts we draw, ZXing to the codes we read, Inter to our
letters.
"""

import shutil
import subprocess
import sys
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
ESBUILD = "esbuild@0.28.2"

# Latin letters, digits and signs. The marks that Chinese text shares must come from a Chinese face.
LETTERS = "U+0020-007E,U+00A0,U+00A9,U+00AE,U+00B0-00B3,U+00C0-00FF,U+2013,U+20AC,U+2191,U+2193,U+2212"


def bundle_echarts(spec: str, target: Path, scratch: Path) -> list[str]:
    """Write `target`/echarts.js, an ES module, and the licences of what is inside; return the file names."""
    made = bundle(spec, "echarts.js", target, scratch)
    shutil.copy(scratch / "bundle-echarts.js/node_modules/zrender/LICENSE", target / "LICENSE.zrender")
    return made


def bundle_zxing(spec: str, target: Path, scratch: Path) -> list[str]:
    """Write `target`/zxing.js, an ES module, and the licences of what is inside; return the file names."""
    made = bundle(spec, "zxing.js", target, scratch)
    shutil.copy(
        scratch / "bundle-zxing.js/node_modules/ts-custom-error/LICENSE", target / "LICENSE.ts-custom-error"
    )
    return made


def bundle(spec: str, entry: str, target: Path, scratch: Path) -> list[str]:
    """Write `target`/`entry`, an ES module of what tools/`entry` names of a package; return the file names."""
    project = scratch / f"bundle-{entry}"
    project.mkdir()
    subprocess.run(
        ["npm", "install", "--silent", "--no-save", "--prefix", project, spec, ESBUILD], check=True
    )
    modules = project / "node_modules"
    shutil.copy(TOOLS / entry, project)
    subprocess.run(
        [
            modules / ".bin/esbuild",
            project / entry,
            "--bundle",
            "--minify",
            "--format=esm",
            "--target=es2022",
            "--legal-comments=eof",
            "--log-level=warning",
            '--define:process.env.NODE_ENV="production"',
            f"--outfile={target / entry}",
        ],
        check=True,
    )
    return [entry]


def subset_inter(source: Path, target: Path, scratch: Path) -> list[str]:
    """Write `target`/inter.woff2: weights 400 to 700 of our letters. Needs `pip install fonttools brotli`."""
    narrowed = scratch / "inter.woff2"
    font = source / "files/inter-latin-wght-normal.woff2"
    tool = [sys.executable, "-m", "fontTools"]
    subprocess.run([*tool, "varLib.instancer", font, "wght=400:700", "-q", "-o", narrowed], check=True)
    subprocess.run(
        [
            *tool,
            "subset",
            narrowed,
            f"--unicodes={LETTERS}",
            "--layout-features=kern,tnum,ccmp",
            "--flavor=woff2",
            f"--output-file={target / 'inter.woff2'}",
        ],
        check=True,
    )
    return ["inter.woff2"]
