"""A question put by the app itself: the server is asked first, and rests it for 48 hours after a refusal anywhere."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.walks.network import Air
from tests.walks.phone import Phone
from tests.walks.server import Server

pytestmark = pytest.mark.browser


def sign_in(phone: Phone, server: Server, mobile: str) -> None:
    phone.open()
    phone.page.get_by_role("checkbox").first.wait_for()
    for box in phone.page.get_by_role("checkbox").all():
        box.check()
    phone.press("Agree")
    server.script("tests.walks.story", "forget_tries")
    phone.page.get_by_label("Mobile number").fill(mobile)
    phone.press("Send me a code")
    phone.shows("Enter the code")
    phone.page.get_by_label("Code").fill(server.script("tests.walks.story", "code", f"+86{mobile}"))


def start(phone: Phone, server: Server, mobile: str) -> None:
    """Signed in and at the first page; whoever has said it on another phone is not asked again about the position."""
    sign_in(phone, server, mobile)
    asked = phone.page.get_by_text("Never").first
    expect(asked.or_(phone.page.get_by_text("No route for today")).first).to_be_visible(timeout=30_000)
    if asked.is_visible():
        asked.click()
        phone.press("Continue")
    phone.shows("No route for today")


def prompts(air: Air) -> list[str]:
    return [json.loads(body)["purpose"] for _method, path, body in air.seen if path.endswith("/prompts")]


@pytest.mark.parametrize(
    ("hours", "is_asked", "mobile"), [("47", False, "19900000081"), ("49", True, "19900000082")]
)
def test_after_a_refusal_on_another_phone_the_question_rests_two_days(
    phone: Phone, server: Server, air: Air, hours: str, is_asked: bool, mobile: str
):
    server.script("tests.walks.story", "hire", "吴九", f"+86{mobile}")
    server.script("tests.walks.story", "decline_location", f"+86{mobile}", hours)
    sign_in(phone, server, mobile)
    if is_asked:
        phone.shows("When may your position be read?")
    else:
        phone.shows("No route for today")
        assert phone.page.get_by_text("When may your position be read?").count() == 0
    assert prompts(air) == ["location"]


def test_without_signal_its_own_rule_holds(phone: Phone, server: Server, air: Air):
    mobile = "19900000083"
    server.script("tests.walks.story", "hire", "郑十", f"+86{mobile}")
    sign_in(phone, server, mobile)
    phone.shows("When may your position be read?")
    phone.page.wait_for_function("() => navigator.serviceWorker.ready.then(() => true)")
    server.kill()
    try:
        phone.page.reload()
        phone.shows("When may your position be read?")
        phone.page.evaluate(
            """async () => (await import("#kit/db")).remember("refused:geolocation", Date.now() - 47 * 3600000)"""
        )
        phone.page.reload()
        phone.page.get_by_role(
            "link", name=re.compile(r"^Me\b")
        ).wait_for()  # the app itself, question passed by
        assert phone.page.get_by_text("When may your position be read?").count() == 0
    finally:
        server.start()
