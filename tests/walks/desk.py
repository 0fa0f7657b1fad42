"""A desk: Chromium at the width of a desktop, and what somebody does with a console. Complaints are kept."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, Playwright, expect

from launcher.browser import find
from tests.walks.phone import ARGUMENTS

PATIENCE_MS = 20_000
# Few walks serve sockets; a page that comes late on a busy machine is shown without its transition.
NO_FAULTS = ("WebSocket connection to", "Transition was aborted")


class Desk:
    """`problems` holds every error the browser's console reported, and every page that failed."""

    def __init__(self, playwright: Playwright, address: str, language: str = "en-GB") -> None:
        self.address = address
        self.problems: list[str] = []
        self.browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        self.context = self.browser.new_context(
            viewport={"width": 1440, "height": 900}, locale=language, timezone_id="Asia/Shanghai"
        )
        self.page = self._listened(self.context.new_page())

    def _listened(self, page: Page) -> Page:
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda said: said.type == "error" and self._hear(said.text))
        page.on("pageerror", lambda error: self._hear(str(error)))
        page.on("response", lambda answer: answer.status >= 500 and self.problems.append(answer.url))
        return page

    def _hear(self, text: str) -> None:
        if not text.startswith(NO_FAULTS):
            self.problems.append(text)

    def enter(self, cookies: dict[str, str]) -> None:
        """Go on with a session that was begun elsewhere."""
        self.context.add_cookies(
            [{"name": name, "value": value, "url": self.address} for name, value in cookies.items()]
        )

    def open(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")

    def fill(self, label: str, value: str) -> None:
        """Required fields carry an asterisk behind their label."""
        self.page.get_by_label(re.compile(rf"^{re.escape(label)}( \*)?$")).first.fill(value)

    def choose(self, name: str, text: str) -> None:
        """One of many, in the field `name`: a plain list while it is short, else found by typing."""
        plain = self.page.locator(f"select[name={name}]")
        if plain.count():
            value = plain.locator("option", has_text=text).first.get_attribute("value")
            plain.select_option(value)
            return
        self.page.locator(f"[name={name}-typed]").fill(text)
        self.page.get_by_role("option").filter(has_text=text).first.click()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).first.click()

    def shows(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=PATIENCE_MS)

    def stat(self, label: str) -> str:
        """The figure under `label`."""
        stat = self.page.locator(".q-stat").filter(has=self.page.get_by_text(label, exact=True))
        return stat.locator(".q-stat-value").inner_text().strip()

    def rows(self) -> Locator:
        return self.page.locator("main tbody tr")

    def code_from_outbox(self) -> str:
        """The six digits of the newest message, read on the developer's outbox in a second tab."""
        tab = self._listened(self.context.new_page())
        tab.goto(f"{self.address}/developer/outbox/")
        text = tab.locator(".signin-message p").first.inner_text()
        tab.close()
        return "".join(character for character in text if character.isdigit())[:6]

    def upload(self, file: Path) -> None:
        self.page.locator("#import-file").set_input_files(file)
        self.press("Next")

    def close(self) -> None:
        self.browser.close()
