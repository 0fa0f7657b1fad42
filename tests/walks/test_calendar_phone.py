"""The agenda on the phone: opened, added to, changed and answered without signal; it all arrives once."""

import pytest

from tests.walks.network import Air
from tests.walks.phone import Phone
from tests.walks.server import Server
from tests.walks.story import MOBILE
from tests.walks.test_offline_day import activate

pytestmark = pytest.mark.browser
STORY = "tests.walks.calendar_story"


def invite(phone: Phone) -> None:
    """A colleague is found by name while there is signal; the event goes with the guest."""
    phone.press("New event")
    phone.page.get_by_label("Title").fill("Plan the week")
    phone.page.get_by_label("Guests").fill("孙")
    phone.page.get_by_role("button", name="孙经理").first.click()
    phone.press("Save")
    phone.shows("Plan the week")


@pytest.mark.clause("C2.5.3-13")
def test_an_agenda_works_without_signal_and_arrives_once(phone: Phone, server: Server, air: Air):
    activate(phone, server, air)
    assert server.script(STORY, "on_phone", MOBILE)
    phone.open("/pending")
    phone.press("Sync now")
    phone.open("/calendar")
    phone.shows("Route talk")
    phone.shows("Review")
    invite(phone)
    server.kill()

    phone.press("New event")
    page = phone.page
    phone.shows("Something else is there at that time")  # told without signal, and in nobody's way
    phone.shows("Plan the week")
    page.get_by_label("Repeats").select_option(label="Weekly")
    page.get_by_label("Title").fill("Coolers checked")
    page.wait_for_timeout(500)
    page.reload()  # kept at every change
    assert page.get_by_label("Repeats").input_value() == "FREQ=WEEKLY"
    assert page.get_by_label("Title").input_value() == "Coolers checked"
    phone.press("Save")
    phone.shows("Coolers checked")
    phone.shows("To upload")

    page.locator(".agenda").get_by_text("Route talk").click()
    phone.press("Change")
    page.get_by_label("Title").fill("Route talk, later")
    phone.press("Save")
    phone.press("Only this one")
    phone.shows("Route talk, later")

    phone.shows("Review")
    page.locator(".agenda").get_by_text("Review").click()
    page.get_by_role("radio", name="Accept").click()
    page.get_by_role("radio", name="Accept", checked=True).wait_for()  # kept here, before the battery goes
    phone.kill()

    server.start()
    phone.switch_on()
    phone.open("/pending")
    phone.press("Sync now")
    phone.shows("Everything is uploaded", within_s=90)
    found = server.script(STORY, "of", MOBILE)
    assert found[-1] == ["accepted"]
    assert sorted(found[:-1]) == [
        ["Coolers checked", "FREQ=WEEKLY", 0, False],
        ["Plan the week", "", 0, False],
        ["Route talk", "FREQ=DAILY", 0, False],
        ["Route talk, later", "", 0, True],
    ]
    assert server.script(STORY, "invited", MOBILE) == ["孙经理"]
    phone.open("/calendar")
    phone.shows("Route talk, later")
    assert not phone.problems
