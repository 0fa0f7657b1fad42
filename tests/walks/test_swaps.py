"""Shifts are exchanged between two phones: asked for without signal, agreed to without signal, decided, and on both."""

import os
from pathlib import Path

import pytest

from tests.launcher.running import eventually
from tests.walks.network import Air
from tests.walks.phone import Phone
from tests.walks.server import Server
from tests.walks.test_prompts import start

pytestmark = pytest.mark.browser
STORY = "tests.walks.swaps_story"
ANN, BEN = "19900000855", "19900000856"


def picture(phone: Phone, name: str) -> None:
    """For whoever wants to look at it: a folder in QINCE_PICTURES."""
    if folder := os.environ.get("QINCE_PICTURES"):
        phone.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_two_phones_exchange_a_shift(phone: Phone, air: Air, server: Server, tmp_path: Path):
    on = server.script(STORY, "seed")
    start(phone, server, ANN)
    phone.open(f"/punch/days/{on}")
    phone.shows("早班")
    picture(phone, "day")
    phone.press("Exchange this shift with a colleague")
    phone.page.get_by_label("With whom").select_option(label="童琪 · 晚班 · 14:00–22:00")
    phone.page.get_by_label("Reason").fill("家长会")
    phone.context.set_offline(True)  # in the lift, say: it is kept and goes out later
    picture(phone, "ask")
    phone.press("Send")
    phone.shows("Waits for the colleague")
    assert server.script(STORY, "swaps") == []
    phone.context.set_offline(False)
    second = Phone(phone.playwright, phone.address, tmp_path / "second")
    start(second, server, BEN)
    second.open("/punch/requests")
    second.shows("You give 晚班 and take 早班.", within_s=90)  # once the first has sent it
    picture(second, "asked")
    second.context.set_offline(True)
    second.press("Agree")
    second.shows("Waits for a decision")
    second.context.set_offline(False)
    assert eventually(lambda: server.script(STORY, "swaps") == [["pending", True]], 30)
    phone.page.reload()  # a phone asks when it starts, and else each minute
    phone.shows("Waits for a decision")
    assert server.script(STORY, "roster") == {"申晓": "早班", "童琪": "晚班"}
    server.script(STORY, "approve")
    phone.open("/punch/requests")
    for each in (phone, second):
        each.page.reload()
        each.shows("Exchanged")
    picture(phone, "done")
    assert server.script(STORY, "roster") == {"申晓": "晚班", "童琪": "早班"}
    phone.open(f"/punch/days/{on}")
    phone.shows("晚班")
    assert phone.problems == []
    assert second.problems == []
    second.kill()
