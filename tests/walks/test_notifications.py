"""Being told, on a real phone's browser: the badge by the socket, a push message in the closed app, one's choices."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.walks.network import Air
from tests.walks.phone import Phone
from tests.walks.server import Server
from tests.walks.test_prompts import sign_in

pytestmark = pytest.mark.browser
STORY, MOBILE = "tests.walks.story", "19900000091"


@pytest.fixture
def member(phone: Phone, server: Server) -> Iterator[Phone]:
    server.script(STORY, "hire", "钱十一", f"+86{MOBILE}")
    server.script(STORY, "decline_location", f"+86{MOBILE}", "47")
    with server.background():
        sign_in(phone, server, MOBILE)
        phone.shows("No route for today")
        yield phone
        assert phone.problems == []


def badge(phone: Phone) -> str:
    return phone.page.locator(".tabs a", has_text="Me").locator("b")


def test_badge_push_and_choices(member: Phone, server: Server, air: Air):
    phone, page = member, member.page
    # A message is counted on the open page, without a reload; its recall is, too.
    expect(badge(phone)).to_have_count(0)
    page.evaluate("() => { window.isSamePage = true; }")
    server.script(STORY, "write_letter", f"+86{MOBILE}", "请假待审批")
    expect(badge(phone)).to_have_text("1", timeout=30_000)
    server.script(STORY, "write_letter", f"+86{MOBILE}", "盘点提醒")
    expect(badge(phone)).to_have_text("2", timeout=30_000)
    server.script(STORY, "take_letter_back", f"+86{MOBILE}", "请假待审批")
    expect(badge(phone)).to_have_text("1", timeout=30_000)
    assert page.evaluate("() => window.isSamePage")
    # Why it came stands beside it.
    phone.open("/me/messages")
    phone.shows("No longer needed")
    page.get_by_text("盘点提醒").click()
    page.get_by_text("Why did I get this?").first.click()
    phone.shows("It was addressed to you.")
    phone.shows("the usual channel")
    expect(badge(phone)).to_have_count(0)
    pushed(phone, air)
    choices(phone, server)


def pushed(phone: Phone, air: Air) -> None:
    """The worker shows what a push says, and opens the app at the messages; the browser's own service is not there."""
    page = phone.page
    phone.context.grant_permissions(["notifications"], origin=air.address)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    cdp = phone.context.new_cdp_session(page)
    found: list[str] = []
    cdp.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(each["registrationId"] for each in event["registrations"]),
    )
    cdp.send("ServiceWorker.enable")
    page.wait_for_timeout(500)
    said = {"title": "您有一条新消息。", "url": "/m/#/me/messages", "tag": "t1", "unread": 3}
    for data in (json.dumps(said), "not json"):
        cdp.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": air.address, "registrationId": found[-1], "data": data},
        )
    shown = """async () => {
        const registration = await navigator.serviceWorker.ready;
        return (await registration.getNotifications()).map((each) => [each.title, each.tag]);
    }"""
    page.wait_for_function(f"async () => (await ({shown})()).length === 2")
    assert sorted(page.evaluate(shown)) == [["Qince", "qince"], ["您有一条新消息。", "t1"]]
    phone.open("/me")
    [worker] = [each for each in phone.context.service_workers if each.url.endswith("/m/sw.js")]
    worker.evaluate(
        """async () => {
            const [notification] = await self.registration.getNotifications({ tag: "t1" });
            self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
        }"""
    )
    page.wait_for_function("() => location.hash === '#/me/messages'")
    assert page.evaluate(shown) == [["Qince", "qince"]]


def choices(phone: Phone, server: Server) -> None:
    page = phone.page
    phone.open("/me/settings")
    phone.follow("Push messages, channels, quiet hours")
    phone.shows("has not switched on push messages")
    group = page.locator("section", has_text="Everything else")
    group.get_by_label("E-mail").select_option("always")
    phone.shows("Changed")
    page.get_by_label("Keep quiet").check()
    page.get_by_label("From", exact=True).fill("22:15")
    page.get_by_label("Until", exact=True).fill("07:30")
    page.get_by_role("checkbox", name="Sun").click()
    phone.press("Save")
    page.wait_for_function("() => document.querySelector('.days [aria-checked=false]')")
    page.wait_for_timeout(1000)
    quiet, chosen = server.script(STORY, "quiet_hours", f"+86{MOBILE}")
    assert quiet == [True, "22:15:00", "07:30:00", [1, 2, 3, 4, 5, 6], "Asia/Shanghai"]
    assert chosen == {"other:email": "always"}
