"""An edit made without signal, of something that was changed elsewhere meanwhile: the person sees both, and decides."""

import pytest

from tests.walks.network import Air
from tests.walks.phone import Phone
from tests.walks.server import Server
from tests.walks.story import MOBILE
from tests.walks.test_offline_day import activate

pytestmark = pytest.mark.browser
STORY = "tests.walks.calendar_story"


def test_an_edit_that_came_too_late_is_shown_beside_what_is_there_and_sent_all_the_same(
    phone: Phone, server: Server, air: Air
):
    activate(phone, server, air)
    assert server.script(STORY, "single", MOBILE)
    phone.open("/pending")
    phone.press("Sync now")
    phone.open("/calendar")
    phone.shows("Stocktaking")
    air.is_cut = True
    change(phone, "Stocktaking", "Stocktaking, mine")
    change(phone, "Stocktaking, mine", "Stocktaking, mine again")
    assert server.script(STORY, "elsewhere", MOBILE) == "Stocktaking, elsewhere"

    air.is_cut = False
    phone.open("/pending")
    phone.press("Sync now")
    phone.shows("What is there now", within_s=30)
    phone.shows("Stocktaking, elsewhere")
    assert server.script(STORY, "titles", MOBILE, "Stocktaking") == ["Stocktaking, elsewhere"]

    phone.press("Send mine all the same")
    phone.shows("Everything is uploaded", within_s=30)
    assert server.script(STORY, "titles", MOBILE, "Stocktaking") == ["Stocktaking, mine again"]
    assert not phone.problems


def change(phone: Phone, old: str, new: str) -> None:
    phone.page.locator(".agenda").get_by_text(old, exact=True).click()
    phone.press("Change")
    phone.page.get_by_label("Title").fill(new)
    phone.press("Save")
    phone.shows(new)
