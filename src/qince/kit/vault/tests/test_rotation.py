"""Exchanging keys, and bringing them back from a copy."""

import shutil
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from qince.kit.vault import api, operator
from qince.kit.vault import rotation as exchange
from qince.kit.vault.errors import SubjectErased
from qince.kit.vault.merging import bring_back
from qince.kit.vault.ring import ITSELF, Ring, ring
from qince.kit.vault.store import Moved

ORGANIZATION, LABEL = uuid4(), "visits.visit.distance_m"


@pytest.fixture
def sealed():
    """(subject, sealed value) of three people."""
    people = [uuid4() for _ in range(3)]
    return [(each, api.seal(ORGANIZATION, each, LABEL, b"480")) for each in people]


def readable(sealed, at=None):
    held = at or ring()
    return [held.for_reading(value[1:17]) is not None for _subject, value in sealed]


def wrapped(held):
    return [key.wrapped for key in held.store().all_subjects(ORGANIZATION)], held.store().organizations()


def test_both_kinds_of_keys_are_exchanged_and_everything_still_opens(sealed, folder, capsys):
    digest, old_operator = api.digest(ORGANIZATION, "mobile", "1"), (folder / "operator.key").read_text()
    before = wrapped(ring())
    call_command("rotate_keys")
    told = capsys.readouterr().out
    assert "1 organization keys wrapped anew" in told
    assert f"organization {ORGANIZATION}: 4 keys wrapped anew" in told
    assert (folder / "operator.key").read_text() != old_operator
    assert not (folder / "operator.key.next").exists()
    after = wrapped(ring())
    assert not set(before[0]) & set(after[0])
    assert [api.open_sealed(LABEL, value) for _s, value in sealed] == [b"480"] * 3
    assert [Ring(folder).for_reading(value[1:17]) is not None for _s, value in sealed] == [True] * 3
    assert api.digest(ORGANIZATION, "mobile", "1") == digest


def test_an_exchange_cut_short_before_the_store_changed_is_as_if_it_had_not_begun(
    sealed, folder, monkeypatch
):
    def cut(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(type(ring().store()), "rewrap_organizations", cut)
    with pytest.raises(KeyboardInterrupt):
        exchange.rotate_operator(ring())
    monkeypatch.undo()
    assert (folder / "operator.key.next").exists()
    assert readable(sealed, Ring(folder)) == [True] * 3
    exchange.rotate_operator(ring())
    assert readable(sealed, Ring(folder)) == [True] * 3


def test_an_exchange_cut_short_after_the_store_changed_is_finished_by_the_next(sealed, folder, monkeypatch):
    monkeypatch.setattr(exchange, "_settle", lambda held: None)
    exchange.rotate_operator(ring())
    monkeypatch.undo()
    assert (folder / "operator.key.next").exists()
    assert readable(sealed, Ring(folder)) == [True] * 3
    exchange.rotate_operator(ring())
    assert not (folder / "operator.key.next").exists()
    assert readable(sealed, Ring(folder)) == [True] * 3


def test_a_key_made_while_its_organizations_is_exchanged_can_be_opened(sealed, folder):
    """Without the store's question, it would be wrapped by a key that is no more."""
    slow = Ring(folder)
    owner = slow.owner(ORGANIZATION)
    exchange.rotate_organization(ring(), ORGANIZATION)
    with pytest.raises(Moved):
        slow.store().add_subjects(ORGANIZATION, owner.wrapped, [])
    key = slow.for_writing(ORGANIZATION, new := uuid4())
    assert Ring(folder).for_writing(ORGANIZATION, new).secret == key.secret


def test_an_operator_key_from_the_environment_needs_its_successor_there(sealed, settings, folder, capsys):
    settings.OPERATOR_KEY = (folder / "operator.key").read_text().strip()
    with pytest.raises(CommandError, match="QINCE_NEW_OPERATOR_KEY"):
        call_command("rotate_keys", "--operator")
    settings.NEW_OPERATOR_KEY = operator.new()
    call_command("rotate_keys", "--operator")
    settings.OPERATOR_KEY = settings.NEW_OPERATOR_KEY
    assert readable(sealed, Ring(folder)) == [True] * 3


def test_an_organization_without_a_key_is_told(folder):
    with pytest.raises(CommandError, match="has no key"):
        call_command("rotate_keys", "--organization", str(uuid4()))


# --- Copies ---------------------------------------------------------------------------------------


@pytest.fixture
def copy(sealed, folder, tmp_path):
    """The store as it was, with its operator's key."""
    ring().store().connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    target = tmp_path / "copy"
    target.mkdir(mode=0o700)
    for name in ("keys.sqlite", "operator.key"):
        shutil.copy(folder / name, target / name)
    return target


def test_a_copy_fills_a_new_folder(sealed, copy, tmp_path):
    new = Ring(tmp_path / "new" / "keys")
    assert readable(sealed, new) == [False] * 3
    assert bring_back(new, copy).added == 3
    assert readable(sealed, new) == [True] * 3


def test_what_was_destroyed_here_is_not_brought_back(sealed, copy):
    api.destroy_subject(ORGANIZATION, sealed[0][0])
    call_command("rotate_keys")
    merged = bring_back(ring(), copy)
    assert (merged.added, merged.destroyed) == (0, 1)
    assert [api.open_sealed(LABEL, value) for _s, value in sealed] == [None, b"480", b"480"]
    with pytest.raises(SubjectErased):
        api.seal(ORGANIZATION, sealed[0][0], LABEL, b"1")


def test_a_destroyed_organization_is_not_brought_back(sealed, copy):
    api.destroy_organization(ORGANIZATION)
    assert bring_back(ring(), copy).destroyed == 3
    assert readable(sealed) == [False] * 3


def test_what_was_destroyed_in_the_copy_is_destroyed_here_too(sealed, copy, tmp_path):
    Ring(copy, is_copy=True).store().destroy_subject(ORGANIZATION, sealed[0][0], uuid4().bytes)
    bring_back(ring(), copy)
    assert api.is_destroyed(ORGANIZATION, sealed[0][0])
    assert readable(sealed) == [False, True, True]


def test_keys_made_meanwhile_stand_beside_those_brought_back_and_go_with_them(
    sealed, copy, tmp_path, settings
):
    settings.DATA = tmp_path / "elsewhere"
    subject, old = sealed[0]
    new = api.seal(ORGANIZATION, subject, LABEL, b"new")
    bring_back(ring(), copy)
    assert [api.open_sealed(LABEL, each) for each in (old, new)] == [b"480", b"new"]
    assert api.subject_count(ORGANIZATION) == 3
    assert api.seal(ORGANIZATION, subject, LABEL, b"x")[1:17] == new[1:17]
    assert api.destroy_subject(ORGANIZATION, subject)
    assert [api.open_sealed(LABEL, each) for each in (old, new)] == [None, None]
    assert subject != ITSELF
