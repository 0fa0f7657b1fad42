"""The ring: keys this process has unwrapped, forgotten the moment any process changes the key store.

Every thread has a connection of its own. Before a key is used the thread asks its connection for the store's version;
where that moved, the keys in memory are dropped and read again. So a destroyed key is gone everywhere at once.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from qince.kit.ids import uuid7
from qince.kit.vault import codec, operator
from qince.kit.vault.errors import Damaged, OperatorKeyProblem, SubjectErased
from qince.kit.vault.store import Held, LocalKeyStore

# The organization's own key among its subjects': for keyed digests. No person has this id.
ITSELF = UUID(int=0)
_PROOF = b"qince key store"
MOST = 20_000  # keys in memory


class Key:
    """An unwrapped key, ready for use."""

    __slots__ = ("cipher", "organization", "organization_id", "prefix", "secret", "subject_id")

    def __init__(self, held: Held, secret: bytes) -> None:
        self.secret, self.cipher = secret, AESGCM(secret)
        self.prefix = codec.VERSION + held.id
        self.organization_id, self.subject_id = held.organization, held.subject
        self.organization = held.organization.bytes


class _Keys:
    """What was read of one state of the store. Replaced as a whole, so a late reader never puts an old key back."""

    __slots__ = ("by_id", "by_subject", "organizations")

    def __init__(self) -> None:
        self.by_subject: dict[tuple[UUID, UUID], Key | None] = {}
        self.by_id: dict[bytes, Key | None] = {}
        self.organizations: dict[UUID, AESGCM | None] = {}


class _Mine(threading.local):
    """A thread's own: its connection, the version it saw, and whether it has just looked."""

    store: LocalKeyStore | None = None
    seen = -1
    steady = 0


class Ring:
    def __init__(self, folder: Path) -> None:
        self.folder, self.keys, self.mine = folder, _Keys(), _Mine()
        self.operator: AESGCM | None = None

    # --- Looking ---

    def store(self) -> LocalKeyStore:
        """This thread's connection, opened at first use."""
        if self.mine.store is None:
            self.mine.store = LocalKeyStore(self.folder)
            self.mine.seen = self.mine.store.version()
            self.forget()  # what other threads read may be of an earlier version
        return self.mine.store

    def current(self) -> _Keys:
        """The keys in memory, after asking whether they still hold."""
        mine = self.mine
        if mine.store is None:
            self.store()
        elif not mine.steady and (version := mine.store.version()) != mine.seen:
            mine.seen = version
            self.forget()
        return self.keys

    def forget(self) -> None:
        self.keys, self.operator = _Keys(), None

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Ask once for all that is done inside: for many values sealed or opened in one go."""
        self.current()
        self.mine.steady += 1
        try:
            yield
        finally:
            self.mine.steady -= 1

    # --- Keys ---

    def for_writing(self, organization: UUID, subject: UUID) -> Key:
        """The subject's key, made when it has none. Raises `SubjectErased` once it was destroyed."""
        keys = self.current()
        try:
            found = keys.by_subject[organization, subject]
        except KeyError:
            found = self.make(organization, [subject])[subject]
        if found is None:
            raise SubjectErased(f"the key of subject {subject} was destroyed; nothing can be written for it")
        return found

    def make(self, organization: UUID, subjects: Sequence[UUID]) -> dict[UUID, Key | None]:
        """The keys of many subjects, missing ones made in one transaction; None for those destroyed."""
        keys, store = self.current(), self.store()
        cipher = self._organization(organization, keys, make=True)
        found = {held.subject: held for held in store.subjects(organization, subjects)}
        missing = [subject for subject in dict.fromkeys(subjects) if subject not in found]
        if missing and cipher is not None:
            store.add_subjects(_new(cipher, organization, subject) for subject in missing)
            found |= {held.subject: held for held in store.subjects(organization, missing)}
        return {subject: self._remember(found.get(subject), cipher, keys) for subject in subjects}

    def for_reading(self, key_id: bytes) -> Key | None:
        """The key of that id; None when it was destroyed, or is not in this store."""
        keys = self.current()
        if key_id in keys.by_id:
            return keys.by_id[key_id]
        held = self.store().by_id(key_id)
        if held is None or held.wrapped is None:
            keys.by_id[key_id] = None
            return None
        return self._remember(held, self._organization(held.organization, keys, make=False), keys)

    def _remember(self, held: Held | None, organization: AESGCM | None, keys: _Keys) -> Key | None:
        if held is None:
            return None
        if len(keys.by_id) > MOST:
            self.forget()
        key = None
        if held.wrapped is not None and organization is not None:
            binding = codec.for_subject(held.organization, held.subject, held.id)
            key = Key(held, codec.unwrapped(organization, held.wrapped, *binding))
        keys.by_subject[held.organization, held.subject] = keys.by_id[held.id] = key
        return key

    def _organization(self, organization: UUID, keys: _Keys, *, make: bool) -> AESGCM | None:
        """The organization's key; None once destroyed (or where there is none and none shall be made)."""
        if organization in keys.organizations:
            return keys.organizations[organization]
        store = self.store()
        found = store.organization(organization)
        if found is None:
            if not make:
                return None
            fresh = codec.wrapped(
                self._operator(), os.urandom(codec.KEY_BYTES), *codec.for_organization(organization)
            )
            store.add_organization(organization, fresh)
            found = store.organization(organization)
        cipher = None
        if found and found[0] is not None:
            secret = codec.unwrapped(self._operator(), found[0], *codec.for_organization(organization))
            cipher = AESGCM(secret)
        keys.organizations[organization] = cipher
        return cipher

    # --- The operator's key ---

    def _operator(self) -> AESGCM:
        if self.operator is None:
            self.operator = AESGCM(self.operator_secret())
        return self.operator

    def operator_secret(self) -> bytes:
        """The key that opens this store; made, with the store's proof of it, when the store is new."""
        store = self.store()
        proof = store.proof()
        if proof is None and not operator.candidates(self.folder):
            operator.make(self.folder)
        for secret in operator.candidates(self.folder):
            if proof is None:
                proof = store.set_proof(proof_of(secret))
            if opens(secret, proof):
                return secret
        raise OperatorKeyProblem(
            f"no operator key opens {store.path}: set QINCE_OPERATOR_KEY, or put {operator.FILE} beside it"
        )


def proof_of(secret: bytes) -> bytes:
    """A known text sealed by the operator's key: tells the right key from a wrong one before anything is read."""
    return codec.wrapped(AESGCM(secret), _PROOF, b"proof")


def opens(secret: bytes, proof: bytes) -> bool:
    try:
        return codec.unwrapped(AESGCM(secret), proof, b"proof") == _PROOF
    except Damaged:
        return False


def _new(cipher: AESGCM, organization: UUID, subject: UUID) -> Held:
    key = uuid7().bytes
    binding = codec.for_subject(organization, subject, key)
    return Held(key, organization, subject, codec.wrapped(cipher, os.urandom(codec.KEY_BYTES), *binding))


_rings: dict[Path, Ring] = {}
_abandoned: list[dict[Path, Ring]] = []


def ring() -> Ring:
    """The ring of this installation's key folder."""
    data = settings.DATA
    try:
        return _rings[data]
    except KeyError:
        return _rings.setdefault(data, Ring(data / "keys"))


def _leave_to_the_parent() -> None:
    """A child process must neither use nor close its parent's connections."""
    _abandoned.append(dict(_rings))
    _rings.clear()


os.register_at_fork(after_in_child=_leave_to_the_parent)
