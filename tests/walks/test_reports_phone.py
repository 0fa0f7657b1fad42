"""A report on the phone: filled in and sent without signal, sent exactly once, changed while there is time."""

import pytest

from tests.walks.network import Air
from tests.walks.phone import Phone
from tests.walks.server import Server
from tests.walks.test_offline_day import activate

pytestmark = pytest.mark.browser
API = "/api/phone/v1"
STORY = "tests.walks.reports_story"


def test_a_report_is_written_without_signal_arrives_once_and_is_changed(
    phone: Phone, server: Server, air: Air
):
    assert server.script(STORY, "publish")
    activate(phone, server, air)
    phone.open("/reports")
    phone.press("Sync now") if phone.page.get_by_role("button", name="Sync now").count() else None
    phone.shows("Not yet sent")
    server.kill()

    phone.follow("日报")
    phone.shows("Filled in from this phone")
    page = phone.page
    told = int(page.get_by_label("Forms sent").input_value())  # other walks fill in forms as this person
    mended = told + 3
    phone.press("Send")
    phone.shows("An answer is needed.")
    page.get_by_label("Done today").fill("Two shelves in order")
    page.get_by_label("Forms sent").fill(str(mended))
    phone.shows("Changed by hand")
    page.wait_for_timeout(500)  # nobody kills an app within the keystroke
    page.reload()  # what was written is kept at every change
    assert page.get_by_label("Forms sent").input_value() == str(mended)
    assert page.get_by_label("Done today").input_value() == "Two shelves in order"
    phone.press("Send")
    phone.shows("All reported.")
    phone.kill()

    server.start()
    air.lose.update({("POST", f"{API}/push"): 2})
    phone.switch_on()
    phone.open("/pending")
    phone.press("Sync now")
    phone.shows("Everything is uploaded", within_s=90)
    (row,) = server.script(STORY, "stored")
    assert row["data"] == {"forms": mended, "done": "Two shelves in order"}
    assert row["marks"] == {"forms": "edited", "done": "hand"}
    assert (row["edition"], row["is_owed"]) == (1, 1)

    phone.open("/reports")
    phone.follow("日报")
    phone.shows(f"Records said: {told}")
    phone.press("Change")
    phone.page.get_by_label("Done today").fill("Three shelves in order")
    phone.press("Send the change")
    phone.shows("All reported.")
    phone.open("/pending")
    phone.shows("Everything is uploaded", within_s=90)
    (row,) = server.script(STORY, "stored")
    assert (row["edition"], row["data"]["done"]) == (2, "Three shelves in order")
    assert [each["done"] for each in row["earlier"]] == ["Two shelves in order"]
    assert not phone.problems
