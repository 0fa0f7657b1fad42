"""The trail: who sees it, and that no alteration goes unnoticed."""

import random
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from qince.core.audit import heads, queries
from qince.core.audit.actions import seal
from qince.core.audit.chain import digest_of, link_of, verify
from qince.core.audit.models import Entry, Head
from qince.core.people.tests import factories
from qince.core.privacy.registry import Kind, declared
from qince.kit import clock
from qince.kit.action import action, note
from qince.kit.tenancy import tenant

NOW = clock.now()


@action("test.rename", permission=None)
def rename(actor, *, employee, name):
    note(employee, name=(employee.name, name))


@pytest.fixture
def trail(inside):
    """Forty sealed acts of one employee."""
    employee = factories.employee("王芳", roles=["administrator"])
    for number in range(40):
        rename(factories.actor(employee), employee=employee, name=f"王芳{number}")
    seal(inside.pk)
    return employee


def entries():
    return list(Entry.objects.filter(sequence__isnull=False).order_by("sequence"))


ALTERATIONS = {
    "actor": lambda rows, i, pick: setattr(rows[i], "actor_name", f"x{pick.random()}"),
    "act": lambda rows, i, pick: setattr(rows[i], "action", f"x.{pick.randrange(10**6)}"),
    "time": lambda rows, i, pick: setattr(rows[i], "at", rows[i].at + timedelta(microseconds=1)),
    "changes": lambda rows, i, pick: setattr(rows[i], "changes", {"name": ["王芳", f"{pick.random()}"]}),
    "target": lambda rows, i, pick: setattr(rows[i], "target_id", rows[i - 1].pk),
    "digest": lambda rows, i, pick: setattr(rows[i], "digest", pick.randbytes(32)),
    "link": lambda rows, i, pick: setattr(rows[i], "link", pick.randbytes(32)),
    "removed": lambda rows, i, pick: rows.pop(i),
    "swapped": lambda rows, i, pick: _swap(rows, i),
    "rewritten": lambda rows, i, pick: _rewrite(rows, i, pick, relink=False),
    "relinked": lambda rows, i, pick: _rewrite(rows, i, pick, relink=True),
}  # fmt: skip


def _swap(rows, i):
    rows[i].sequence, rows[i + 1].sequence = rows[i + 1].sequence, rows[i].sequence
    rows[i], rows[i + 1] = rows[i + 1], rows[i]


def _rewrite(rows, i, pick, *, relink):
    """Somebody who knows the format: content, digest, perhaps even the link are made to fit each other."""
    rows[i].actor_name = f"x{pick.random()}"
    rows[i].digest = digest_of(rows[i])
    if relink:
        rows[i].link = link_of(bytes(rows[i - 1].link), rows[i].sequence, bytes(rows[i].digest))


def test_a_hundred_random_alterations_are_all_found(trail):
    pick = random.Random(20261123)
    assert not list(verify(entries()))
    for number in range(100):
        rows = entries()
        kind = pick.choice(sorted(ALTERATIONS))
        ALTERATIONS[kind](rows, pick.randrange(1, len(rows) - 1), pick)
        assert list(verify(rows)), f"alteration {number} ({kind}) went unnoticed"


def alterations(number, seed):
    """Each made to the database itself, found, and taken back (S12). Signed heads find a chain rewritten whole."""
    pick, missed = random.Random(seed), []
    for _number in range(number):
        rows = entries()
        kind = pick.choice([*sorted(DATABASE), "rewritten whole", "cut off", "forged head"])
        with transaction.atomic():
            _alter(kind, rows, pick)
            if queries.verified().holds:
                missed.append(kind)
            transaction.set_rollback(True)
    return missed


DATABASE = {
    "actor": ("actor_name", lambda pick: f"x{pick.random()}"),
    "act": ("action", lambda pick: f"x.{pick.randrange(10**6)}"),
    "changes": ("changes", lambda pick: {"name": [pick.random()]}),
    "target": ("target_id", lambda pick: uuid4()),
    "link": ("link", lambda pick: pick.randbytes(32)),
    "digest": ("digest", lambda pick: pick.randbytes(32)),
    "number": ("sequence", lambda pick: pick.randrange(1000, 10**6)),
}


def _alter(kind, rows, pick):
    i = pick.randrange(1, len(rows) - 1)
    if kind in DATABASE:
        name, make = DATABASE[kind]
        Entry.objects.filter(pk=rows[i].pk).update(**{name: make(pick)})
    elif kind == "cut off":
        Entry.objects.filter(sequence__gt=i).delete()
    elif kind == "forged head":
        Head.objects.update(sequence=i, link=bytes(rows[i - 1].link))
    else:  # by somebody who knows the format: everything from here on is made to fit
        rows[i].actor_name = f"x{pick.random()}"
        rows[i].digest = digest_of(rows[i])
        for at in range(i, len(rows)):
            rows[at].link = link_of(bytes(rows[at - 1].link), rows[at].sequence, bytes(rows[at].digest))
        Entry.objects.bulk_update(rows, ["actor_name", "digest", "link"])


@pytest.fixture
def signed(trail, inside):
    assert heads.sign(inside, now=NOW) is not None
    assert heads.sign(inside, now=NOW) is None  # once a day
    assert queries.verified().holds
    return trail


@pytest.mark.clause("C5.2-04")
def test_random_alterations_in_the_database_are_all_found(signed):
    assert alterations(200, 20261126) == []


@pytest.mark.full
def test_a_thousand_random_alterations_in_the_database_are_all_found(signed):
    assert alterations(1000, 20261127) == []


def test_without_its_head_a_chain_rewritten_whole_would_hold(trail, inside):
    """The planted twin: what only the signature finds."""
    _alter("rewritten whole", entries(), random.Random(1))
    assert queries.verified().holds


def test_signed_days_are_listed_and_exported(signed):
    browser = factories.browser(signed)
    assert "40" in browser.get("/audit/heads/").text
    exported = b"".join(browser.get("/audit/heads/export.csv").streaming_content).decode()
    assert bytes(Head.objects.get().link).hex() in exported


@action("test.renumber", permission=None)
def renumber(actor, *, employee, number):
    note(employee, number=(employee.number, number), position=("", "店长"))


@pytest.mark.clause("C2.2.3-05")
def test_of_a_sensitive_field_the_trail_keeps_digests_alone(inside, monkeypatch):
    """An identity number, planted as such: that it changed and to the same value shows, the numbers do not."""
    employee = factories.employee("王芳", number="320102199001011234")
    plain = declared.fields["people.employee.number"]
    monkeypatch.setitem(declared.fields, "people.employee.number", replace(plain, kind=Kind.SENSITIVE))
    actor = factories.actor(employee)
    renumber(actor, employee=employee, number="320102199001015678")
    renumber(actor, employee=employee, number="320102199001015678")
    first, second = Entry.objects.order_by("id")
    assert first.changes == second.changes
    old, new = first.changes["number"]
    assert (old[0], new[0]) == ("#", "#")
    assert old != new
    assert first.changes["position"] == ["", "店长"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM audit_entry t")
        assert "3201021990" not in cursor.fetchone()[0]
    seal(inside.pk)
    assert queries.verified().holds


@pytest.mark.clause("C5.1-07")
@pytest.mark.parametrize("change", ["actor_name = 'x'", "changes = '{}'", "sequence = 1000", "link = digest"])
def test_a_change_in_the_database_itself_is_found(trail, change):
    assert queries.verified().holds
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE audit_entry SET {change} WHERE sequence = 20")
    assert not queries.verified().holds


def test_a_trail_cut_off_at_its_end_is_found_by_a_head_noted_earlier(trail):
    head = queries.verified().head
    Entry.objects.filter(sequence__gt=30).delete()
    assert queries.verified().holds  # by itself a shorter chain is a chain
    assert [found.kind for found in queries.verified(expected_head=head).breaks] == ["cut_off"]


def test_an_entry_not_yet_sealed_is_checked_too(trail):
    rename(factories.actor(trail), employee=trail, name="新名")
    Entry.objects.filter(sequence__isnull=True).update(actor_name="somebody else")
    result = queries.verified()
    assert (result.unsealed, [found.kind for found in result.breaks]) == (1, ["altered"])


@pytest.mark.parametrize(("language", "words"), [("en", "The trail holds"), ("zh-hans", "")])
def test_the_pages_show_and_verify_the_trail(trail, language, words):
    browser = factories.browser(trail, language)
    entry = entries()[5]
    assert "王芳" in browser.get("/audit/").text
    assert "王芳5" in browser.get(f"/audit/{entry.pk}/").text
    answer = browser.post("/audit/verification/")
    assert answer.status_code == 200
    assert answer.context["result"].holds
    assert words in answer.text


def test_the_page_names_the_place_of_a_break(trail):
    Entry.objects.filter(sequence=7).update(actor_name="x")
    answer = factories.browser(trail).post("/audit/verification/")
    assert [found.sequence for found, _words in answer.context["breaks"]] == [7]


def test_a_manager_may_not_read_the_trail(inside):
    browser = factories.browser(factories.employee("陈晓东", roles=["manager"]))
    assert browser.get("/audit/").status_code == 403
    assert browser.post("/audit/verification/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_another_organizations_entry_does_not_exist():
    ours, theirs = factories.organization(), factories.organization("钟山食品")
    with tenant(theirs):
        employee = factories.employee("李娜", mobile="+8613800000001")
        rename(factories.actor(employee), employee=employee, name="x")
        entry = Entry.objects.get()
    with tenant(ours):
        browser = factories.browser(
            factories.employee("唐德胜", roles=["administrator"], mobile="+8613800000002")
        )
    assert browser.get(f"/audit/{entry.pk}/").status_code == 404
    assert "李娜" not in browser.get("/audit/").text


@pytest.mark.django_db(transaction=True)
def test_the_command_fails_when_a_trail_is_broken():
    organization = factories.organization()
    with tenant(organization):
        employee = factories.employee()
        for number in range(5):
            rename(factories.actor(employee), employee=employee, name=f"{number}")
    call_command("verify_audit")
    with tenant(organization):
        Entry.objects.filter(sequence=3).update(actor_name="x")
    with pytest.raises(CommandError):
        call_command("verify_audit")
