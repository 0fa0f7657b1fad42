"""Employees in the console, through the real middleware."""

import pytest
from django.urls import reverse

from qince.core.people.tests import factories
from qince.kit.tenancy import tenant


@pytest.fixture
def admin(organization):
    with tenant(organization):
        return factories.employee("唐德胜", roles=["administrator"])


def test_the_list_shows_employees(admin, organization):
    browser = factories.browser(admin)
    answer = browser.get(reverse("people:employees_list"))
    assert answer.status_code == 200
    assert "唐德胜" in answer.text
