"""Erasing one person: everything of theirs is gone or nameless, everything else is as it was."""

import json
from dataclasses import dataclass

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from qince.core.accounts.models import Account
from qince.core.audit import queries as trail
from qince.core.audit.actions import seal
from qince.core.audit.chain import digest_of
from qince.core.audit.models import Entry, Head
from qince.core.erasure import ledger, proof, steps, subjects, working
from qince.core.erasure.actions import erase, plan_for
from qince.core.erasure.events import SubjectErased
from qince.core.erasure.models import Erasure
from qince.core.people.models import Affiliation, Employee
from qince.core.people.tests import factories as people
from qince.core.privacy.models import ConsentEntry
from qince.kit import clock, events
from qince.kit.errors import Conflict, Forbidden, Refusal
from qince.kit.tenancy import tenant
from qince.kit.vault import api as vault
from qince.masterdata.customers.models import Customer
from qince.sales.routes.models import PlannedVisit
from qince.sales.visits.models import Visit
from tests.access.planting import Planted
from tests.erasure.planting import CONTACT_PHONE, MARKER, MOBILE
from tests.standing import standing

EXPECTED = {
    "accounts_account", "accounts_device", "accounts_onetimecode", "accounts_outboxmessage",
    "accounts_recoverycode", "access_savedview", "attendance_punch", "audit_entry", "customers_customer",
    "people_employee", "routes_route", "sync_holding", "sync_operation", "visits_checkevent", "visits_photo",
    "visits_steprecord", "visits_visit",
}  # fmt: skip


def tables_holding(marker):
    """Every table of the database in which a row's text holds the marker."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE t::text ILIKE %s OR t::text ILIKE %s",
                [f"%{marker}%", f"%{marker.encode().hex()}%"],
            )
            if count := cursor.fetchone()[0]:
                found[table] = count
    return found


def begun(planted, subject=None, **more):
    with tenant(planted.organization):
        plan = plan_for(subject or subjects.of_employee(planted.employee))
        return erase(people.actor(planted.rows["colleague"]), plan, now=clock.now(), **more)


def carried_out(planted, erasure):
    return working.carry_out(planted.organization.pk, erasure.pk, now=clock.now())


def contact(planted):
    with tenant(planted.organization):
        return subjects.of_contact(name=f"{MARKER}-contact_name", mobile="13922223333")


def erased(planted):
    carried_out(planted, begun(planted, contact(planted)))
    return carried_out(planted, begun(planted))


def left(planted):
    with tenant(planted.organization):
        return tables_holding(MARKER)


@pytest.mark.clause("C1.1-13", "C1.1-07")
def test_before_erasing_the_marker_is_everywhere_and_afterwards_nowhere(planted):
    assert set(left(planted)) >= EXPECTED
    done = erased(planted)
    assert left(planted) == {}
    assert tables_holding_number(planted) == {}
    assert done.state == Erasure.State.DONE


def tables_holding_number(planted):
    with tenant(planted.organization):
        return tables_holding(MOBILE[3:]) | tables_holding("2222 3333")


def test_an_erasure_cut_short_goes_on_where_it_was(planted, monkeypatch):
    erasure = begun(planted)
    names = steps.step_names(working_subject(planted, erasure))
    real = working._step

    def dies(organization, key, name, now):
        if name == names[len(names) // 2]:
            raise KeyboardInterrupt
        real(organization, key, name, now)

    monkeypatch.setattr(working, "_step", dies)
    with pytest.raises(KeyboardInterrupt):
        carried_out(planted, erasure)
    assert left(planted)
    monkeypatch.undo()
    carried_out(planted, begun(planted, contact(planted)))
    assert carried_out(planted, erasure).state == Erasure.State.DONE
    assert left(planted) == {}
    assert carried_out(planted, erasure).state == Erasure.State.DONE  # and once more changes nothing


def working_subject(planted, erasure):
    with tenant(planted.organization):
        return working.subject_of(erasure)


def test_the_ledger_is_written_first_and_names_nobody(planted, monkeypatch):
    def unreachable(*args):
        assert len(ledger.lines()) == 1
        raise RuntimeError("the keys cannot be reached")

    monkeypatch.setattr(vault, "destroy_subject", unreachable)
    with pytest.raises(RuntimeError):
        begun(planted)
    text = ledger.path().read_text()
    assert MARKER not in text
    assert str(planted.employee.pk) not in text


def test_a_line_taken_out_of_the_ledger_is_noticed(planted):
    begun(planted, contact(planted))
    begun(planted)
    first, second = ledger.path().read_text().splitlines()
    for text in (second, f"{first}\n{second.replace('employee', 'account')}", f"{first}\n{json.dumps({})}"):
        ledger.path().write_text(text + "\n")
        with pytest.raises(ledger.LedgerDamaged):
            ledger.lines()


def test_the_key_is_destroyed_at_once(planted):
    with tenant(planted.organization):
        sealed = vault.seal(planted.organization.pk, planted.employee.pk, "test.note", MARKER.encode())
        assert vault.open_sealed("test.note", sealed) == MARKER.encode()
    begun(planted)
    with tenant(planted.organization):
        assert vault.open_sealed("test.note", sealed) is None


def test_others_hear_of_it(planted, monkeypatch):
    heard = []
    monkeypatch.setitem(events._handlers, SubjectErased, [heard.append])
    done = begun(planted)
    assert [(each.kind, each.employee_id, each.pseudonym) for each in heard] == [
        ("employee", planted.employee.pk, done.pseudonym)
    ]


def test_who_may_not_is_refused_and_nothing_happens(planted):
    with tenant(planted.organization):
        plan = plan_for(subjects.of_employee(planted.employee))
        with pytest.raises(Forbidden):
            erase(people.actor(people.employee("路人", roles=["rep"])), plan, now=clock.now())
        boss = planted.rows["colleague"]
        with pytest.raises(Refusal, match="oneself"):
            erase(people.actor(boss), plan_for(subjects.of_employee(boss)), now=clock.now())
    assert ledger.lines() == []
    begun(planted)
    with pytest.raises(Conflict, match="erasure_under_way"):
        begun(planted)


def test_a_contact_outside_is_found_however_the_number_is_written(planted):
    carried_out(planted, begun(planted, contact(planted)))
    with tenant(planted.organization):
        customer = Customer.objects.get(pk=planted.rows["customers.Customer"].pk)
        assert (customer.contact_name, customer.contact_phone) == ("", "")
        assert customer.version == planted.rows["customers.Customer"].version + 1
        assert CONTACT_PHONE not in json.dumps(list(Entry.objects.values_list("changes", flat=True)))


def test_a_step_left_out_would_be_seen(planted, monkeypatch):
    """The twin: whatever model is forgotten, the search finds what is left of it."""
    left_out = {"visits.visit:employee", "sync.holding:device_id", "sessions.session:session_data"}
    whole = steps.step_names
    monkeypatch.setattr(
        steps, "step_names", lambda subject: [each for each in whole(subject) if each not in left_out]
    )
    monkeypatch.setattr(working, "_left", lambda subject, on: {"held": 0, "kept": []})
    erased(planted)
    assert set(left(planted)) == {"visits_visit", "sync_holding"}
    assert any(session.get_decoded().get("seen") == MARKER for session in Session.objects.all())


def totals(planted):
    with tenant(planted.organization):
        return {
            "visits": Visit.objects.count(),
            "photos": sum(Visit.objects.values_list("photo_count", flat=True)),
            "planned": PlannedVisit.objects.count(),
            "customers": Customer.objects.count(),
            "trail": Entry.objects.exclude(action__startswith="erasure").count(),
            "ledger": ConsentEntry.objects.count(),
        }


@dataclass
class Over:
    """An erasure that is done, and what there was before."""

    planted: Planted
    done: Erasure
    totals: dict[str, int]
    about: Entry  # a line of the trail that named the person
    namesake: Employee
    elsewhere: Employee  # the same account's, in another organization


def when_over(planted):
    with tenant(planted.organization):
        namesake = people.employee(planted.employee.name)
        about = Entry.objects.get(action="test.speak", target_id=planted.employee.pk)
    elsewhere, before = second_employment(planted), totals(planted)
    return Over(planted, erased(planted), before, about, namesake, elsewhere)


def second_employment(planted):
    organization, account = people.organization("别家"), planted.employee.account_id
    with tenant(organization):
        found = Employee.objects.create(name="同一个人", mobile=MOBILE, account_id=account, status="active")
        Affiliation.objects.create(account_id=account, organization=organization, employee_id=found.pk)
    return found


@pytest.fixture(scope="class")
def standing_over(standing_canary, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("erased")
    with standing(when_over, blocker=django_db_blocker, folder=folder, on=standing_canary) as scene:
        yield scene


@pytest.fixture
def over(standing_over, db, data_folder):
    return standing_over.played(data_folder)


class TestAfterwards:
    @pytest.mark.clause("C6.4-06")
    def test_totals_stay_and_the_author_is_unreadable(self, over):
        before, after = over.totals, totals(over.planted)
        assert after.pop("trail") >= before.pop("trail")
        assert after == before
        with tenant(over.planted.organization):
            author = Visit.objects.get(pk=over.planted.rows["visits.Visit"].pk).employee
            assert author.name == over.done.pseudonym
            assert (author.mobile, author.email, author.account, author.number) == ("", "", None, "")

    def test_the_trail_still_verifies_and_still_finds_alterations(self, over):
        with tenant(over.planted.organization):
            seal(over.planted.organization.pk)
            Head.objects.all().delete()  # the planted one was signed by nobody
            assert trail.verified().holds
            words = Entry.objects.filter(erased__isnull=False).exclude(sequence=None).first()
            Entry.objects.filter(pk=words.pk).update(actor_name="somebody else")
            (found,) = trail.verified().breaks
            assert (found.sequence, found.kind) == (words.sequence, "altered")

    def test_nobody_guesses_an_erased_word_from_its_digest(self, over):
        """The salt is gone with the words: a digest over the right guess does not come out the same."""
        guess = over.about
        with tenant(over.planted.organization):
            assert bytes(guess.digest) == digest_of(guess)
            guess.salt = Entry.objects.get(pk=guess.pk).salt
            assert bytes(guess.digest) != digest_of(guess)

    def test_the_proof_says_what_and_when_and_not_who(self, over):
        done = over.done
        told = json.dumps(done.proof)
        assert MARKER not in told
        assert str(over.planted.employee.pk) not in told
        assert done.proof["rows"]["visits.visit:employee"] == 1
        assert done.proof["key_destroyed"] is True
        assert {each["model"] for each in done.proof["kept"]} >= {"privacy.ConsentEntry"}
        assert proof.is_genuine(done.proof, done.signature)
        assert not proof.is_genuine({**done.proof, "kind": "contact"}, done.signature)
        assert (done.subject_id, done.account_id, done.match) == (None, None, {})

    def test_a_colleague_of_the_same_name_keeps_theirs(self, over):
        with tenant(over.planted.organization):
            assert Employee.objects.get(pk=over.namesake.pk).name.startswith(MARKER)

    def test_an_account_of_two_organizations_stays_with_the_other(self, over):
        assert Account.objects.filter(mobile=MOBILE).exists()
        with tenant(over.elsewhere.organization):
            assert Employee.objects.get(pk=over.elsewhere.pk).name == "同一个人"
