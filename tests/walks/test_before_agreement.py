"""What a phone tells before its owner has agreed to anything: nothing."""

from urllib.parse import urlsplit

import pytest

from tests.walks.network import Air
from tests.walks.phone import Phone

pytestmark = pytest.mark.browser


@pytest.mark.clause("C0-09")
def test_reading_ticking_and_declining_sends_nothing_about_the_person(phone: Phone, air: Air):
    asked = []
    phone.context.on("request", lambda request: asked.append(request))
    phone.open()
    phone.page.get_by_role("checkbox").first.wait_for()
    boxes = phone.page.get_by_role("checkbox").all()
    assert len(boxes) == 3
    for box in boxes:
        assert not box.is_checked()
        box.check()
    phone.press("Decline")
    phone.shows("You declined")

    ours = urlsplit(air.address).netloc
    elsewhere = [each.url for each in asked if urlsplit(each.url).netloc not in (ours, "")]
    assert elsewhere == []
    assert any(path.endswith("/notice") for _method, path, _body in air.seen)
    assert {(method, body) for method, _path, body in air.seen} == {("GET", b"")}
    assert phone.context.cookies() == []
