"""The ring: keys this process has unwrapped, forgotten the moment any process changes the key store.

Every thread has a connection of its own. Before a key is used the thread asks its connection for the store's version;
where that moved, the keys in memory are dropped and read again. So a destroyed key is gone everywhere at once.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from qince.kit.ids import uuid7
from qince.kit.vault import codec, openings, operator
from qince.kit.vault.errors import Damaged, OperatorKeyProblem, SubjectErased, VaultError
from qince.kit.vault.store import Held, LocalKeyStore, Moved

# The organization's own key among its subjects': for keyed digests. No person has this id.
ITSELF = UUID(int=0)
_PROOF = b"qince key store"
MOST = 20_000  # keys in memory
ATTEMPTS = 20


class Key:
    """An unwrapped key, ready for use."""

    __slots__ = ("cipher", "organization", "organization_id", "prefix", "secret", "subject_id")

    def __init__(self, held: Held, secret: bytes) -> None:
        self.secret, self.cipher = secret, AESGCM(secret)
        self.prefix = codec.VERSION + held.id
        self.organization_id, self.subject_id = held.organization, held.subject
        self.organization = held.organization.bytes


class Owner(NamedTuple):
    """An organization's key: ready for use, and as it is kept."""

    cipher: AESGCM
    wrapped: bytes


class _Keys:
    """What was read of one state of the store. Replaced as a whole, so a late reader never puts an old key back."""

    __slots__ = ("by_id", "by_subject", "organizations")

    def __init__(self) -> None:
        self.by_subject: dict[tuple[UUID, UUID], Key | None] = {}
        self.by_id: dict[bytes, Key | None] = {}
        self.organizations: dict[UUID, Owner | None] = {}


class _Mine(threading.local):
    """A thread's own: its connection, the version it saw, and whether it has just looked."""

    store: LocalKeyStore | None = None
    seen = -1
    steady = 0


class Ring:
    def __init__(self, folder: Path, *, is_copy: bool = False) -> None:
        self.is_copy = is_copy
        self.folder, self.keys, self.mine = folder, _Keys(), _Mine()
        self.operator: AESGCM | None = None
        self.proof = b""  # of the operator's key in use

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
        for _attempt in range(ATTEMPTS):
            try:
                return self._made(organization, subjects)
            except Moved:
                self.forget()
        raise VaultError("the keys above are being exchanged without end")

    def _made(self, organization: UUID, subjects: Sequence[UUID]) -> dict[UUID, Key | None]:
        keys, store = self.current(), self.store()
        owner = self._organization(organization, keys, make=True)
        found = {held.subject: held for held in store.subjects(organization, subjects)}
        missing = [subject for subject in dict.fromkeys(subjects) if subject not in found]
        if missing and owner is not None:
            new = (new_key(owner.cipher, organization, subject) for subject in missing)
            store.add_subjects(organization, owner.wrapped, new)
            found |= {held.subject: held for held in store.subjects(organization, missing)}
        made = {subject: self._remember(found.get(subject), owner, keys) for subject in subjects}
        keys.by_subject.update({(organization, subject): key for subject, key in made.items()})
        return made

    def for_reading(self, key_id: bytes) -> Key | None:
        """The key of that id; None when it was destroyed, or is not in this store. Onlookers are told whose."""
        key = self._for_reading(key_id)
        if key is not None:
            openings.tell(key.organization_id, key.subject_id)
        return key

    def _for_reading(self, key_id: bytes) -> Key | None:
        keys = self.current()
        if key_id in keys.by_id:
            return keys.by_id[key_id]
        held = self.store().by_id(key_id)
        if held is None or held.wrapped is None:
            keys.by_id[key_id] = None
            return None
        return self._remember(held, self._organization(held.organization, keys, make=False), keys)

    def _remember(self, held: Held | None, owner: Owner | None, keys: _Keys) -> Key | None:
        if held is None:
            return None
        if len(keys.by_id) > MOST:
            self.forget()
        key = None
        if held.wrapped is not None and owner is not None:
            binding = codec.for_subject(held.organization, held.subject, held.id)
            key = Key(held, codec.unwrapped(owner.cipher, held.wrapped, *binding))
        keys.by_id[held.id] = key
        return key

    def _organization(self, organization: UUID, keys: _Keys, *, make: bool) -> Owner | None:
        """The organization's key; None once destroyed (or where there is none and none shall be made)."""
        if organization in keys.organizations:
            return keys.organizations[organization]
        found = self.store().organization(organization)
        if found is None:
            if not make:
                return None
            found = self._new_organization(organization)
        owner = None
        if found and found[0] is not None:
            secret = codec.unwrapped(self._operator(), found[0], *codec.for_organization(organization))
            owner = Owner(AESGCM(secret), found[0])
        keys.organizations[organization] = owner
        return owner

    def owner(self, organization: UUID) -> Owner | None:
        """The organization's key, made when it has none; None once destroyed."""
        return self._organization(organization, self.current(), make=True)

    def _new_organization(self, organization: UUID) -> tuple[bytes | None] | None:
        store, operator_cipher = self.store(), self._operator()
        fresh = codec.wrapped(
            operator_cipher, os.urandom(codec.KEY_BYTES), *codec.for_organization(organization)
        )
        store.add_organization(organization, fresh, self.proof)
        return store.organization(organization)

    # --- The operator's key ---

    def _operator(self) -> AESGCM:
        if self.operator is None:
            self.operator = AESGCM(self.operator_secret())
        return self.operator

    def operator_secret(self) -> bytes:
        """The key that opens this store; made, with the store's proof of it, when the store is new."""
        store = self.store()
        proof = store.proof()
        if proof is None and not operator.candidates(self.folder, is_copy=self.is_copy):
            operator.make(self.folder)
        for secret in operator.candidates(self.folder, is_copy=self.is_copy):
            if proof is None:
                proof = store.set_proof(proof_of(secret))
            if opens(secret, proof):
                self.proof = proof
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


def new_key(cipher: AESGCM, organization: UUID, subject: UUID) -> Held:
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
