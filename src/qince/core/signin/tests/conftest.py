"""What the tests of getting in share."""

import pytest

from qince.core.accounts import limits
from qince.core.people.tests import factories
from qince.core.privacy.tests.factories import agree
from qince.kit.tenancy import tenant


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(limits, "EVEN_S", 0)


@pytest.fixture
def rep(organization):
    with tenant(organization):
        return agreed(factories.employee(roles=["rep"], status="invited"))


@pytest.fixture
def boss(organization):
    with tenant(organization):
        return agreed(factories.employee("李雷", roles=["administrator"]))


def agreed(employee):
    """The notice lies behind them, so pages open."""
    agree(employee)
    return employee
