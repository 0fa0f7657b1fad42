"""What hangs on SECRET_KEY: digests of guessable secrets, and encryption of those that must be read again."""

import hashlib
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac

__all__ = ["InvalidToken", "decrypt", "encrypt", "keyed_digest", "token_digest"]


def keyed_digest(purpose: str, *parts: str) -> str:
    """HMAC-SHA-256 in hex. Six digits or a mobile cannot be guessed back from it without the key."""
    return salted_hmac(f"qince.accounts.{purpose}", "\0".join(parts), algorithm="sha256").hexdigest()


def token_digest(token: str) -> str:
    """SHA-256 in hex, for secrets of 256 random bits: there is nothing to guess, so no key is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def encrypt(text: str) -> str:
    return _fernet().encrypt(text.encode()).decode()


def decrypt(text: str) -> str:
    """The plain text; raises `InvalidToken` under another SECRET_KEY."""
    return _fernet().decrypt(text.encode()).decode()


def _fernet() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"qince.accounts.secrets")
    return Fernet(urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))
