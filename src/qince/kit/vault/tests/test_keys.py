"""Keys: made once, wrapped, destroyed for good and everywhere at once."""

import os
import subprocess
import sys
import textwrap
import threading
from uuid import uuid4

import pytest
from django.conf import settings as django_settings
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from qince.kit.vault import api, operator
from qince.kit.vault.errors import Damaged, OperatorKeyProblem, SubjectErased
from qince.kit.vault.ring import Ring, ring

ORGANIZATION, SUBJECT, LABEL = uuid4(), uuid4(), "visits.visit.distance_m"
STORES = ("keys.sqlite", "keys.sqlite-wal")


def kept_bytes(folder):
    return b"".join((folder / name).read_bytes() for name in STORES if (folder / name).exists())


def in_another_process(*lines):
    """Run `lines` in a process of its own on the same key folder; what they print."""
    code = (
        "import django; django.setup()\nfrom uuid import UUID\nfrom qince.kit.vault import api\n"
        + "\n".join(lines)
    )
    root = django_settings.ROOT
    env = os.environ | {
        "QINCE_DATA": str(django_settings.DATA), "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": f"{root}{os.pathsep}{root / 'src'}",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], env=env, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@given(st.binary(max_size=200), st.text(min_size=1, max_size=40))
@effort(max_examples=200, deadline=None)
def test_any_bytes_come_back(data, label):
    assert api.open_sealed(label, api.seal(ORGANIZATION, SUBJECT, label, data)) == data


@given(st.binary(min_size=1, max_size=40), st.data())
@effort(max_examples=300, deadline=None)
def test_any_flipped_bit_is_refused(data, draw):
    """Within the key's id it names a key nobody has, which reads as absent; anywhere else it is damage."""
    sealed = bytearray(api.seal(ORGANIZATION, SUBJECT, LABEL, data))
    at = draw.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= 1 << draw.draw(st.integers(0, 7))
    if 1 <= at <= 16:
        assert api.open_sealed(LABEL, bytes(sealed)) is None
    else:
        with pytest.raises(Damaged):
            api.open_sealed(LABEL, bytes(sealed))


@given(st.binary(max_size=44))
def test_what_was_never_sealed_is_refused(data):
    with pytest.raises(Damaged):
        api.open_sealed(LABEL, data)


def test_a_value_opens_only_in_its_own_column():
    sealed = api.seal(ORGANIZATION, SUBJECT, "visits.visit.distance_m", b"480")
    with pytest.raises(Damaged):
        api.open_sealed("visits.visit.reason", sealed)


def test_a_value_does_not_open_under_another_persons_key():
    mine, other = (api.seal(ORGANIZATION, subject, LABEL, b"480") for subject in (SUBJECT, uuid4()))
    with pytest.raises(Damaged):
        api.open_sealed(LABEL, other[:17] + mine[17:])


def test_inside_an_organization_anothers_values_do_not_open(organization):
    from qince.kit.tenancy import tenant

    sealed = api.seal(uuid4(), SUBJECT, LABEL, b"480")
    assert api.open_sealed(LABEL, sealed) == b"480"
    with tenant(organization), pytest.raises(Damaged):
        api.open_sealed(LABEL, sealed)


# --- Destroying -----------------------------------------------------------------------------------


def test_a_destroyed_key_opens_nothing_and_is_never_made_again():
    sealed = api.seal(ORGANIZATION, SUBJECT, LABEL, b"480")
    assert not api.is_destroyed(ORGANIZATION, SUBJECT)
    assert [api.destroy_subject(ORGANIZATION, SUBJECT) for _ in range(2)] == [True, False]
    assert api.is_destroyed(ORGANIZATION, SUBJECT)
    assert api.open_sealed(LABEL, sealed) is None
    with pytest.raises(SubjectErased):
        api.seal(ORGANIZATION, SUBJECT, LABEL, b"481")
    assert api.subject_count(ORGANIZATION) == 0


def test_a_subject_without_a_key_gets_none_once_erased():
    assert not api.destroy_subject(ORGANIZATION, SUBJECT)
    assert api.is_destroyed(ORGANIZATION, SUBJECT)
    with pytest.raises(SubjectErased):
        api.seal(ORGANIZATION, SUBJECT, LABEL, b"1")


def test_destroying_leaves_no_trace_of_the_wrapped_key(folder):
    keys = api.seal(ORGANIZATION, SUBJECT, LABEL, b"1"), api.seal(ORGANIZATION, uuid4(), LABEL, b"1")
    wrapped, others = (ring().store().by_id(each[1:17]).wrapped for each in keys)
    assert wrapped in kept_bytes(folder)
    api.destroy_subject(ORGANIZATION, SUBJECT)
    assert wrapped not in kept_bytes(folder)
    assert others in kept_bytes(folder)


def test_an_organization_is_destroyed_with_all_its_subjects():
    api.digest(ORGANIZATION, "mobile", "13800000000")
    mine = [api.seal(ORGANIZATION, uuid4(), LABEL, b"1") for _ in range(3)]
    elsewhere = api.seal(other := uuid4(), SUBJECT, LABEL, b"2")
    assert [api.destroy_organization(ORGANIZATION) for _ in range(2)] == [3, 0]
    assert [api.open_sealed(LABEL, each) for each in [*mine, elsewhere]] == [None, None, None, b"2"]
    assert api.is_destroyed(ORGANIZATION, uuid4())
    for act in (
        lambda: api.seal(ORGANIZATION, uuid4(), LABEL, b"1"),
        lambda: api.digest(ORGANIZATION, "a", "b"),
    ):
        with pytest.raises(SubjectErased):
            act()
    assert not api.is_destroyed(other, SUBJECT)


def test_a_key_destroyed_in_another_process_is_gone_here_at_once():
    sealed = api.seal(ORGANIZATION, SUBJECT, LABEL, b"480")
    assert api.open_sealed(LABEL, sealed) == b"480"  # unwrapped and in memory now
    told = in_another_process(
        f"print(api.open_sealed({LABEL!r}, {sealed!r}))",
        f"print(api.destroy_subject(UUID({str(ORGANIZATION)!r}), UUID({str(SUBJECT)!r})))",
    )
    assert told == "b'480'\nTrue"
    assert api.open_sealed(LABEL, sealed) is None
    with pytest.raises(SubjectErased):
        api.seal(ORGANIZATION, SUBJECT, LABEL, b"480")


def test_a_ring_that_did_not_look_would_still_open(monkeypatch):
    """The planted twin: without the question for the store's version the destroyed key would live on in memory."""
    sealed = api.seal(ORGANIZATION, SUBJECT, LABEL, b"480")
    monkeypatch.setattr(Ring, "current", lambda self: self.keys)
    in_another_process(f"api.destroy_subject(UUID({str(ORGANIZATION)!r}), UUID({str(SUBJECT)!r}))")
    assert api.open_sealed(LABEL, sealed) == b"480"


def test_threads_see_each_others_destruction():
    sealed = api.seal(ORGANIZATION, SUBJECT, LABEL, b"480")
    seen, go, done = [], threading.Event(), threading.Event()

    def read():
        seen.append(api.open_sealed(LABEL, sealed))
        done.set()
        go.wait(10)
        seen.append(api.open_sealed(LABEL, sealed))

    reader = threading.Thread(target=read)
    reader.start()
    done.wait(10)
    api.destroy_subject(ORGANIZATION, SUBJECT)
    go.set()
    reader.join(10)
    assert seen == [b"480", None]


# --- Making ---------------------------------------------------------------------------------------


def test_threads_that_need_the_same_new_key_get_one():
    start, sealed = threading.Barrier(8), []

    def write():
        start.wait(10)
        sealed.append(api.seal(ORGANIZATION, SUBJECT, LABEL, b"1"))

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len({each[1:17] for each in sealed}) == 1
    assert [api.open_sealed(LABEL, each) for each in sealed] == [b"1"] * 8


def test_many_keys_are_made_in_one_transaction(folder):
    changes = ring().store().connection.total_changes
    subjects = [uuid4() for _ in range(2000)]
    commits = []
    ring().store().connection.set_trace_callback(
        lambda sql: commits.append(sql) if sql.startswith("COMMIT") else None
    )
    assert api.make_keys(ORGANIZATION, subjects) == api.subject_count(ORGANIZATION) == 2000
    assert len(commits) == 2  # the organization's key, then all the others
    assert (
        ring().store().connection.total_changes - changes == 2002
    )  # the operator's proof and one organization too


def test_the_folder_and_its_files_are_private(folder):
    api.seal(ORGANIZATION, SUBJECT, LABEL, b"1")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o077 for path in folder.iterdir()} == {
        "operator.key": 0, "keys.sqlite": 0, "keys.sqlite-wal": 0, "keys.sqlite-shm": 0,
    }  # fmt: skip


def test_no_key_is_kept_unwrapped(folder):
    key = ring().for_writing(ORGANIZATION, SUBJECT)
    assert key.secret not in kept_bytes(folder)


# --- The operator's key ---------------------------------------------------------------------------


def test_another_operator_key_opens_nothing_and_says_so(settings, folder):
    sealed = api.seal(ORGANIZATION, SUBJECT, LABEL, b"1")
    settings.OPERATOR_KEY = operator.new()
    with pytest.raises(OperatorKeyProblem, match="no operator key opens"):
        Ring(folder).for_reading(sealed[1:17])


def test_a_lost_operator_key_is_not_replaced_by_a_new_one(folder):
    api.seal(ORGANIZATION, SUBJECT, LABEL, b"1")
    (folder / operator.FILE).unlink()
    with pytest.raises(OperatorKeyProblem):
        Ring(folder).for_writing(ORGANIZATION, uuid4())


def test_the_operator_key_may_come_from_the_environment(settings, folder):
    settings.OPERATOR_KEY = operator.new()
    assert api.open_sealed(LABEL, api.seal(ORGANIZATION, SUBJECT, LABEL, b"1")) == b"1"
    assert not (folder / operator.FILE).exists()


@pytest.mark.parametrize("text", ["short", "x" * 43 + "!", "ü" * 43])
def test_a_malformed_operator_key_is_refused(settings, text):
    settings.OPERATOR_KEY = text
    with pytest.raises(OperatorKeyProblem, match="32 bytes"):
        api.seal(ORGANIZATION, SUBJECT, LABEL, b"1")


# --- Digests --------------------------------------------------------------------------------------


def test_a_digest_agrees_for_equal_texts_of_one_kind_and_organization_only():
    first = api.digest(ORGANIZATION, "mobile", "13800000000")
    assert first == api.digest(ORGANIZATION, "mobile", "13800000000") != ""
    assert len({
        first, api.digest(ORGANIZATION, "email", "13800000000"), api.digest(ORGANIZATION, "mobile", "13800000001"),
        api.digest(uuid4(), "mobile", "13800000000"),
    }) == 4  # fmt: skip
    assert api.subject_count(ORGANIZATION) == 0
