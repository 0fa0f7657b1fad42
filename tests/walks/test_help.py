"""Help with a fault: data of the device go with one request, on the notice that was shown, and come back when asked.

On the same phone: what somebody has a right to lies at most four taps from the first screen.
"""

import pytest

from tests.walks.network import Air
from tests.walks.phone import Phone
from tests.walks.server import Server
from tests.walks.taps import MOST, PLACES, purposes_shown, taps_to
from tests.walks.test_offline_day import activate

MOBILE = "19900000088"


def _everything_lies_few_taps_away(phone: Phone) -> None:
    taken = {what: taps_to(phone, way, shows) for what, (way, shows) in PLACES.items()}
    assert {what: taps for what, taps in taken.items() if taps > MOST} == {}
    taps_to(phone, *PLACES["every purpose"])
    asked = phone.page.evaluate("""async () => {
      const { db } = await import("#kit/db");
      return (await db.purposes.toArray()).filter(({ title }) => title).length;
    }""")
    assert purposes_shown(phone) == asked > 3


@pytest.mark.browser
@pytest.mark.clause("C2.2.2-02")
def test_device_data_are_handed_over_for_one_request_and_taken_back(
    phone: Phone, server: Server, air: Air
) -> None:
    server.script("tests.walks.story", "hire", "何求助", f"+86{MOBILE}")
    activate(phone, server, air, mobile=MOBILE, sees="No route for today")
    _everything_lies_few_taps_away(phone)
    page = phone.page
    page.goto(f"{phone.address}/m/#/me/rights/new/support")
    page.get_by_label("In your words").fill("打不开地图")
    page.get_by_role("checkbox").check()
    phone.press("Send")
    phone.shows("Device model, system and settings were handed over for this request.")
    phone.press("Take the device data back")
    page.get_by_text("Device model, system and settings were handed over").wait_for(state="hidden")
    phone.shows("Take the request back")
    page.goto(f"{phone.address}/m/#/me/rights/new/support")  # the next request is asked apart
    page.get_by_label("In your words").fill("又打不开")
    assert not page.get_by_role("checkbox").is_checked()
    phone.press("Send")
    phone.shows("Take the request back")
    assert page.get_by_text("Take the device data back").count() == 0
    assert not phone.problems
