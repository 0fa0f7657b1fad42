"""Sealing a push message for one browser (RFC 8291 over RFC 8188): the push service carries it and cannot read it."""

import os

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from qince.engines.notifications.push.keys import CURVE, point_of

POINT, SECRET, SALT = 65, 16, 16
RECORD = 4096
# Every message has the same length, so that its length tells nothing.
PADDED = 1024
_LAST = b"\x02"


def sealed(
    message: bytes,
    *,
    browser: bytes,
    secret: bytes,
    own: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
    padded: int = PADDED,
) -> bytes:
    """`message` for the browser with the public point `browser` and the shared `secret`.

    `own` and `salt` are made anew for each message; a test gives those of the standard's example.
    """
    if len(message) >= padded:
        raise ValueError("the message is too long for one push")
    own = own or ec.generate_private_key(CURVE)
    salt = salt or os.urandom(SALT)
    peer = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, browser)
    ours = point_of(own.public_key())
    shared = own.exchange(ec.ECDH(), peer)
    both = _derived(shared, secret, b"WebPush: info\0" + browser + ours, 32)
    key = _derived(both, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(both, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours
    body = message + _LAST
    return head + AESGCM(key).encrypt(nonce, body.ljust(padded, b"\0"), None)


def _derived(material: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(material)
