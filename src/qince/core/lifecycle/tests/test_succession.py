"""Another operator takes over: everybody is told, the ledger goes along, and another policy shuts the gate."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from qince.core.audit.models import Entry
from qince.core.letters.models import Letter
from qince.core.lifecycle import succession
from qince.core.lifecycle.models import Succession
from qince.core.people.tests import factories as people
from qince.core.policy.tests.conftest import PLANTED, PURPOSE, declared, planted
from qince.core.privacy import notice, queries
from qince.core.privacy.gate import BASIC, CHANGE, LOCATION, Standing
from qince.core.privacy.models import ConsentEntry
from qince.core.privacy.tests.factories import agree, decide
from qince.employee.attendance.models import Punch
from qince.engines.sync.tests.factories import punch, push
from qince.kit import clock
from qince.kit.errors import Refusal

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEW = "Heron Field Systems Ltd"
TOLD = {
    "successor": NEW,
    "address": "南京市玄武区88号",
    "contact": "privacy@heron.example",
    "text": "The service is merged.",
}


@pytest.fixture
def member(inside):
    found = people.employee("王芳", roles=("rep",))
    agree(found, "location:at_the_act")
    return found


def announced(now, *, days=15, **more):
    return succession.announce(
        cause="merger",
        takes_over_on=timezone.localdate(now) + days * DAY,
        announced_by="李",
        told={**TOLD, **more},
        now=now,
    )


@pytest.fixture
def due(member, settings):
    """Announced sixteen days ago, and configured: the clock stands on the day it takes over."""
    now = clock.now()
    announced(now)
    settings.OPERATOR = {**settings.OPERATOR, "name": NEW}
    with clock.at(now + 16 * DAY):
        yield now + 16 * DAY


def kinds(person):
    return set(Letter.objects.filter(employee=person).values_list("kind", flat=True))


def may(person, purpose, circumstances=""):
    return Standing(person.pk).allows(purpose, circumstances)


def test_it_is_announced_to_everybody_fifteen_days_ahead_and_again_nowhere(member, client):
    now = clock.now()
    with pytest.raises(Refusal, match="too_soon"):
        announced(now, days=14)
    with pytest.raises(Refusal, match="incomplete"):
        announced(now, contact=" ")
    assert client.get("/new-operator/").status_code == 404
    announced(now)
    client.cookies["language"] = "en"
    assert NEW in client.get("/new-operator/").text
    for page in (client.get("/sign-in/"), people.browser(member).get("/")):
        assert "/new-operator/" in page.text
    assert kinds(member) == {"lifecycle.succession"}
    with pytest.raises(Refusal, match="announced_already"):
        announced(now)
    succession.withdraw(now=now)
    assert client.get("/new-operator/").status_code == 404


def test_it_does_not_take_over_before_its_day_nor_before_it_is_configured(member, settings):
    now = clock.now()
    with pytest.raises(Refusal, match="nothing_announced"):
        succession.complete(completed_by="李", now=now)
    announced(now)
    with pytest.raises(Refusal, match="too_soon"):
        succession.complete(completed_by="李", now=now)
    with pytest.raises(Refusal, match="not_configured"):
        succession.complete(completed_by="李", now=now + 16 * DAY)
    assert Succession.objects.get().completed_at is None


def test_under_the_same_policy_the_ledger_goes_along_and_nothing_is_asked_anew(due, member):
    before = succession.ledger()
    done = succession.complete(completed_by="李", now=due)
    assert (done.differs, succession.ledger()) == (False, before)
    assert may(member, BASIC)
    assert may(member, LOCATION, "at_the_act")
    assert kinds(member) == {"lifecycle.succession", "lifecycle.taken_over"}
    noted = Entry.objects.get(action="lifecycle.take_over").changes
    assert noted["digest"] == before["digest"]


@pytest.mark.clause("C4.2-03")
def test_under_another_policy_the_gate_is_closed_until_consent(due, member, client):
    """Nothing is taken and no page works; what was agreed to is carried over, but each is asked for anew."""
    carried = succession.ledger()
    with planted(declared.purposes, PLANTED, PURPOSE):
        done = succession.complete(completed_by="李", now=due)
        assert done.differs
        assert succession.ledger() == carried
        assert kinds(member) == {"lifecycle.succession", "lifecycle.taken_over_anew"}
        assert not may(member, BASIC)
        assert not may(member, LOCATION, "at_the_act")
        assert queries.states(member.pk)[LOCATION]["state"] == ""
        with pytest.raises(Refusal, match="consent_required"):
            push(people.actor(member, client="phone"), punch(manual="仓库"))
        assert Punch.objects.count() == 0

        decide(member, CHANGE)
        assert may(member, BASIC)
        assert not may(member, LOCATION, "at_the_act")
        [answer] = push(people.actor(member, client="phone"), punch()).values()
        assert answer.code == "consent_required"
        decide(member, LOCATION, circumstances="at_the_act")
        assert may(member, LOCATION, "at_the_act")
        assert queries.states(member.pk)[LOCATION]["state"] == "granted"
        [answer] = push(people.actor(member, client="phone"), punch()).values()
        assert answer.state == "accepted"


def test_the_console_leads_to_the_new_policy_and_a_refusal_leaves_the_gate_closed(due, member):
    with planted(declared.purposes, PLANTED, PURPOSE):
        console = people.browser(member)
        succession.complete(completed_by="李", now=due)
        stopped = console.get("/")
        assert stopped.status_code == 302
        assert stopped.headers["Location"].startswith("/notice/agreement/")
        decide(member, CHANGE, "declined", notice_hash=notice.current(member.organization, "en").hash)
        assert not may(member, BASIC)
        for own in ("/me/privacy/", "/me/requests/", "/me/copies/"):
            assert console.get(own).status_code == 200, own
        assert console.get("/employees/").status_code == 302
        acts = ConsentEntry.objects.filter(employee=member, purpose=CHANGE).values_list("act", flat=True)
        assert "declined" in acts


def test_the_operators_command_asks_who_decides_and_shows_what_stands(member, capsys):
    with pytest.raises(CommandError, match="--by"):
        call_command("successor", "announce")
    day = (timezone.localdate() + 20 * DAY).isoformat()
    said = [f"--{'name' if key == 'successor' else key}={value}" for key, value in TOLD.items()]
    call_command("successor", "announce", "--by=李", "--because=acquisition", f"--on={day}", *said)
    call_command("successor", "show")
    assert f"{NEW}, acquisition, on {day}: announced" in capsys.readouterr().out
    with pytest.raises(CommandError, match=day):
        call_command("successor", "complete", "--by=李")
    call_command("successor", "withdraw", "--by=李")
    call_command("successor", "show")
    assert "No new operator" in capsys.readouterr().out
