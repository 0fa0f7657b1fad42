"""What the browser tests need from the system: Chromium, Chinese fonts, gettext's tools, what Playwright loads."""

import ctypes
import os
import shutil
import sys
from pathlib import Path

from launcher import debian
from launcher.words import _

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts")
DRIVER_NEEDS = "libatomic.so.1"  # by the Node.js inside Playwright, which does not bring it along
CHINESE_FONTS = ("*CJK*", "*PingFang*", "*wqy*", "*SourceHan*")


def find() -> str | None:
    """Chromium's path: QINCE_CHROMIUM, or the first known name on the PATH."""
    return os.environ.get("QINCE_CHROMIUM") or next(
        (path for name in NAMES if (path := shutil.which(name))), None
    )


def missing() -> list[str]:
    """Debian's names of what is not there."""
    absent = [] if find() else ["chromium"]
    if not any(next(Path(folder).rglob(name), None) for folder in FONT_FOLDERS for name in CHINESE_FONTS):
        absent.append("fonts-noto-cjk")
    if not shutil.which("xgettext"):
        absent.append("gettext")
    if sys.platform == "linux" and not _loads(DRIVER_NEEDS):
        absent.append("libatomic1")
    return absent


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def ensure() -> str:
    """Install what is missing, or raise a `Problem` that says how."""
    if absent := missing():
        why = _("The browser tests need {names}.").format(names=", ".join(absent))
        debian.install(absent, why=why)
        return _("installed {names}").format(names=", ".join(absent))
    return _("ready")
