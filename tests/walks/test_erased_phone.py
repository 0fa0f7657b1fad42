"""An erased person's phone: at its next contact nothing is left on it. Signed out elsewhere, it keeps its work."""

from typing import Any

import pytest

from tests.walks.network import Air
from tests.walks.phone import Phone
from tests.walks.server import Server
from tests.walks.test_offline_day import activate

pytestmark = pytest.mark.browser
HELD = """async () => ({
  databases: (await indexedDB.databases()).map(({ name }) => name),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  kept: Object.keys(localStorage).length + Object.keys(sessionStorage).length,
})"""
ROWS = """async () => {
  const { db } = await import("#kit/db");
  const counts = {};
  for (const table of db.tables) counts[table.name] = await table.count();
  return counts;
}"""
EMPTY = {"databases": [], "caches": [], "workers": 0, "kept": 0}


def work_without_signal(phone: Phone, server: Server) -> None:
    """A clock-in that the server has not got."""
    server.kill()
    phone.open("/punch")
    phone.page.locator(".punch.good:enabled").click()
    phone.shows("To upload")


def held(phone: Phone) -> Any:
    return phone.page.evaluate(HELD)


def test_after_erasure_and_the_next_contact_nothing_is_left_on_the_phone(
    phone: Phone, server: Server, air: Air
):
    mobile = "19900000071"
    server.script("tests.walks.story", "hire", "孙七", f"+86{mobile}")
    activate(phone, server, air, mobile=mobile, sees="No route for today")
    work_without_signal(phone, server)
    before = held(phone)
    assert before["databases"]
    assert before["caches"]
    assert before["workers"] == 1
    assert phone.page.evaluate(ROWS)["operations"] == 1

    server.script("tests.walks.story", "erase", f"+86{mobile}")
    server.start()
    # No reload: the page may have heard of it already, and a page that starts anew on an empty phone knows nothing.
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    phone.shows("Your data was erased")
    phone.shows("400-800-1234")
    phone.page.wait_for_function(f"async () => JSON.stringify(await ({HELD})()) === '{_json(EMPTY)}'")
    assert held(phone) == EMPTY
    sent = [path for _method, path, _body in air.seen if path.endswith("/push")]
    air.seen.clear()

    phone.page.reload()
    phone.page.get_by_role("checkbox").first.wait_for()  # as a phone that never knew anybody
    rows = phone.page.evaluate(ROWS)
    assert {name: count for name, count in rows.items() if count} in ({}, {"meta": rows["meta"]})
    assert not [path for _method, path, _body in air.seen if path.endswith("/push")], sent


def test_signed_out_elsewhere_it_keeps_its_unsent_work_until_the_person_is_erased(
    phone: Phone, server: Server, air: Air
):
    mobile = "19900000072"
    server.script("tests.walks.story", "hire", "周八", f"+86{mobile}")
    activate(phone, server, air, mobile=mobile, sees="No route for today")
    work_without_signal(phone, server)
    server.script("tests.walks.story", "sign_out", f"+86{mobile}")
    server.start()
    phone.page.reload()
    phone.page.wait_for_function(
        """async () => (await (await import("#kit/db")).db.meta.get("obstacle"))?.value === "signed_out\""""
    )
    assert phone.page.evaluate(ROWS)["operations"] == 1
    phone.page.reload()
    phone.page.get_by_role("navigation").first.wait_for()
    assert phone.page.evaluate(ROWS)["operations"] == 1
    assert "qince" in held(phone)["databases"]

    server.script("tests.walks.story", "erase", f"+86{mobile}")
    phone.page.reload()
    phone.shows("Your data was erased")
    phone.page.wait_for_function(f"async () => JSON.stringify(await ({HELD})()) === '{_json(EMPTY)}'")


def _json(value: Any) -> str:
    import json

    return json.dumps(value, separators=(",", ":"))
