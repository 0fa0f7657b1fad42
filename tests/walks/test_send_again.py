"""An act whose identifier is taken: the phone says so, and sends the same content again under a new one."""

import pytest

from tests.walks.network import Air
from tests.walks.phone import Phone
from tests.walks.server import Server
from tests.walks.test_offline_day import activate

pytestmark = pytest.mark.browser
FIRST_ID = """() => new Promise((done, fail) => {
  const opening = indexedDB.open("qince");
  opening.onerror = () => fail(opening.error);
  opening.onsuccess = () => {
    const asked = opening.result.transaction("operations").objectStore("operations").getAllKeys();
    asked.onsuccess = () => done(asked.result);
  };
})"""


def test_a_conflict_is_shown_and_mine_is_sent_again(phone: Phone, server: Server, air: Air):
    activate(phone, server, air)
    known, before = server.script("tests.walks.story", "punches")
    air.is_cut = True
    phone.open("/punch")
    phone.page.locator(".punch.good:enabled").click()
    phone.shows("To upload")
    [taken] = phone.page.evaluate(FIRST_ID)
    assert server.script("tests.walks.story", "take_identifier", taken)

    air.is_cut = False
    phone.open("/pending")
    phone.press("Sync now")
    phone.shows("Conflict", within_s=30)
    assert server.script("tests.walks.story", "punches") == [known, before]

    phone.press("Send mine again")
    phone.shows("Everything is uploaded", within_s=30)
    operations, count = server.script("tests.walks.story", "punches")
    [[fresh, state]] = [each for each in operations if each not in known]
    assert (state, count) == ("accepted", before + 1)
    assert fresh != taken
    assert not phone.problems
