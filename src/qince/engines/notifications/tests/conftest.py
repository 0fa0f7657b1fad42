"""A push service that listens, people with devices that are subscribed there, and keys of the tests' own."""

import pytest

from qince.core.accounts.keys import token_digest
from qince.core.accounts.models import Device
from qince.core.people.tests import factories as people
from qince.core.privacy.tests.factories import agree, decide
from qince.engines.notifications.actions import switch_on
from qince.engines.notifications.push import keys
from qince.engines.notifications.tests.service import Browser, Service
from qince.kit import clock
from qince.kit.ids import uuid7


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    settings.DATA, settings.OPERATOR_KEY = tmp_path, ""


@pytest.fixture
def service(settings):
    with Service() as running:
        settings.PUSH_LOCAL = [running.address]
        settings.PARTNER_LOCAL = [*settings.PARTNER_LOCAL, running.address]
        running.key = keys.public_key()
        yield running


def device_of(employee, kind="phone"):
    return Device.objects.create(
        account=employee.account, organization=employee.organization, employee_id=employee.pk, kind=kind,
        name="手机", token_digest=token_digest(str(uuid7())), confirmed_at=clock.now(),
    )  # fmt: skip


@pytest.fixture
def member(inside):
    """Somebody who has agreed to the notice and to nothing else."""
    found = people.employee("王芳", roles=["rep"], mobile="+8613900139000", email="wang@x.example")
    agree(found)
    return found


@pytest.fixture
def subscribe(service):
    """`subscribe(employee)`: a device of theirs on which push messages were switched on, as its browser."""

    def switched_on(employee, *, surface="phone", locale="zh-hans"):
        decide(employee, "push")
        device = device_of(employee, surface)
        browser = Browser(service)
        browser.device = device
        client = "phone" if surface == "phone" else "console"
        actor = people.actor(employee, client=client, device_id=device.pk, locale=locale)
        switch_on(actor, **browser.subscription, now=clock.now())
        return browser

    return switched_on
