"""Keys of the tests' own, and a partner that listens on this machine."""

import pytest

from qince.core.people.tests import factories as people
from qince.engines.partners import actions
from qince.engines.partners.tests import factories
from qince.kit import clock


@pytest.fixture(autouse=True)
def keys(settings, tmp_path):
    settings.DATA, settings.OPERATOR_KEY = tmp_path, ""


@pytest.fixture
def admin(inside):
    return factories.administrator()


@pytest.fixture
def member(inside):
    """Somebody who has agreed to the notice and to nothing else."""
    from qince.core.privacy.tests.factories import agree

    found = people.employee("王芳", roles=["rep"], mobile="+8613900139000", number="E-77")
    agree(found)
    return found


@pytest.fixture
def listening(settings):
    """Start partners: `listening(admin, profile=…)` gives (recipient, the server that takes its messages)."""
    opened = []

    def start(admin, **fields):
        found = factories.recipient(admin, is_on=False, **fields)
        server = factories.Listening(found.raw_secret).__enter__()
        opened.append(server)
        settings.PARTNER_LOCAL = [*settings.PARTNER_LOCAL, server.address]
        actions.edit_recipient(admin, found, now=clock.now(), endpoint=server.url)
        actions.switch_on(admin, found, now=clock.now(), attested=True)
        found.refresh_from_db()
        return found, server

    yield start
    for server in opened:
        server.__exit__()
