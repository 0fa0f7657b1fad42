"""Exchanging the keys above: what is wrapped is wrapped anew; data and subjects' keys stay as they are.

Each exchange is one transaction of the key store, so cut short it has either happened or not. The operator's new key
is on disk before the store is wrapped with it, and takes the old one's place afterwards; in between, both are tried.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from qince.kit.vault import codec, operator
from qince.kit.vault.ring import Ring, opens, proof_of
from qince.kit.vault.store import Held


def rotate_operator(ring: Ring, new: str = "") -> int:
    """Wrap every organization's key with a new operator's key; how many.

    The key is `new` where the old one came from the environment: the caller must put it there. Else one is made.
    """
    with _alone(ring):
        old = AESGCM(ring.operator_secret())
        text = new or operator.new()
        fresh = operator.decoded(text, "the new operator key")
        if not new:
            _settle(ring)
            operator.write(ring.folder / operator.NEXT_FILE, text)
            operator.sync(ring.folder)
        done = ring.store().rewrap_organizations(proof_of(fresh), _organization_again(old, AESGCM(fresh)))
        if not new:
            _settle(ring)
        ring.forget()
    return done


def rotate_organization(ring: Ring, organization: UUID) -> int:
    """Give the organization a new key and wrap its subjects' with it; how many. -1 where it has none."""
    with _alone(ring):
        above = AESGCM(ring.operator_secret())
        binding = codec.for_organization(organization)

        def change(wrapped: bytes) -> tuple[bytes, Callable[[Held], bytes]]:
            old, secret = AESGCM(codec.unwrapped(above, wrapped, *binding)), os.urandom(codec.KEY_BYTES)
            return codec.wrapped(above, secret, *binding), lambda held: rewrapped(held, old, AESGCM(secret))

        done = ring.store().rewrap_subjects(organization, change)
        ring.forget()
    return done


def rewrapped(held: Held, old: AESGCM, new: AESGCM) -> bytes:
    assert held.wrapped is not None
    binding = codec.for_subject(held.organization, held.subject, held.id)
    return codec.wrapped(new, codec.unwrapped(old, held.wrapped, *binding), *binding)


def _organization_again(old: AESGCM, new: AESGCM) -> Callable[[UUID, bytes], bytes]:
    def again(organization: UUID, wrapped: bytes) -> bytes:
        binding = codec.for_organization(organization)
        return codec.wrapped(new, codec.unwrapped(old, wrapped, *binding), *binding)

    return again


def _settle(ring: Ring) -> None:
    """Put the next key in the present one's place if the store is wrapped with it already."""
    upcoming, proof = ring.folder / operator.NEXT_FILE, ring.store().proof()
    if upcoming.exists() and proof and opens(operator.decoded(upcoming.read_text(), upcoming.name), proof):
        upcoming.replace(ring.folder / operator.FILE)
        operator.sync(ring.folder)


@contextmanager
def _alone(ring: Ring) -> Iterator[None]:
    """One exchange at a time."""
    ring.store()
    with open(os.open(ring.folder / "exchange.lock", os.O_WRONLY | os.O_CREAT, 0o600), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
