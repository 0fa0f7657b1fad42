"""Somebody is chosen from many in a browser: typed, walked through with the arrows, taken, taken back, sent."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.walks.desk import Desk
from tests.walks.server import Server

pytestmark = pytest.mark.browser
STORY = "tests.walks.choosing_story"


@pytest.fixture(scope="module")
def told(server: Server) -> Any:
    return server.script(STORY, "seed")


@pytest.fixture
def desk(server: Server, told: Any) -> Iterator[Desk]:
    with sync_playwright() as playwright:
        made = Desk(playwright, server.address)
        made.context.add_cookies(
            [{"name": name, "value": value, "url": server.address} for name, value in told["cookies"].items()]
        )
        yield made
        # No background process runs here, so the live socket is refused.
        assert [problem for problem in made.problems if "WebSocket" not in problem] == []
        made.close()


def options(page: Page) -> Any:
    return page.get_by_role("listbox", name="Direct leader").get_by_role("option")


def test_a_leader_is_typed_chosen_with_the_arrows_and_sent(desk: Desk, server: Server, told: Any):
    page = desk.page
    desk.open(f"/employees/{told['subject']}/edit/")
    assert "众人" not in page.content()  # the page holds nobody who is not chosen
    box = page.get_by_role("combobox", name="Direct leader")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.fill("oyj")  # by sound
    expect(options(page)).to_have_count(2)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(options(page).nth(0)).to_contain_text("选人测试部 · OY1")
    expect(options(page).nth(0)).to_have_attribute("aria-selected", "true")
    box.press("ArrowDown")
    expect(options(page).nth(1)).to_have_attribute("aria-selected", "true")
    assert box.get_attribute("aria-activedescendant") == options(page).nth(1).get_attribute("id")
    box.press("ArrowDown")  # round to the first
    expect(options(page).nth(0)).to_have_attribute("aria-selected", "true")
    box.press("ArrowUp")
    box.press("Enter")
    chip = page.get_by_role("checkbox", name="欧阳静")
    expect(chip).to_be_checked()
    expect(box).to_have_value("")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.fill("欧阳")
    expect(options(page)).to_have_count(1)  # whoever is chosen is not offered again
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.fill("")
    box.press("Backspace")
    expect(chip).to_have_count(0)
    box.fill("OY2")
    box.press("Enter")  # looks at once, without waiting
    expect(options(page)).to_have_count(1)
    options(page).click()
    expect(chip).to_be_checked()
    desk.press("Save")
    desk.shows("Saved.")
    assert server.script(STORY, "leader", told["subject"]) == told["second"]

    desk.open(f"/employees/{told['subject']}/edit/")
    expect(chip).to_be_checked()
    chip.focus()
    chip.press("Space")
    expect(chip).to_have_count(0)
    desk.press("Save")
    desk.shows("Saved.")
    assert server.script(STORY, "leader", told["subject"]) == ""


def test_who_is_not_among_them_is_refused(desk: Desk, server: Server, told: Any):
    page = desk.page
    desk.open(f"/employees/{told['subject']}/edit/")
    box = page.get_by_role("combobox", name="Direct leader")
    box.fill("查无此人")
    expect(page.get_by_role("listbox", name="Direct leader").get_by_text("Nothing found")).to_be_visible()
    desk.press("Save")  # the box is left, and the form goes with what was typed
    desk.shows("“查无此人” is not among what can be chosen here.")
    expect(box).to_have_value("查无此人")
    box.fill("")
    # An id that no list offered: the person's own.
    page.locator(".q-choose").first.evaluate(
        """(box, id) => box.insertAdjacentHTML("afterbegin", `<input type="hidden" name="leader" value="${id}">`)""",
        told["subject"],
    )
    desk.press("Save")
    desk.shows("This is not among what can be chosen here.")
    assert server.script(STORY, "leader", told["subject"]) == ""
    desk.problems[:] = [problem for problem in desk.problems if "422" not in problem]


def test_without_scripts_the_number_is_typed(server: Server, told: Any):
    with sync_playwright() as playwright:
        desk = Desk(playwright, server.address)
        plain = desk.browser.new_context(java_script_enabled=False, locale="en-GB")
        plain.add_cookies(
            [{"name": name, "value": value, "url": server.address} for name, value in told["cookies"].items()]
        )
        page = plain.new_page()
        page.goto(f"{server.address}/employees/{told['subject']}/edit/")
        page.get_by_label("Direct leader").fill("OY1")
        page.get_by_role("button", name="Save").click()
        assert server.script(STORY, "leader", told["subject"]) == told["first"]
        page.goto(f"{server.address}/employees/{told['subject']}/edit/")
        page.get_by_role("checkbox", name="欧阳静").uncheck()
        page.get_by_role("button", name="Save").click()
        assert server.script(STORY, "leader", told["subject"]) == ""
        desk.close()


def test_a_page_is_narrowed_to_a_department_by_keys_and_the_address_keeps_it(desk: Desk):
    page = desk.page
    desk.open("/attendance/")
    box = page.get_by_role("combobox", name="Department")
    offered = page.get_by_role("listbox", name="Department").get_by_role("option")
    box.focus()
    box.press("ArrowDown")  # nothing typed: the whole tree, those below set in
    expect(offered.filter(has_text="选人测试部")).to_be_visible()
    inset = "node => parseFloat(getComputedStyle(node).paddingInlineStart)"
    assert offered.filter(has_text="选人一组").evaluate(inset) > offered.filter(
        has_text="选人测试部"
    ).evaluate(inset)
    box.fill("选人")
    expect(offered.filter(has_text="选人一组")).to_contain_text(
        "选人测试部"
    )  # found by typing: with what is above
    page.wait_for_timeout(300)
    assert "department" not in page.url  # typing is no choice yet
    box.fill("选人测")
    expect(offered).to_have_count(1)
    box.press("Enter")
    page.wait_for_url("**/attendance/?**department=**")
    chip = page.get_by_role("checkbox", name="选人测试部")
    expect(chip).to_be_checked()
    sheet = page.get_by_role("table")
    expect(sheet.get_by_text("司徒敏")).to_be_visible()  # of a department below
    expect(sheet.get_by_text("众人00")).to_have_count(0)
    page.get_by_role("combobox", name="Department").press("Backspace")
    page.wait_for_url(lambda url: "department=" not in url)
    expect(page.get_by_role("checkbox", name="选人测试部")).to_have_count(0)
    expect(sheet.get_by_text("众人00")).to_be_visible()
