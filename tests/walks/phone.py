"""A phone: Chromium with a fake camera and a position, kept in a profile folder, killed without warning."""

import contextlib
import os
import signal
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from launcher.browser import find

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
HERE = {"latitude": 32.0416, "longitude": 118.7782, "accuracy": 12}
# What a browser itself says when there is no network, and when it is told that a file is not there yet.
EXPECTED = (
    "ERR_CONNECTION",
    "ERR_INTERNET_DISCONNECTED",
    "ERR_EMPTY_RESPONSE",
    "ERR_FAILED",
    "status of 404",
    "status of 5",
    "status of 409",
)  # the notice has changed meanwhile: it is put before the person anew


class Phone:
    def __init__(
        self,
        playwright: Playwright,
        address: str,
        profile: Path,
        language: str = "en-GB",
        film: Path | None = None,
    ) -> None:
        """`film` is what the camera sees; without one, Chromium's own moving pattern."""
        self.playwright, self.address, self.profile, self.language = playwright, address, profile, language
        self.arguments = [*ARGUMENTS, *([f"--use-file-for-fake-video-capture={film}"] if film else [])]
        self.problems: list[str] = []
        self.here: Any = HERE
        self.context: BrowserContext
        self.page: Page
        self.switch_on()

    def switch_on(self) -> None:
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.profile), executable_path=find(), headless=True, args=self.arguments,
            viewport={"width": 390, "height": 844}, locale=self.language, timezone_id="Asia/Shanghai",
            geolocation=self.here, permissions=["geolocation", "camera"], is_mobile=True, has_touch=True,
        )  # fmt: skip
        self.page = self.context.pages[0]
        self.page.set_default_timeout(30_000)
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def go_to(self, latitude: float, longitude: float) -> None:
        """The person walks there with the phone, whose position is good to twelve metres."""
        self.here = {"latitude": latitude, "longitude": longitude, "accuracy": 12}
        self.context.set_geolocation(self.here)

    def _heard(self, message: object) -> None:
        text = getattr(message, "text", "")
        if getattr(message, "type", "") == "error" and not any(known in text for known in EXPECTED):
            self.problems.append(text)

    def open(self, path: str = "/") -> None:
        self.page.goto(f"{self.address}/m/#{path}")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def follow(self, text: str) -> None:
        self.page.get_by_text(text).first.click()

    def shows(self, text: str, *, within_s: float = 40) -> None:
        self.page.get_by_text(text).first.wait_for(timeout=within_s * 1000)

    def kill(self) -> None:
        """The battery is pulled: no page hears of it."""
        for pid in _processes_of(self.profile):
            os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(Error):  # the driver finds its browser gone: that was the point
            self.context.close()


def _processes_of(profile: Path) -> list[int]:
    """The browser's main process of this very profile, by its command line."""
    mark = f"--user-data-dir={profile}".encode()
    found = []
    for folder in Path("/proc").iterdir():
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0") if folder.name.isdigit() else []
        except OSError:
            continue
        if mark in words and not any(word.startswith(b"--type=") for word in words):
            found.append(int(folder.name))
    return found
