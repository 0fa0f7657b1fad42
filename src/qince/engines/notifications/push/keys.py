"""The service's own key pair for push messages (VAPID), made once and kept beside the other keys, 0600.

Browsers bind a subscription to its public half: with another pair every device has to be switched on anew.
"""

import os
import secrets
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from qince.engines.notifications.push.encoding import decoded, encoded
from qince.kit.vault.operator import sync, write

FILE = "vapid.key"
CURVE = ec.SECP256R1()


def private_key() -> ec.EllipticCurvePrivateKey:
    return _read(Path(settings.DATA) / "keys")


def public_key() -> str:
    """The point, uncompressed, as browsers take it (`applicationServerKey`)."""
    return encoded(point_of(private_key().public_key()))


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@lru_cache(maxsize=4)
def _read(folder: Path) -> ec.EllipticCurvePrivateKey:
    file = folder / FILE
    if not file.exists():
        _make(folder)
    scalar = int.from_bytes(decoded(file.read_text().strip()), "big")
    return ec.derive_private_key(scalar, CURVE)


def _make(folder: Path) -> None:
    """Make the file unless another process just did."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    scalar = ec.generate_private_key(CURVE).private_numbers().private_value
    beside = folder / f".{FILE}.{os.getpid()}.{secrets.token_hex(4)}"
    write(beside, encoded(scalar.to_bytes(32, "big")))
    try:
        os.link(beside, folder / FILE)  # unlike a rename, fails when it exists
    except FileExistsError:
        pass
    finally:
        beside.unlink()
    sync(folder)
