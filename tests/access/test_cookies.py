"""Cookies: a crawl over every page of the console and every public page finds none that is not listed."""

import pytest
from django.test import override_settings

from qince.core.privacy.registers import registered
from tests.access.asking import LISTED, browser
from tests.access.public import PUBLIC
from tests.access.routes import console_routes, is_understood


def cookies_of(client, ids_for):
    """Every cookie set on a walk over all pages, by name."""
    found = {}
    for route in console_routes():
        if not is_understood(route) or route.name == "signin:sign_out":
            continue
        for path in route.addresses(ids_for(route)):
            for method in ("get", "post"):
                answer = getattr(client, method)(path, secure=True)
                found |= {name: held for name, held in answer.cookies.items() if held.value}
    return found


@pytest.mark.clause("C3.1-01", "C1.3-02", "C3.1-03")
def test_what_a_stranger_is_given_is_listed_and_under_https_secure_and_out_of_reach_of_others(world):
    """Of scripts, and of other sites. What pages give to members is looked at in `tests/security/test_pages.py`."""
    https = dict.fromkeys(("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE"), True)
    with override_settings(**https):
        client = browser(None)
        client.get("/sign-in/", secure=True)
        client.post("/language/", {"language": "en", "next": "/sign-in/"}, secure=True)
        set_here = dict(client.cookies)
        assert {"csrftoken", "language"} <= set(set_here)
        found = set_here | cookies_of(browser(None), world.own.ids_for)
    assert set(found) <= LISTED
    assert PUBLIC  # the walk covers them: they are among the routes
    weak = [
        name
        for name, held in found.items()
        if held.value and not (held["secure"] and held["httponly"] and held["samesite"] == "Lax")
    ]
    assert weak == []


@pytest.mark.clause("C3.1-06")
@pytest.mark.clause("C3.1-07")
def test_deleting_the_cookies_signs_out_and_signing_in_works_again(world):
    client = browser(world.staff["rep"])
    assert client.get("/me/privacy/").status_code == 200
    page = client.get("/notice/cookies/")
    assert all(f">{name}<" in page.content.decode() for name in registered.cookies)
    answer = client.post("/notice/cookies/")
    assert answer.status_code == 302
    kept = {name for name, held in client.cookies.items() if held.value}
    assert kept == set()
    assert client.get("/me/privacy/").headers["Location"].startswith("/sign-in/")
    assert client.get("/sign-in/").status_code == 200
    assert browser(world.staff["rep"]).get("/me/privacy/").status_code == 200
