"""Me - Settings - About Us - Technical Support: exactly that path, with the operator's own contacts (C9-02)."""

import pytest

from tests.walks.network import Air
from tests.walks.phone import Phone
from tests.walks.server import Server
from tests.walks.test_offline_day import activate


@pytest.mark.browser
@pytest.mark.clause("C9-02")
def test_the_path_leads_to_the_operators_telephone(phone: Phone, server: Server, air: Air) -> None:
    activate(phone, server, air)
    page = phone.page
    page.locator(".tabs a[href$='#/me']").click()  # its name begins with how many messages wait, if any do
    for name in ("Settings", "About Us", "Technical Support"):
        page.locator("main a.row", has_text=name).first.click()
    phone.shows("400-800-1234")
    assert not phone.problems
