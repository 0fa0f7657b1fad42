"""The console in a browser: driven by the keyboard alone, and what its first page costs on the wire."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.walks.desk import PATIENCE_MS, Desk
from tests.walks.server import Server

pytestmark = pytest.mark.browser
FIRST_LOAD = 500 * 1024  # bytes on the wire with nothing cached: a desk at the end of a slow line
STORE = "苏果超市（新街口店）"


@pytest.fixture
def seated(desk: Desk, server: Server) -> Desk:
    desk.enter(server.script("tests.walks.story", "console", "韩台长", "+8619900000861"))
    return desk


def test_everything_is_reached_by_the_keyboard(seated: Desk):
    page, keys = seated.page, seated.page.keyboard
    seated.open("/")
    keys.type("gc")
    page.wait_for_url("**/customers/")

    keys.press("/")
    expect(page.locator("[data-search]:focus")).to_be_visible()
    keys.type("新街口")
    keys.press("Enter")
    expect(seated.rows()).to_have_count(1)
    assert "q=" in page.url  # the list can be sent to a colleague as it stands

    page.locator("[data-search]").first.evaluate("field => field.blur()")
    keys.press("j")
    expect(page.locator("tr.is-current")).to_contain_text(STORE)
    keys.press("x")
    expect(page.locator("[data-bulk-bar]")).to_be_visible()
    keys.press("Escape")
    expect(page.locator("[data-bulk-bar]")).to_be_hidden()
    keys.press("Enter")
    expect(page.get_by_role("heading", name=STORE)).to_be_visible(timeout=PATIENCE_MS)

    page.wait_for_load_state()  # keys are listened to once the page's scripts have run
    keys.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    keys.press("j")  # goes to nobody behind a dialog
    keys.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()
    assert not seated.problems


@pytest.mark.parametrize(
    ("typed", "heading"), [("products", "Products"), ("永辉", "永辉超市（河西店）"), ("王芳", "王芳")]
)
def test_one_box_reaches_pages_stores_and_people(seated: Desk, typed: str, heading: str):
    page = seated.page
    seated.open("/audit/")
    page.keyboard.press("Control+k")
    box = page.get_by_role("combobox", name="Search or jump to…")
    expect(box).to_be_focused()
    box.fill(typed)
    chosen = page.get_by_role("option", selected=True)
    expect(chosen).to_contain_text(heading, timeout=PATIENCE_MS)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=heading, exact=True).first).to_be_visible(timeout=PATIENCE_MS)
    assert not seated.problems


def test_a_question_nobody_answered_looks_like_one(seated: Desk):
    """Radio buttons of which none is chosen: a browser calls them indeterminate, and no style may fill them in."""
    seated.open("/me/requests/legacy/")
    choices = seated.page.locator("main input[type=radio]")
    colours = choices.evaluate_all("all => all.map((each) => getComputedStyle(each).backgroundColor)")
    choices.first.check()
    expect(choices.first).not_to_have_css("background-color", colours[0])
    assert len(set(colours)) == 1
    assert not seated.problems


def test_the_first_page_is_light_and_comes_from_here_alone(seated: Desk):
    sizes = wire(seated.page)
    seated.open("/")
    seated.page.wait_for_load_state("networkidle")
    assert sum(sizes.values()) < FIRST_LOAD, sorted(sizes.items(), key=lambda each: -each[1])[:8]
    assert all(address.startswith(seated.address) for address in sizes)
    again = wire(seated.page)
    seated.page.reload()
    seated.page.wait_for_load_state("networkidle")
    assert sum(again.values()) < FIRST_LOAD / 5  # the rest is kept by the browser


def wire(page: Page) -> dict[str, int]:
    """Address → bytes received for it, headers included, of what the page loads from now on."""
    found: dict[str, int] = {}

    def count(request: Any) -> None:
        answer = request.response()
        if answer is not None and not answer.from_service_worker:
            size = request.sizes()
            found[request.url] = size["responseBodySize"] + size["responseHeadersSize"]

    page.on("requestfinished", count)
    return found


@pytest.mark.clause("C3.1-06")
def test_a_stranger_reads_of_cookies_once_and_puts_it_away(desk: Desk):
    line = desk.page.get_by_role("note").filter(has_text="Only cookies that signing in needs")
    desk.open("/sign-in/")
    expect(line.get_by_role("link")).to_have_attribute("href", re.compile("/cookies/$"))
    line.get_by_role("button", name="Understood").click()
    expect(line).to_be_hidden()
    desk.open("/register/")
    expect(desk.page.get_by_role("heading").first).to_be_visible()
    expect(line).to_be_hidden()
    assert not desk.problems
