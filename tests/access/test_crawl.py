"""C4.3: without signing in, nothing personal is found on any page that can be reached or guessed."""

import re

import pytest
from django.test import Client

from tests.access.asking import ask
from tests.access.routes import console_routes, is_understood

LINK = re.compile(r'(?:href|action|src)="(/[^"#]*)"')


def told_to_strangers(world, client):
    """Yield (address, mark) for every personal mark that a visitor is shown, following every link."""
    marks = [world.own.mark, world.foreign.mark, *(each.name for each in world.staff.values())]
    todo = ["/"] + [
        path
        for route in console_routes()
        if is_understood(route)
        for path in route.addresses(world.own.ids_for(route))
    ]
    seen = set()
    while todo:
        path = todo.pop()
        if path in seen or path.startswith("/static/"):
            continue
        seen.add(path)
        answer = ask(client, "GET", path)
        yield from ((path, mark) for mark in marks if mark in answer.body)
        todo += [link.replace("&amp;", "&") for link in LINK.findall(answer.body) if len(seen) < 3000]
    assert len(seen) > 100


@pytest.mark.clause("C4.3-01")
def test_a_crawl_without_signing_in_finds_nothing_personal(world):
    client = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    assert list(told_to_strangers(world, client)) == []


def test_the_crawl_finds_what_a_page_would_tell(world):
    """The twin: signed in, the same walk meets the marks."""
    from tests.access.asking import browser

    assert next(told_to_strangers(world, browser(world.staff["administrator"])))
