"""S7: every HTML page as an administrator, and every writing address without a form's token."""

from html.parser import HTMLParser

import pytest
from django.test import Client

from qince.core.people.tests import factories as people
from qince.kit.tenancy import tenant
from tests.access.asking import LISTED
from tests.access.conftest import standing_world, world  # noqa: F401
from tests.access.routes import console_routes, is_understood
from tests.conftest import FULL

UNSAFE = ("'unsafe-inline'", "'unsafe-eval'", "*", "data:", "http:", "https:")
# Data for scripts, not scripts: browsers do not run them.
DATA_TYPES = {"application/json", "importmap", "speculationrules"}


class Inline(HTMLParser):
    """Collects what a policy without `unsafe-inline` would forbid."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "style" or "style" in values:
            self.found.append(f"<{tag} style>")
        if tag == "script" and not values.get("src") and values.get("type") not in DATA_TYPES:
            self.found.append("<script> inline")
        self.found += [f"<{tag} {name}>" for name in values if name.startswith("on")]
        if any(str(value).lower().strip().startswith("javascript:") for value in values.values()):
            self.found.append(f"<{tag}> javascript:")


def faults(answer):
    """What is wrong with an HTML answer's headers, cookies and text."""
    headers, policy = answer.headers, directives(answer.headers.get("Content-Security-Policy", ""))
    for name in (
        "default-src",
        "script-src",
        "style-src",
        "object-src",
        "base-uri",
        "frame-ancestors",
        "form-action",
    ):
        if name not in policy:
            yield f"no {name} in the policy"
    for name in ("default-src", "script-src", "style-src"):
        if unsafe := set(policy.get(name, ())) & set(UNSAFE):
            yield f"{name} allows {unsafe}"
    expected = {
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    yield from (
        f"{name}: {headers.get(name)}" for name, value in expected.items() if headers.get(name) != value
    )
    if headers.get("Referrer-Policy") not in (
        "same-origin",
        "no-referrer",
    ):  # stricter where an address is secret
        yield f"Referrer-Policy: {headers.get('Referrer-Policy')}"
    for name, cookie in answer.cookies.items():
        if name not in LISTED:
            yield f"cookie {name} is not listed"
        if cookie["samesite"] not in ("Lax", "Strict"):
            yield f"cookie {name} goes to other sites"
        if name in ("sessionid", "browser") and not cookie["httponly"]:
            yield f"cookie {name} is open to scripts"
    page = Inline()
    page.feed(answer.text)
    yield from page.found


def directives(policy):
    parts = [part.split() for part in policy.split(";") if part.strip()]
    return {part[0]: part[1:] for part in parts}


def pages(world):  # noqa: F811
    with tenant(world.home):
        client = people.browser(world.staff["administrator"])
    client.raise_request_exception = False
    for route in console_routes():
        if is_understood(route) and route.name != "signin:sign_out":
            for path in route.addresses(world.own.ids_for(route)):
                answer = client.get(path)
                if "text/html" in answer.headers.get("Content-Type", ""):
                    yield path, answer


@pytest.mark.clause("C5.1-04")
@pytest.mark.clause("C3.1-01", "C1.3-02")
def test_every_page_is_guarded(world):  # noqa: F811
    found, statuses = {}, []
    for path, answer in pages(world):
        statuses.append(answer.status_code)
        if problems := sorted(set(faults(answer))):
            found[path] = problems
    assert not found, "\n".join(f"{path}: {problems}" for path, problems in found.items())
    assert statuses.count(200) >= 60  # error pages are among them, too
    assert not [status for status in statuses if status >= 500]


# Machines write here, not browsers: a signature, a secret or a signed link stands for the token, and no session counts.
WITHOUT_SESSION = (
    "/unsubscribe/",
    "/partners/inbound/",
    "/partner-simulator/",
    "/apps/token/",
    "/odk/",
    "/.well-known/caldav",
)


# One rule refuses them all: everyday runs try it by the method that browsers' forms use.
METHODS = ("post", "put", "patch", "delete") if FULL else ("post",)


def test_writing_is_refused_without_the_forms_token(world):  # noqa: F811
    """Every address, so every writing one: with the session alone, as from another site, nothing is taken."""
    open_ones = taken_without_token(world, console_routes())
    assert not open_ones, "\n".join(open_ones)


def taken_without_token(world, routes):  # noqa: F811
    with tenant(world.home):
        signed_in = people.browser(world.staff["administrator"])
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies = signed_in.cookies
    return [
        f"{method} {path} → {status}"
        for route in routes
        if is_understood(route)
        for path in route.addresses(world.own.ids_for(route))
        for method in METHODS
        if (status := getattr(client, method)(path).status_code) not in (401, 403, 405)
        and not path.startswith(WITHOUT_SESSION)
    ]


@pytest.mark.clause("C5.1-02")
def test_transport_security_follows_the_setting(settings, world):  # noqa: F811
    """Behind TLS (QINCE_HTTPS=yes) cookies are secure and HSTS is sent."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    answer = Client().get("/sign-in/", secure=True)
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert all(cookie["secure"] for cookie in answer.cookies.values())


class TestTheTestCanFail:
    @pytest.mark.parametrize(
        "text",
        [
            "<p style='color:red'>",
            "<style>p{}</style>",
            "<script>x()</script>",
            "<a onclick='x()'>",
            "<a href=' javascript:x()'>",
        ],
    )
    def test_inline_code_is_found(self, text):
        page = Inline()
        page.feed(text)
        assert page.found

    def test_a_weak_policy_and_missing_headers_are_found(self, client, db, settings):
        settings.CONTENT_SECURITY_POLICY = {
            "DIRECTIVES": {"default-src": ["'self'"], "script-src": ["'unsafe-inline'"]}
        }
        settings.X_FRAME_OPTIONS = "SAMEORIGIN"
        answer = client.get("/sign-in/")
        answer.headers["Content-Security-Policy"] = "default-src 'self'; script-src 'unsafe-inline'"
        answer.headers["X-Frame-Options"] = "SAMEORIGIN"
        answer.set_cookie("tracker", "1")
        found = list(faults(answer))
        assert "cookie tracker is not listed" in found
        assert any("unsafe-inline" in each for each in found)
        assert any("X-Frame-Options" in each for each in found)

    def test_a_view_without_the_check_is_found(self, world, monkeypatch):  # noqa: F811
        route = next(each for each in console_routes() if each.name == "signin:set_password")
        monkeypatch.setattr(route.view, "csrf_exempt", True, raising=False)
        assert any("post /account/password/" in each for each in taken_without_token(world, [route]))
