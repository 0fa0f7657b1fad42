"""Base64 as the push standards write it: URL-safe, without padding."""

from base64 import urlsafe_b64decode, urlsafe_b64encode


def encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes; `ValueError` for what is no such text."""
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
