"""A form filled in at a desk, in a browser on the console: drawn by the phone's code, sent once, changed afterwards."""

import pytest

from tests.walks.desk import Desk
from tests.walks.server import Server

pytestmark = pytest.mark.browser
STORY = "tests.walks.forms_story"
# A picture of one red point.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)


def sign(desk: Desk) -> None:
    pad = desk.page.locator("canvas.form-pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    mouse = desk.page.mouse
    mouse.move(box["x"] + 30, box["y"] + 30)
    mouse.down()
    mouse.move(box["x"] + 120, box["y"] + 80)
    mouse.move(box["x"] + 200, box["y"] + 40)
    mouse.up()
    desk.press("Take this signature")
    desk.shows("Signed")


def test_a_form_is_filled_in_at_a_desk_and_changed_there(desk: Desk, server: Server):
    told = server.script(STORY, "sit_down", "傅文员", "+8619900000833")
    desk.enter(told["cookies"])
    desk.open("/forms/filling/")
    desk.page.locator(f"main a[href*='{told['form']}']").click()
    page = desk.page
    page.get_by_label("Who received the goods?").fill("孙老板")
    page.get_by_label("How many cases?").fill("5")
    page.get_by_label("How many of them were damaged?").fill("9")
    desk.press("Send")
    desk.shows("Not more than were received")  # judged here, before anything is sent
    page.get_by_label("How many of them were damaged?").fill("1")
    page.locator("input[type=file]").set_input_files(
        {"name": "damage.png", "mimeType": "image/png", "buffer": PNG}
    )
    desk.shows("damage.png ×")
    page.get_by_role("radio", name="OK").check()
    page.get_by_label("When were they received?").fill("2025-03-01T08:00")
    sign(desk)
    desk.press("Send")
    desk.shows("Confirm this first: the people it is about must know of it.")
    page.get_by_label("The people whose information I give here").check()
    desk.press("Send")
    desk.shows("The form was sent.")
    [sent] = server.script(STORY, "sent_at_the_desk", told["form"])
    assert (sent["source"], sent["files"]) == ("console", ["image/png", "image/png"])
    assert (sent["data"]["receiver"], sent["data"]["damaged"]) == ("孙老板", 1)

    desk.follow("Change these answers")
    page.get_by_label("Who received the goods?").fill("孙店长")
    desk.press("Send")
    desk.shows("The form was sent.")
    [changed] = server.script(STORY, "sent_at_the_desk", told["form"])
    assert (changed["data"]["receiver"], changed["files"]) == ("孙店长", sent["files"])
    assert not [problem for problem in desk.problems if "422" not in problem]
