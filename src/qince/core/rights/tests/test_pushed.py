"""Pushed information: none, nothing personalised, or chosen for me; obeyed where letters are written (C6.5-04)."""

import pytest

from qince.core.letters import registry
from qince.core.letters.actions import Addressee, send
from qince.core.letters.models import Letter
from qince.core.letters.registry import FREE, FREE_MANDATORY, Kind
from qince.core.people.tests import factories as people
from qince.core.rights.actions import own
from qince.kit import clock

NOW = clock.now()
TEXT = {"title": "活动", "body": "欢迎参加"}


@pytest.fixture
def kinds(monkeypatch):
    """Two personalised kinds beside ours: by whom it is for, and by what it says."""
    chosen = Kind("test.chosen", "%(title)s", "%(body)s", "", False, is_personalised=True)
    said = Kind("test.said", "%(title)s", "%(body)s %(near)s", "", False, personal_values=("near",))
    for each in (chosen, said):
        monkeypatch.setitem(registry.kinds, each.code, each)


@pytest.fixture
def three(inside):
    """Somebody of each choice, somebody who never chose, and who writes."""
    found = {name: people.employee(name) for name in ("personal", "general", "none", "silent")}
    for name in ("personal", "general", "none"):
        own.choose_pushed(people.actor(found[name]), now=NOW, pushed=name)
    return found, people.actor(people.employee("老板", roles=["administrator"]))


def written(three, kind, **values):
    """Who got it, with its text."""
    everybody, boss = three
    to = [Addressee(employee_id=each.pk) for each in everybody.values()]
    letters = send(boss, to=to, kind=kind, values={**TEXT, **values}, channels=("app", "sms"), now=NOW)
    assert Letter.objects.filter(kind=kind).count() == len(letters)
    return {letter.employee.name: letter.rendered.body for letter in letters}


@pytest.mark.clause("C6.5-04")
def test_who_wants_none_gets_no_optional_letter_and_every_mandatory_one(three):
    assert set(written(three, FREE)) == {"personal", "general", "silent"}
    assert set(written(three, FREE_MANDATORY)) == {"personal", "general", "none", "silent"}


@pytest.mark.clause("C6.5-04")
def test_without_personal_traits_neither_the_choice_nor_the_words_are_personal(three, kinds):
    assert set(written(three, "test.chosen")) == {"personal"}
    assert written(three, "test.said", near="就在您常去的店") == {
        "personal": "欢迎参加 就在您常去的店", "general": "欢迎参加 ", "silent": "欢迎参加 ",
    }  # fmt: skip


def test_changing_ones_mind_counts_from_then_on(three):
    own.choose_pushed(people.actor(three[0]["none"]), now=NOW, pushed="general")
    assert "none" in written(three, FREE)


def test_somebody_outside_has_made_no_choice(three):
    letters = send(
        three[1], to=[Addressee(name="赵老板", mobile="13900001111")], kind=FREE, values=TEXT, now=NOW
    )
    assert len(letters) == 1


def test_what_is_owed_cannot_be_declared_personalised():
    with pytest.raises(ValueError, match="owed to everybody"):
        registry.kind("test.both", title="", body="", is_mandatory=True, is_personalised=True)
