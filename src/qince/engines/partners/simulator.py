"""An honest partner to try things with: a small WSGI server that speaks the protocol and keeps what it is given.

It checks signatures as a real one should, takes each message once by its id, and forgets a person when told. It runs
in tests and in the demo, on this machine only.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

SKEW_S = 300
Start = Callable[[str, list[tuple[str, str]]], Any]


@dataclass
class Partner:
    """A company with its signing key. `faults` are answers it gives first, to try what happens then."""

    secret: bytes
    received: list[dict[str, Any]] = field(default_factory=list)
    faults: list[int] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        status = self._answer(environ, body)
        start(f"{status} x", [("Content-Type", "application/json"), ("Content-Length", "2")])
        return [b"{}"]

    def _answer(self, environ: dict[str, Any], body: bytes) -> int:
        if environ["REQUEST_METHOD"] != "POST":
            return 405
        if not self.is_signed(environ.get("HTTP_QINCE_SIGNATURE", ""), body):
            return 401
        if self.faults:
            return self.faults.pop(0)
        key = environ.get("HTTP_IDEMPOTENCY_KEY", "")
        if not any(each["id"] == key for each in self.received):
            self.received.append(
                {
                    "id": key,
                    "act": environ.get("HTTP_QINCE_ACT", ""),
                    "subject": environ.get("HTTP_QINCE_SUBJECT", ""),
                    "body": body,
                }
            )
        return 200

    def is_signed(self, header: str, body: bytes) -> bool:
        parts = dict(part.partition("=")[::2] for part in header.split(","))
        stamp = parts.get("t", "")
        if not stamp.isdigit() or abs(time.time() - int(stamp)) > SKEW_S:
            return False
        return hmac.compare_digest(self.sign(stamp, body), parts.get("v1", ""))

    def sign(self, stamp: str, body: bytes) -> str:
        return hmac.new(self.secret, stamp.encode() + b"." + body, hashlib.sha256).hexdigest()

    def call_back(self, message: dict[str, Any]) -> tuple[bytes, str]:
        """A message to us: its bytes and the signature to send along."""
        body, stamp = json.dumps(message).encode(), str(int(time.time()))
        return body, f"t={stamp},v1={self.sign(stamp, body)}"
