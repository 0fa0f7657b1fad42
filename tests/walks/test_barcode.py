"""A barcode is read by the phone's camera, without signal too, and typed just as well."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.walks.bars import film
from tests.walks.network import Air
from tests.walks.phone import Phone
from tests.walks.server import Server
from tests.walks.test_offline_day import activate

pytestmark = pytest.mark.browser
STORY = "tests.walks.forms_story"
MOBILE = "19900000844"
CODE = "6901028075831"
LABEL = "Barcode of the case"
LIBRARY = "() => performance.getEntriesByType('resource').some(({ name }) => name.includes('/zxing/'))"
KEPT = """async () => {
  const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().some(({ url }) => url.includes("/zxing/"));
}"""


@pytest.fixture
def phone(air: Air, tmp_path: Path) -> Iterator[Phone]:
    with sync_playwright() as playwright:
        made = Phone(playwright, air.address, tmp_path / "profile", film=film(tmp_path / "bars.y4m", CODE))
        yield made
        made.kill()


def test_a_barcode_is_read_by_the_camera_and_may_be_typed(phone: Phone, server: Server, air: Air):
    title = server.script(STORY, "barcode_form")
    server.script("tests.walks.story", "hire", "扫码员", f"+86{MOBILE}")
    activate(phone, server, air, mobile=MOBILE, sees="No route for today")
    page = phone.page
    assert not page.evaluate(LIBRARY)  # nobody pays for what they do not use
    phone.open("/forms")
    phone.follow(title)
    box = page.get_by_label(LABEL)
    box.fill("12")  # typed: always there
    page.wait_for_function(KEPT)
    server.kill()
    phone.press("Scan with the camera")
    phone.shows("The camera is used to read this code and for nothing else.")
    assert page.locator("video").count() == 0  # not before the person has pressed the button
    phone.press("Use the camera")
    expect(box).to_have_value(CODE, timeout=20_000)
    expect(page.locator("video")).to_have_count(0)
    phone.press("Scan with the camera")  # asked once, not each time
    page.locator("video").wait_for()
    phone.press("Cancel")
    expect(box).to_have_value(CODE)
    phone.press("Send")
    phone.shows("On its way")
    server.start()
    phone.open("/pending")
    phone.press("Sync now")
    phone.shows("Everything is uploaded", within_s=90)
    told = server.script(STORY, "scanned", f"+86{MOBILE}")
    assert told == {"codes": [CODE], "uses": ["served", "granted"]}
    assert not phone.problems


def test_the_camera_may_be_refused_and_the_number_typed(phone: Phone, server: Server, air: Air):
    title = server.script(STORY, "barcode_form")
    server.script("tests.walks.story", "hire", "手输员", "+8619900000845")
    activate(phone, server, air, mobile="19900000845", sees="No route for today")
    phone.open("/forms")
    phone.follow(title)
    phone.press("Scan with the camera")
    phone.press("Not now")
    assert phone.page.locator("video").count() == 0
    phone.page.get_by_label(LABEL).fill(CODE)
    phone.press("Send")
    told = arrived(server, "+8619900000845")
    assert told == {"codes": [CODE], "uses": ["served", "served", "declined"]}
    assert not phone.problems


def arrived(server: Server, mobile: str) -> dict[str, list[str]]:
    """What came, once it has: with signal it is on its way only for a moment."""
    for _try in range(80):
        told: dict[str, list[str]] = server.script(STORY, "scanned", mobile)
        if told["codes"]:
            return told
        time.sleep(0.5)
    raise AssertionError("nothing arrived")
