"""Incidents on screen: lists, the workspace, acts by their forms, letters and report on paper."""

from datetime import timedelta
from itertools import count

import pytest

from qince.core.incidents import actions, parts
from qince.core.incidents.models import Affected, Incident, PlanStep
from qince.core.incidents.screens import AFFECTED, INCIDENTS, STEPS
from qince.core.letters.models import Letter
from qince.core.people.tests import factories as people
from qince.core.people.tests.test_screens import PeopleSuite
from qince.kit import clock
from qince.kit.tenancy import tenant

NOW = clock.now()
TEXTS = {name: f"{name}的内容" for name in parts.WRITTEN}
_numbers = count(1)


def incident(actor, **more):
    values = {"title": f"事件{next(_numbers)}", "discovered_at": NOW - timedelta(hours=1), **more}
    return actions.open_incident(actor, now=NOW, **values)


def officer():
    return people.actor(people.employee("隐私官", roles=["privacy_officer"]))


class TestIncidents(PeopleSuite):
    resource = INCIDENTS

    def make(self, n):
        actor = officer()
        return [incident(actor) for _ in range(n)]


class TestAffected(PeopleSuite):
    resource = AFFECTED

    def make(self, n):
        actor = officer()
        found = incident(actor)
        return [actions.add_affected(actor, found, now=NOW, name=f"某{next(_numbers)}") for _ in range(n)]


class TestSteps(PeopleSuite):
    resource = STEPS

    def make(self, n):
        actor = officer()
        while PlanStep.objects.count() < n:
            incident(actor, kind="child")
        return list(PlanStep.objects.order_by("id")[:n])


@pytest.fixture
def browser(organization, settings):
    settings.OPERATOR = {"name": "运营者", "address": "", "email": "", "phone": "025-1"}
    with tenant(organization):
        return people.browser(people.employee("隐私官", roles=["privacy_officer"]))


def test_from_opening_to_closing_by_the_pages_alone(organization, browser):
    def text(path):
        answer = browser.get(path)
        assert answer.status_code == 200, path
        return answer.content.decode()

    answer = browser.post(
        "/incidents/new/", {"title": "泄露", "kind": "general", "discovered_at": "2026-11-20T08:30"}
    )
    at = answer.url
    page = text(at)
    assert page.count("is-missing") == 7
    assert "Before it can be closed" in page
    refused = browser.post(f"{at}acts/tell/", {"confirmed": "1", "channels": ["app", "letter"]})
    assert refused.status_code == 422
    assert "Left empty: Kinds of data" in refused.content.decode()
    browser.post(f"{at}edit/", TEXTS)
    assert "is-missing" not in text(at)
    with tenant(organization):
        rep = people.employee("王芳")
    assert "Kinds of data" in text(f"{at}acts/find/")
    browser.post(f"{at}acts/add/", {"confirmed": "1", "employee": str(rep.pk)})
    browser.post(f"{at}acts/tell/", {"confirmed": "1", "channels": ["app", "letter"]})
    page = text(at)
    assert ("王芳" in page, "Pending" in page) == (True, True)
    assert TEXTS["advice"] in text(f"{at}letters/")
    with tenant(organization):
        person = Affected.objects.get()
    browser.post(f"/incidents/people/{person.pk}/acts/remedy/", {"confirmed": "1", "remedy": "offered"})
    browser.post(f"/incidents/people/{person.pk}/acts/tick/", {"confirmed": "1", "channel": "letter"})
    assert "Handed over" in text(f"/incidents/people/{person.pk}/")
    browser.post(f"{at}acts/report/", {"confirmed": "1", "reported_on": "2026-11-21", "receipt": "R-7"})
    assert "R-7" in text(f"{at}report/")
    browser.post(f"{at}acts/close/", {"confirmed": "1"})
    with tenant(organization):
        assert not Incident.objects.get().is_open
        assert Letter.objects.count() == 1


def test_the_people_are_found_by_the_page(organization, browser):
    with tenant(organization):
        found = incident(officer())
        people.employee("被找到的人")
    keys = [key for key, _title in actions_holdings() if key.startswith("people.employee.")]
    browser.post(f"/incidents/{found.pk}/acts/find/", {"confirmed": "1", "keys": keys[:1]})
    page = browser.get(f"/incidents/people/?incident={found.pk}").content.decode()
    assert "被找到的人" in page
    answer = browser.post(f"/incidents/{found.pk}/acts/find/", {"confirmed": "1", "keys": ["no.such.thing"]})
    assert answer.status_code == 422


def actions_holdings():
    from qince.core.incidents.finding import holdings

    return [(key, each.title) for key, each in holdings().items()]


def test_a_child_incidents_workspace_shows_plan_and_missing_guardians(organization, browser):
    with tenant(organization):
        actor = officer()
        found = incident(actor, kind="child")
        child = actions.add_affected(actor, found, now=NOW, name="小明")
    page = browser.get(f"/incidents/{found.pk}/").content.decode()
    assert "Stop it and secure the evidence" in page
    assert "no guardian on record" in page
    browser.post(
        f"/incidents/people/{child.pk}/acts/guardian/",
        {"confirmed": "1", "guardian_name": "家长", "guardian_mobile": "+8613900000001"},
    )
    assert "家长" in browser.get(f"/incidents/{found.pk}/").content.decode()


def test_the_overdue_incident_counts_in_the_menu(organization, browser):
    with tenant(organization):
        incident(officer(), discovered_at=NOW - timedelta(hours=100))
    page = browser.get("/incidents/").content.decode()
    assert "28 h overdue" in page
    assert 'class="q-nav-badge">1<' in page
