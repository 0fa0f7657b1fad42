"""Single modules of the phone in a real browser, without the app around them: what both sides reckon is compared."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, Route, sync_playwright

from launcher.browser import find
from tests.walks.phone import ARGUMENTS

SITE = "http://modules.test"


@contextmanager
def page_with(modules: Mapping[str, Path]) -> Iterator[Page]:
    """A page that may import the modules by name (`#kit/fence`)."""
    files = {f"/{number}.js": path for number, path in enumerate(modules.values())}
    names = {name: f"{SITE}{address}" for name, address in zip(modules, files, strict=True)}
    shell = f'<script type="importmap">{json.dumps({"imports": names})}</script>'

    def answer(route: Route) -> None:
        file = files.get(route.request.url.removeprefix(SITE))
        if file:
            route.fulfill(body=file.read_text(encoding="utf-8"), content_type="text/javascript")
        else:
            route.fulfill(body=shell, content_type="text/html")

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        page = browser.new_page()
        page.route("**/*", answer)
        page.goto(f"{SITE}/")
        yield page
        browser.close()
