"""A phone that lets the app do nothing: each refusal says what is lost with it, and leaves a way (C2.2.0-06)."""

import pytest
from playwright.sync_api import expect

from tests.walks.network import Air
from tests.walks.phone import Phone
from tests.walks.server import Server
from tests.walks.test_offline_day import activate

pytestmark = pytest.mark.browser
MOBILE = "19900000084"


def deny(phone: Phone) -> None:
    """In the system's settings, as far as a browser has them."""
    session = phone.context.new_cdp_session(phone.page)
    phone.context.clear_permissions()
    for name in ("geolocation", "camera", "notifications"):
        session.send("Browser.setPermission", {"permission": {"name": name}, "setting": "denied"})


@pytest.mark.clause("C2.2.0-06")
def test_each_denial_says_what_is_lost_and_leaves_a_way(phone: Phone, server: Server, air: Air) -> None:
    server.script("tests.walks.story", "hire", "冯拒", f"+86{MOBILE}")
    activate(phone, server, air, mobile=MOBILE, sees="No route for today")
    deny(phone)

    phone.open("/me/permissions")
    off = phone.page.locator(".card.purpose").filter(has=phone.page.get_by_text("Off", exact=True))
    expect(off).to_have_count(3)
    for card in off.all():
        [lost] = card.get_by_text("If you refuse:").all_inner_texts()
        assert lost.removeprefix("If you refuse:").strip()

    for use in (
        "photos of a visit",
        "reading barcodes in a form",
    ):  # each allowed apart, and taken back apart
        allow = phone.page.get_by_role("button", name=f"Allow: {use}")
        allow.click()
        phone.page.get_by_role("button", name=f"Take back: {use}").click()
        expect(allow).to_be_visible()

    phone.open("/punch")
    phone.shows("This phone does not give Qince its position. You can say where you are instead")
    phone.page.get_by_label("Where are you?").fill("新街口地铁站")
    phone.page.locator(".punch:enabled").click()
    line = phone.page.locator(".timeline li").filter(has_text="Manual place")
    expect(line).to_have_count(1)

    phone.open("/me/notifications")
    phone.shows("In the app every message is always there")
    assert not phone.problems
