"""The wire: one POST to an address outside, and nowhere else is an HTTP client imported.

The name is resolved once; every address it stands for must be a public one; the connection goes to the very address
that was checked, so an answer of DNS that changes meanwhile changes nothing. Redirects are not followed.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult

from django.conf import settings

from qince.engines.partners.addresses import Unsafe, is_public, taken_apart

__all__ = ["Answer", "Unreachable", "Unsafe", "check", "post"]

TIMEOUT_S = 10
MOST_READ = 64 * 1024
Resolver = Callable[[str, int], list[str]]


class Unreachable(Exception):
    """No answer came, or none that could be read: whether it arrived is not known."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: where to connect, and under which name."""

    parts: SplitResult
    host: str
    port: int
    address: str
    is_local: bool


def resolve(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable("name") from error
    return [str(each[4][0]) for each in found]


def check(url: str, resolver: Resolver = resolve) -> Target:
    """The target that `url` names, or `Unsafe`. Only an address listed in PARTNER_LOCAL may be on this machine."""
    parts, host, port = taken_apart(url)
    is_local = f"{host}:{port}" in settings.PARTNER_LOCAL
    if parts.scheme != "https" and not (is_local and parts.scheme == "http"):
        raise Unsafe("scheme")
    if is_local:
        if not ipaddress.ip_address(host).is_loopback:
            raise Unsafe("local")
        return Target(parts, host, port, host, True)
    if port != 443:
        raise Unsafe("port")
    addresses = resolver(host, port)
    if not addresses or not all(is_public(each) for each in addresses):
        raise Unsafe("address")
    return Target(parts, host, port, addresses[0], False)


def post(url: str, body: bytes, headers: Mapping[str, str], resolver: Resolver = resolve) -> Answer:
    """Send once. Raises `Unsafe` before any connection, `Unreachable` when the outcome is not known."""
    target = check(url, resolver)
    connection = _connection(target)
    path = target.parts.path or "/"
    if target.parts.query:
        path += f"?{target.parts.query}"
    try:
        connection.request("POST", path, body, {**headers, "Host": target.parts.netloc})
        answer = connection.getresponse()
        return Answer(answer.status, answer.read(MOST_READ))
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable(type(error).__name__) from error
    finally:
        connection.close()


def _connection(target: Target) -> http.client.HTTPConnection:
    if target.parts.scheme == "http":
        return http.client.HTTPConnection(target.address, target.port, timeout=TIMEOUT_S)
    return _Pinned(target)


class _Pinned(http.client.HTTPSConnection):
    """HTTPS to the checked address, proven under the host's name."""

    def __init__(self, target: Target) -> None:
        self._trust = ssl.create_default_context()
        super().__init__(target.host, target.port, timeout=TIMEOUT_S, context=self._trust)
        self._address = target.address

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        self.sock = self._trust.wrap_socket(plain, server_hostname=self.host)
