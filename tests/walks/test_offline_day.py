"""A day in the field without signal: everything kept, everything arrives, each thing once."""

import pytest

from tests.walks.network import Air
from tests.walks.phone import Phone
from tests.walks.server import Server

pytestmark = pytest.mark.browser
API = "/api/phone/v1"
MOBILE = "19900000001"
KEPT = """async (text) => {
  const { db } = await import("#kit/db");
  return JSON.stringify(await db.drafts.toArray()).includes(text);
}"""
STORE, OTHER = "苏果超市（新街口店）", "永辉超市（河西店）"


def activate(phone: Phone, server: Server, air: Air, *, mobile: str = MOBILE, sees: str = STORE) -> None:
    """From the first look to today's route; nothing personal leaves the phone before that."""
    phone.open()
    phone.page.get_by_role("checkbox").first.wait_for()
    for box in phone.page.get_by_role("checkbox").all():
        box.check()
    assert {(method, body) for method, _path, body in air.seen} == {("GET", b"")}
    phone.press("Agree")
    server.script("tests.walks.story", "forget_tries")
    phone.page.get_by_label("Mobile number").fill(mobile)
    phone.press("Send me a code")
    phone.shows("Enter the code")
    phone.page.get_by_label("Code").fill(server.script("tests.walks.story", "code", f"+86{mobile}"))
    phone.shows("When may your position be read?")
    phone.page.get_by_text("Only at the act").click()
    phone.press("Continue")
    phone.shows(sees)
    phone.page.wait_for_function("() => navigator.serviceWorker.ready.then(() => true)")


def arrive(phone: Phone, store: str) -> None:
    phone.follow(store)
    phone.press("Start the planned visit")
    phone.shows("Inside")
    phone.press("Check in")
    phone.shows("Steps")


def take_photo(phone: Phone, step: str = "Shelf photo") -> None:
    phone.follow(step)
    phone.press("Take a photo")
    phone.press("Use the camera")  # our own question, before the system's
    phone.page.locator(".shutter:enabled").click()
    phone.page.locator("figure.photo img").wait_for()


def tick_list(phone: Phone, step: str = "Checklist") -> None:
    phone.follow(step)
    for line in range(2):
        phone.page.get_by_role("radio", name="Pass").nth(line).click()
    phone.press("Done")


def test_day_without_signal_arrives_exactly_once(phone: Phone, server: Server, air: Air):
    activate(phone, server, air)
    agreed = [purpose for purpose, _act, _how in server.script("tests.walks.story", "state")["consents"]]
    assert set(agreed) >= {"basic", "terms", "capacity"}

    server.kill()
    phone.page.reload()
    phone.shows("0 of 3 stores")
    phone.open("/punch")
    phone.page.locator(".punch.good:enabled").click()
    phone.shows("To upload")
    phone.open("/")
    arrive(phone, STORE)
    take_photo(phone)
    phone.kill()

    phone.switch_on()
    phone.open("/")
    phone.shows("You are at")
    phone.follow("Continue")
    phone.follow("Shelf photo")
    phone.page.locator("figure.photo img").wait_for()
    phone.press("Done")
    tick_list(phone)
    phone.page.get_by_role("link", name="Note").click()
    phone.page.get_by_role("textbox").fill("竞品买一送一")
    phone.page.wait_for_function(KEPT, arg="竞品买一送一")
    phone.page.close()

    phone.page = phone.context.new_page()
    phone.page.set_default_timeout(15_000)
    phone.open("/")
    phone.follow("Continue")
    phone.page.get_by_role("link", name="Note").click()
    assert phone.page.get_by_role("textbox").input_value() == "竞品买一送一"
    phone.press("Done")
    phone.press("Check out")
    phone.page.get_by_label("Summary").fill("补货 3 箱")
    phone.shows("Inside")
    phone.press("Check out")
    phone.shows("1 of 3 stores")

    air.lose.update({("POST", f"{API}/push"): 2, ("PATCH", f"{API}/files/"): 1})
    server.start()
    phone.open("/pending")
    phone.press("Sync now")
    phone.shows("Everything is uploaded", within_s=60)

    assert server.script("tests.walks.story", "state") == {
        "visits": [[STORE, "completed", "inside", "补货 3 箱", 1]],
        "events": ["in", "out"],
        "steps": ["list", "note", "shelf"],
        "photos": 1,
        "arrived": 1,
        "blobs": 1,
        "punches": [["in", "inside", ""]],
        "operations": [
            ["attendance.punch", "accepted"],
            ["visits.check_in", "accepted"],
            ["visits.check_out", "accepted"],
            *[["visits.record_step", "accepted"]] * 3,
        ],
        "consents": [
            ["basic", "granted", ""],
            ["capacity", "granted", ""],
            ["location", "granted", "at_the_act"],
            ["terms", "granted", ""],
        ],
    }  # fmt: skip
    assert sum(path == f"{API}/push" for _method, path, _body in air.seen) >= 3

    assert server.script("tests.walks.story", "take_away", OTHER)
    phone.press("Sync now")
    phone.open("/stores")
    phone.page.get_by_text(OTHER).wait_for(state="detached")
    assert not phone.problems
