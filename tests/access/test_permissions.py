"""Nothing is open by accident: every act has a declared permission, every page asks who is there."""

import pytest
from django.test import Client

from qince.core.access.registry import permissions
from qince.kit import action as doorway
from tests.access.asking import ask, browser
from tests.access.public import PUBLIC, SYSTEM_ACTS, WITHOUT_PERMISSION
from tests.access.routes import console_routes, is_understood


def undeclared(acts, declared):
    """Acts whose permission nobody declared, or that have none without a reason."""
    return sorted(
        name
        for name, act in acts.items()
        if name not in SYSTEM_ACTS
        and (name not in WITHOUT_PERMISSION if act.permission is None else act.permission not in declared)
    )


def test_every_act_needs_a_declared_permission_or_a_reason_for_none():
    ours = {name: act for name, act in doorway.registry.items() if ".tests." not in act.__module__}
    assert not undeclared(ours, permissions)
    assert len(ours) > 30


def test_an_undeclared_permission_is_found(monkeypatch):
    monkeypatch.setattr(doorway, "registry", {})

    @doorway.action("test.undeclared")
    def act(actor): ...

    @doorway.action("test.without", permission=None)
    def another(actor): ...

    assert undeclared(doorway.registry, permissions) == ["test.undeclared", "test.without"]


def test_reasons_are_about_what_exists():
    assert set(PUBLIC) <= {route.name for route in console_routes()}  # reading them imports every feature
    assert set(WITHOUT_PERMISSION) <= set(doorway.registry)
    assert not set(SYSTEM_ACTS) & set(permissions)
    needless = [name for name in WITHOUT_PERMISSION if doorway.registry[name].permission is not None]
    assert not needless


def open_to_strangers(routes, ids):
    """Addresses that answer a visitor without a session with anything but the way in."""
    client = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    return [
        f"{method} {path} → {answer.status}"
        for route in routes
        if route.name not in PUBLIC
        for path in route.addresses(ids(route))
        for method in ("GET", "POST")
        if not (answer := ask(client, method, path)).is_closed
    ]


@pytest.mark.clause("C5.1-05")
def test_every_page_asks_who_is_there(world):
    routes = [route for route in console_routes() if is_understood(route)]
    assert not open_to_strangers(routes, world.own.ids_for)


@pytest.mark.urls("tests.access.faulty_urls")
def test_a_page_that_forgot_to_ask_is_found(world):
    routes = [route for route in console_routes("tests.access.faulty_urls") if route.name == "open"]
    assert len(open_to_strangers(routes, world.own.ids_for)) == 2


def test_without_a_role_only_ones_own_pages_open(world):
    """Deny by default: somebody who was granted nothing opens no list, record, form, import or export."""
    client = browser(world.staff["none"])
    opened = [
        path
        for route in console_routes()
        if is_understood(route) and route.resource
        for path in route.addresses(world.own.ids_for(route))
        if ask(client, "GET", path).status == 200
    ]
    assert not opened
