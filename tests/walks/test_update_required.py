"""An app too old to be served: it says so, keeps all unsent work, and sends it once it is new."""

import pytest

from tests.walks.network import Air
from tests.walks.phone import Phone
from tests.walks.server import Server
from tests.walks.test_offline_day import activate

pytestmark = pytest.mark.browser
KEPT = """async () => {
  const { db } = await import("#kit/db");
  return (await db.operations.toArray()).map(({ type, state }) => [type, state]);
}"""


def test_work_of_an_app_that_is_too_old_is_kept_and_arrives_with_the_new_one(
    phone: Phone, server: Server, air: Air
):
    activate(phone, server, air)
    _known, before = server.script("tests.walks.story", "punches")
    air.says["qince-protocol"] = "0"
    phone.open("/punch")
    phone.page.locator(".punch.good:enabled").click()
    phone.shows("This version is too old to send. Your work is kept.", within_s=30)
    assert phone.page.evaluate(KEPT) == [["attendance.punch", "queued"]]
    assert server.script("tests.walks.story", "punches")[1] == before
    sent = len(air.seen)
    phone.open("/pending")
    phone.press("Sync now")  # nothing more is asked until the app is new
    phone.page.wait_for_timeout(1500)
    assert [path for _method, path, _body in air.seen[sent:] if path.startswith("/api/phone/v1/pu")] == []
    phone.kill()

    air.says.clear()  # the new app speaks the protocol of today
    phone.switch_on()
    phone.open("/pending")
    phone.shows("Everything is uploaded", within_s=60)
    assert phone.page.evaluate(KEPT) == []
    assert server.script("tests.walks.story", "punches")[1] == before + 1
    assert [each for each in phone.problems if "426" not in each] == []
