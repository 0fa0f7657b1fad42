"""Asking for a page as somebody, and judging the answer: what it tells, and whether it leaks."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from difflib import unified_diff
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.test import Client

from qince.core.people.tests import factories as people
from qince.core.privacy.registers import COOKIE, registered
from qince.kit.tenancy import tenant
from tests.access.planting import Planted
from tests.conftest import FULL

LISTED = {
    name for name, each in registered.cookies.items() if each.store == COOKIE
}  # the cookies that there may be
CSRF = re.compile(r"[A-Za-z0-9]{64}")
UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}")
CLOCK = re.compile(r"\d\d:\d\d(:\d\d)?(\.\d+)?")


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: str
    context: Any = None

    @property
    def shape(self) -> tuple[int, str, str]:
        """The answer without what differs between any two requests: ids, form tokens, times."""
        return self.status, _shapeless(self.location), _shapeless(self.body)

    @property
    def is_closed(self) -> bool:
        """Whether a stranger is kept out: sent to sign in, or told to."""
        return self.location.startswith("/sign-in/") or self.status in (401, 403, 405)


def _shapeless(text: str) -> str:
    return CLOCK.sub("TIME", CSRF.sub("TOKEN", UUID.sub("ID", text)))


def difference(one: Answer, other: Answer) -> str:
    """The first lines in which two answers differ, for the message of a failing test."""
    lines = unified_diff(
        _shapeless(one.body).splitlines(), _shapeless(other.body).splitlines(), lineterm="", n=0
    )
    return " | ".join([line for line in lines if line[:3] not in ("---", "+++")][:6])[:400]


@contextmanager
def undone(client: Client) -> Iterator[None]:
    """What happens inside leaves nothing in the database, and the browser with the cookies it had."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies


@dataclass
class Absent:
    """What answers about rows that never were look like, to compare those about hidden rows with.

    Everyday runs ask about the absent row only where the answer is none that an absent row has had before.
    """

    client: Client
    known: set[tuple[int, str, str]] = field(default_factory=set)

    def fault(self, answer: Answer, method: str, nowhere: str, data: Any) -> str:
        """How the answer differs from the one at `nowhere`; "" where it does not."""
        if answer.shape in self.known and not FULL:
            return ""
        with undone(self.client):
            other = ask(self.client, method, nowhere, data)
        self.known.add(other.shape)
        if answer.shape == other.shape:
            return ""
        return f"differs from an absent row's {other.status}: {difference(answer, other)}"


def browser(employee: Any) -> Client:
    """A console signed in as `employee`; a stranger's for None. Server errors are answers, not exceptions."""
    if employee:
        with tenant(employee.organization_id):
            client = people.browser(employee)
        client.get(
            "/"
        )  # what a session learns once it keeps; what is `undone` below it would learn each time anew
    else:
        client = Client(headers={"accept-language": "en"})
    client.raise_request_exception = False
    return client


def ask(client: Client, method: str, path: str, data: Any = None, **more: Any) -> Answer:
    """`data`: values by name, or already encoded for an address."""
    if method == "GET" and isinstance(data, str):
        path, data = f"{path}{'&' if '?' in path else '?'}{data}", {}
    if method == "POST" and isinstance(data, dict | str) and not more:
        # As a plain form: the test client's multipart takes longer to read than the page to answer.
        data = data if isinstance(data, str) else urlencode(data, doseq=True)
        more = {"content_type": "application/x-www-form-urlencoded"}
    response = getattr(client, method.lower())(path, data or {}, **more)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return Answer(response.status_code, response.get("Location", ""), _text(content), response.context)


def _text(content: bytes) -> str:
    """The body as text; a workbook unpacked, or marks would hide in its compression."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in book.namelist())
    return content.decode("utf-8", errors="replace")


def leaks(answer: Answer, foreign: Planted, *asked: Any) -> list[str]:
    """Marks and ids of `foreign` in the answer, less those the request itself held."""
    given = " ".join(map(str, asked))
    secrets: Iterable[str] = [foreign.mark, *map(str, foreign.ids.values()), *foreign.hashes]
    told = answer.body + answer.location
    return [secret for secret in secrets if secret in told and secret not in given]


def foreign_values(foreign: Planted) -> dict[str, str]:
    """Every foreign id under every name a form or query might know it by."""
    values = {}
    for label, key in foreign.ids.items():
        name = label.rpartition(".")[2].lower()
        values |= {name: str(key), f"{name}s": str(key), f"{name}_id": str(key)}
    employee = str(foreign.employee.pk)
    return values | dict.fromkeys(("leader", "rep", "successor", "to", "manager"), employee)
