"""The ledger: one act, one purpose, one person, never changed."""

from datetime import timedelta

import pytest

from qince.core.access.queries import actor_for
from qince.core.people.tests import factories as people
from qince.core.privacy import queries
from qince.core.privacy.actions import record_consent, record_served
from qince.core.privacy.events import ConsentWithdrawn
from qince.core.privacy.gate import AT_THE_ACT, BACKGROUND, BASIC, CAPACITY, LOCATION, Standing
from qince.core.privacy.models import Consent, ConsentEntry, LedgerIsAppendOnly
from qince.core.privacy.tests.factories import agree, decide, decision
from qince.kit import clock, events
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.ids import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def rep(inside):
    return people.employee(roles=("rep",))


def acts(employee, purpose):
    rows = ConsentEntry.objects.filter(employee=employee, purpose=purpose)
    return list(rows.order_by("occurred_at", "recorded_at").values_list("act", "circumstances"))


@pytest.mark.clause("C0-12")
@pytest.mark.clause("C2.0-07")
def test_agreeing_to_the_notice_allows_nothing_beyond_it(rep):
    agree(rep)
    standing = Standing(rep.pk)
    assert standing.may_begin
    assert [code for code in ("location", "improvement") if standing.allows(code)] == []


def test_the_notice_alone_does_not_let_anyone_begin(rep):
    decide(rep, BASIC)
    assert not Standing(rep.pk).may_begin


@pytest.mark.clause("C0-14")
@pytest.mark.clause("C1.3-01")
def test_an_act_is_kept_with_method_time_version_and_client(rep):
    now = clock.now()
    made = decision(rep, CAPACITY, occurred_at=now - timedelta(minutes=3))
    record_consent(actor_for(rep, client="phone", locale="en"), decision=made, now=now)
    entry = ConsentEntry.objects.get(pk=made.id)
    assert (entry.method, entry.client, entry.occurred_at) == ("button", "phone", now - timedelta(minutes=3))
    assert entry.notice_hash == made.notice_hash
    assert entry.notice_version


@pytest.mark.clause("C2.0-06")
def test_showing_stands_in_the_ledger_before_the_agreement_that_follows(rep):
    decide(rep, BASIC)
    assert acts(rep, BASIC) == [("served", ""), ("granted", "")]
    decide(rep, BASIC, "withdrawn")
    decide(rep, BASIC)
    assert [act for act, _ in acts(rep, BASIC)] == ["served", "granted", "withdrawn", "granted"]


def test_a_page_shown_is_recorded_once_for_each_purpose_and_text(rep):
    actor, made = actor_for(rep, client="console", locale="en"), decision(rep, BASIC)
    shown = {"notice_hash": made.notice_hash, "method": "page", "now": clock.now()}
    assert record_served(actor, purposes=(BASIC, CAPACITY), **shown) == 2
    assert record_served(actor, purposes=(BASIC, CAPACITY), **shown) == 0


@pytest.mark.clause("C2.0-07")
def test_declining_is_stored_and_allows_nothing(rep):
    answer = decide(rep, LOCATION, "declined", "never")
    assert answer["location"]["state"] == "declined"
    assert acts(rep, LOCATION)[-1] == ("declined", "never")
    assert not Standing(rep.pk).allows(LOCATION)


@pytest.mark.clause("C2.2.4-14")
def test_only_at_the_act_does_not_allow_the_background(rep):
    decide(rep, LOCATION, circumstances=AT_THE_ACT)
    standing = Standing(rep.pk)
    assert standing.allows(LOCATION, AT_THE_ACT)
    assert not standing.allows(LOCATION, BACKGROUND)


def test_narrowing_never_widens_nor_brings_back(rep):
    decide(rep, LOCATION, circumstances=AT_THE_ACT)
    decide(rep, LOCATION, "narrowed", BACKGROUND)
    assert Consent.objects.get(employee=rep, purpose=LOCATION).circumstances == AT_THE_ACT
    decide(rep, LOCATION, "withdrawn")
    decide(rep, LOCATION, "narrowed", AT_THE_ACT)
    assert not Standing(rep.pk).allows(LOCATION)


def test_the_same_act_sent_again_gets_the_same_answer_and_one_entry(rep):
    made, actor = decision(rep, BASIC), actor_for(rep, client="phone", locale="en")
    first = record_consent(actor, decision=made, now=clock.now())
    assert record_consent(actor, decision=made, now=clock.now()) == first
    assert ConsentEntry.objects.filter(employee=rep, act="granted").count() == 1


def test_an_id_used_for_another_act_is_a_conflict(rep):
    key = uuid7()
    decide(rep, BASIC, id=key)
    with pytest.raises(Conflict) as refused:
        decide(rep, BASIC, "withdrawn", id=key)
    assert refused.value.code == "id_reused"
    assert Standing(rep.pk).allows(BASIC)


@pytest.mark.parametrize(
    ("purpose", "act", "circumstances", "code"),
    [
        ("basic,location", "granted", "", "unknown_purpose"),
        ("security", "withdrawn", "", "unknown_purpose"),
        (BASIC, "served", "", "invalid_act"),
        (BASIC, "granted", AT_THE_ACT, "invalid_circumstances"),
        (LOCATION, "granted", "", "invalid_circumstances"),
        (LOCATION, "granted", "never", "invalid_circumstances"),
    ],
)
@pytest.mark.clause("C0-13")
def test_an_act_is_about_exactly_one_known_purpose_and_an_offered_choice(
    rep, purpose, act, circumstances, code
):
    with pytest.raises(Refusal) as refused:
        decide(rep, purpose, act, circumstances)
    assert refused.value.code == code
    assert not ConsentEntry.objects.exists()


def test_agreeing_to_a_text_no_longer_in_force_is_refused_but_taking_back_is_not(rep):
    decide(rep, LOCATION, circumstances=AT_THE_ACT)
    with pytest.raises(Refusal) as refused:
        decide(rep, LOCATION, circumstances=BACKGROUND, notice_hash="0" * 64)
    assert refused.value.code == "notice_outdated"
    decide(rep, LOCATION, "withdrawn", notice_hash="")
    assert not Standing(rep.pk).allows(LOCATION)


def test_taking_back_counts_whenever_it_arrives_and_an_older_agreement_does_not(rep):
    now = clock.now()
    decide(rep, LOCATION, circumstances=AT_THE_ACT, occurred_at=now)
    decide(rep, LOCATION, "withdrawn", occurred_at=now - timedelta(hours=1))
    assert not Standing(rep.pk).allows(LOCATION)
    decide(rep, LOCATION, circumstances=AT_THE_ACT, occurred_at=now - timedelta(minutes=30))
    assert not Standing(rep.pk).allows(LOCATION)


def test_a_clock_ahead_of_time_gives_no_lasting_agreement(rep):
    now = clock.now()
    decide(rep, LOCATION, circumstances=AT_THE_ACT, occurred_at=now + timedelta(days=9), now=now)
    assert ConsentEntry.objects.get(employee=rep, act="granted").occurred_at == now


def test_withdrawing_and_narrowing_are_heard_by_other_features(rep, monkeypatch):
    heard = []
    monkeypatch.setitem(events._handlers, ConsentWithdrawn, [heard.append])
    decide(rep, LOCATION, circumstances=BACKGROUND)
    decide(rep, LOCATION, "narrowed", AT_THE_ACT)
    decide(rep, LOCATION, "withdrawn")
    decide(rep, LOCATION, "withdrawn")
    mine = {"employee_id": rep.pk, "purpose": LOCATION, "client": "phone"}
    assert heard == [ConsentWithdrawn(**mine, circumstances=AT_THE_ACT), ConsentWithdrawn(**mine)]


def test_an_administrator_has_no_path_to_another_persons_consent(rep):
    """The act takes no person: whoever acts decides for himself, and the system for nobody."""
    boss = people.employee("赵敏", roles=("administrator",))
    decide(boss, LOCATION, circumstances=BACKGROUND)
    assert not Standing(rep.pk).allows(LOCATION)
    system = Actor(organization_id=rep.organization_id, employee_id=None, is_system=True)
    with pytest.raises(NotFound):
        record_consent(system, decision=decision(rep, BASIC), now=clock.now())


def test_what_was_decided_can_neither_be_changed_nor_removed(rep):
    agree(rep)
    entry = ConsentEntry.objects.filter(act="granted").first()
    for change in (
        entry.save,
        entry.delete,
        ConsentEntry.objects.all().delete,
        lambda: ConsentEntry.objects.update(act="declined"),
    ):
        with pytest.raises(LedgerIsAppendOnly):
            change()


def test_a_person_reads_the_own_acts_only(rep):
    other = people.employee("李雷")
    agree(rep)
    agree(other)
    assert {entry.employee_id for entry in queries.own_acts(rep.pk)} == {rep.pk}
