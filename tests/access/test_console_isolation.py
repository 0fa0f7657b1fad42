"""S1, the console: every address × every role × another organization's rows. What is foreign looks absent."""

import re
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qince.kit.tenancy import tenant
from tests.access.asking import Absent, ask, browser, foreign_values, leaks, undone
from tests.access.planting import ROLES, tenant_models
from tests.access.public import PUBLIC
from tests.access.routes import UnknownParameter, console_routes, is_understood
from tests.conftest import FULL

METHODS = ("GET", "POST")
WRITES = re.compile(r"\s*(INSERT|UPDATE|COPY|WITH)\b")
# The long form asks every address as every role. Everyday runs ask as those who between them open every page, and as a
# stranger; they post as who may most and least. Reps and managers walk every page in `test_within_one_organization`.
ANYBODY = (*ROLES, "anonymous") if FULL else ("administrator", "privacy_officer", "anonymous")
POSTING = ANYBODY if FULL else ("administrator", "anonymous")


def understood():
    return [route for route in console_routes() if is_understood(route)]


def keyed():
    return [route for route in understood() if route.keys]


def unkeyed():
    return [route for route in understood() if not route.keys]


def test_every_route_is_understood(world):
    """A route with a parameter nobody taught the generator fails here instead of staying untested."""
    unknown = [route.pattern for route in console_routes() if not is_understood(route)]
    assert not unknown, f"teach tests/access/routes.py what their parameters are: {unknown}"
    assert len(keyed()) > 40


def with_forms():
    """Without a resource's pages that only show."""
    shows = ("list", "filter", "csv", "xlsx", "print", "views", "tab", "detail")
    return [each for each in understood() if not (each.resource and each.name.rpartition("_")[2] in shows)]


@pytest.mark.parametrize("role", ANYBODY)
def test_foreign_rows_look_absent(world, role):
    absent = Absent(browser(world.staff.get(role)))
    faults = [fault for route in keyed() for fault in _faults(route, absent, world.foreign, role)]
    assert not faults, "\n".join(faults)


def _faults(route, absent, foreign, role):
    """What is wrong with how `route` answers to a foreign row, next to how it answers to one that never was."""
    never = dict.fromkeys(["upload", *foreign.ids], uuid4())
    pairs = zip(route.addresses(foreign.ids_for(route)), route.addresses(never), strict=True)
    for path, nowhere in pairs:
        for method in METHODS if role in POSTING else ("GET",):
            data = {"confirmed": "1"} if method == "POST" else None
            with undone(absent.client):
                answer = ask(absent.client, method, path, data)
            where = f"{role}: {method} {path} → {answer.status}"
            if fault := absent.fault(answer, method, nowhere, data):
                yield f"{where}: {fault}"
            if found := leaks(answer, foreign, path):
                yield f"{where}: tells {found}"
            if 200 <= answer.status < 300 or answer.status >= 500:
                yield f"{where}: {answer.body[:200]}"
            if role == "anonymous" and not answer.is_closed:
                yield f"{where}: a stranger is let in"


def test_the_same_pages_open_for_ones_own_rows(world):
    """Otherwise the test above would pass on addresses that answer nobody."""
    client = browser(world.staff["administrator"])
    faults = []
    for route in keyed():
        for path in route.addresses(world.own.ids_for(route)):
            answers = []
            for method in METHODS:
                with undone(client):
                    answers.append(ask(client, method, path).status)
            if all(status in (403, 404) for status in answers) or max(answers) >= 500:
                faults.append(f"{path}: {answers}")
    assert not faults, "\n".join(faults)


@pytest.mark.clause("C0-02")
@pytest.mark.parametrize("role", ANYBODY)
def test_lists_searches_exports_and_bulk_acts_hold_nothing_foreign(world, role):
    client = browser(world.staff.get(role))
    query = foreign_values(world.foreign) | {"q": world.foreign.mark}
    posted = foreign_values(world.foreign) | {
        "confirmed": "1",
        "ids": [str(k) for k in world.foreign.ids.values()],
    }
    asked = [("GET", urlencode(query))]  # long: written out once, not for each of a thousand requests
    if role in POSTING:
        asked.append(("POST", urlencode(posted, doseq=True)))
    if role == "administrator" or FULL:
        asked.append(("GET", {}))
    faults = []
    for route in unkeyed():
        for path in route.addresses({}):
            for method, data in asked if FULL or not route.name.endswith("_filter") else asked[:1]:
                with undone(client):
                    answer = ask(client, method, path, data)
                where = f"{role}: {method} {path} → {answer.status}"
                if found := leaks(answer, world.foreign, path, data):
                    faults.append(f"{where}: tells {found}")
                if answer.status >= 500:
                    faults.append(f"{where}: {answer.body[:300]}")
                if role == "anonymous" and route.name not in PUBLIC and not answer.is_closed:
                    faults.append(f"{where}: a stranger is let in")
    assert not faults, "\n".join(faults)


def test_lists_and_exports_hold_ones_own(world):
    """The twin of the above: the mark is found where it belongs."""
    client = browser(world.staff["administrator"])
    told = 0
    for route in unkeyed():
        if route.resource and route.name.endswith(("_list", "_csv", "_xlsx", "_print")):
            for path in route.addresses({}):
                told += bool(leaks(ask(client, "GET", path), world.own))
    assert told >= 12


def test_posting_to_foreign_rows_changes_nothing_there(world):
    before = _content(world.foreign.organization)
    client = browser(world.staff["administrator"])
    for route in keyed():
        for path in route.addresses(world.foreign.ids_for(route)):
            ask(client, "POST", path, {"confirmed": "1", "step": "import", "attested": "1"})
    assert _content(world.foreign.organization) == before


def _content(organization):
    with tenant(organization):
        return {model._meta.label: sorted(map(str, model.objects.values_list())) for model in tenant_models()}


def test_forms_take_no_foreign_reference(world):
    """Own pages, their own fields, filled with foreign rows: refused, and nothing foreign is stored."""
    client = browser(world.staff["administrator"])
    filled = 0
    for route in with_forms():
        for path in route.addresses(world.own.ids_for(route)):
            data = _foreign_form(ask(client, "GET", path), world.foreign)
            if data:
                filled += 1
                with undone(client), CaptureQueriesContext(connection) as captured:
                    answer = ask(client, "POST", path, data)
                    assert answer.status < 500, f"{path}: {answer.body[:300]}"
                written = " ".join(each["sql"] for each in captured if WRITES.match(each["sql"]))
                found = [key for key in map(str, world.foreign.ids.values()) if key in written]
                assert not found, f"{path} stored {found}"
                assert not leaks(answer, world.foreign, data), path
    assert filled >= 5


def _foreign_form(answer, foreign):
    """The form of a page, every choice of a row answered with a foreign one; {} where there is none."""
    form = answer.context.get("form") if answer.context else None
    fields = getattr(form, "fields", {})
    rows = {
        name: field.queryset.model._meta.label for name, field in fields.items() if hasattr(field, "queryset")
    }
    if not rows:
        return {}
    values = {form.add_prefix(name): _sample(field) for name, field in fields.items() if name not in rows}
    chosen = {form.add_prefix(name): str(foreign.ids[label]) for name, label in rows.items()}
    return {**values, **chosen, "confirmed": "1", "attested": "1"}


def _sample(field):
    from django import forms

    if isinstance(field, forms.ChoiceField):
        choices = [value for value, _label in field.choices if value]
        return choices[0] if choices else ""
    if isinstance(field, forms.DateField):
        return "2026-11-23"
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, forms.EmailField):
        return "a@x.example"
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        return "1"
    return "13800138000"


class TestTheTestCanFail:
    """Planted faults: each check turns red on a route that has the fault it looks for."""

    def test_a_parameter_it_does_not_know(self):
        strange = next(each for each in console_routes("tests.access.faulty_urls") if each.name == "strange")
        with pytest.raises(UnknownParameter):
            list(strange.addresses({}))
        assert not is_understood(strange)

    @pytest.mark.urls("tests.access.faulty_urls")
    @pytest.mark.parametrize(
        ("name", "fault"),
        [("leak", "differs"), ("leak", "tells"), ("telling", "differs"), ("open", "a stranger is let in")],
    )
    def test_a_route_that_tells(self, world, name, fault):
        route = next(each for each in console_routes("tests.access.faulty_urls") if each.name == name)
        found = list(_faults(route, Absent(browser(None)), world.foreign, "anonymous"))
        assert any(fault in each for each in found), found
