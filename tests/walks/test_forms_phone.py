"""Forms on the phone: filled in without signal, on the version that was there, and sent exactly once."""

import pytest

from tests.walks.network import Air
from tests.walks.phone import Phone
from tests.walks.server import Server
from tests.walks.test_offline_day import activate

pytestmark = pytest.mark.browser
API = "/api/phone/v1"
STORY = "tests.walks.forms_story"


def audit(phone: Phone) -> None:
    page = phone.page
    page.get_by_label("Store code").fill("MD01")
    page.get_by_role("radio", name="Supermarket").check()
    page.get_by_label("Our facings").fill("5")
    page.get_by_label("All facings of the category").fill("20")
    phone.shows("Share of shelf: 25%")
    page.get_by_role("checkbox", name="None").check()
    phone.press("Send")
    phone.shows("Like MD0001")  # what does not fit is told here, without the server
    page.get_by_label("Store code").fill("MD0001")
    phone.press("Take a photo")
    phone.press("Use the camera")  # our own question, before the system's
    page.locator("video").evaluate(
        "video => new Promise(done => { video.onplaying = done; video.readyState > 2 && done(); })"
    )
    phone.press("Take photo")
    page.locator(".form-thumbs img").wait_for()


def household(phone: Phone) -> None:
    page = phone.page
    page.get_by_label("How many people live here?").fill("2")
    for number, (name, age) in enumerate((("An", "40"), ("Bo", "8"))):
        phone.press(f"Add row {number + 1} of 2")
        page.get_by_label("What is this person called?").nth(number).fill(name)
        page.get_by_label(f"How old is {name}?").fill(age)
    page.get_by_role("radio", name="Yes").check()  # asked of the child alone
    phone.press("Add a row")
    page.get_by_role("radio", name="Tea").first.check()
    page.get_by_label("How many litres?").fill("0,25")


def test_forms_are_filled_in_without_signal_and_arrive_once(phone: Phone, server: Server, air: Air):
    organization = server.script(STORY, "publish")
    activate(phone, server, air)
    phone.open("/forms")
    phone.press("Sync now") if phone.page.get_by_role("button", name="Sync now").count() else None
    phone.shows("门店稽核")
    server.kill()

    phone.follow("门店稽核")
    audit(phone)
    phone.page.reload()  # what was filled in is kept at every change
    assert phone.page.get_by_label("Our facings").input_value() == "5"
    phone.page.locator(".form-thumbs img").wait_for()
    phone.press("Send")
    phone.shows("Saved here")
    phone.follow("Household and drinks")
    household(phone)
    phone.press("Send")
    phone.shows("Saved here")
    phone.kill()

    server.start()
    assert server.script(STORY, "move")  # meanwhile version 2 has moved a field
    air.lose.update({("POST", f"{API}/push"): 2})
    phone.switch_on()
    phone.open("/pending")
    phone.press("Sync now")
    phone.shows("Everything is uploaded", within_s=90)

    rows = server.script(STORY, "stored", organization)
    sent = {row["data"].get("store_code") or row["data"].get("people"): row for row in rows}
    assert len(rows) == 3
    assert sent["MD0001"]["data"]["share"] == "25"
    assert [kind for _sha256, kind in sent["MD0001"]["files"]] == ["image/jpeg"]
    family = sent[2]["data"]
    assert (family["all_litres"], family["children"], family["oldest"]) == ("0.25", "1", "40")
    heads, *lines = server.script(STORY, "exported")
    column = heads.index("本品排面数")
    assert heads.count("本品排面数") == 1
    assert sorted((line[4], line[column]) for line in lines) == [("1", 5), ("2", 9)]

    phone.open("/forms")
    phone.shows("Sent")
    assert not phone.problems
