"""What speaks to the network is imported where it is listed only: all that leaves goes through the door."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

CLIENTS = {
    "http.client", "urllib.request", "urllib3", "requests", "httpx", "aiohttp", "socket", "ssl", "smtplib", "ftplib",
    "poplib", "imaplib", "telnetlib", "nntplib", "xmlrpc", "paramiko", "grpc", "websocket", "socketserver",
    "asyncio.open_connection", "django.core.mail", "boto3", "pycurl",
}  # fmt: skip
# File → what it may use, and why.
LISTED = {
    "qince/engines/partners/egress.py": {"http.client", "socket", "ssl"},  # the wire behind the door
    "qince/engines/partners/delivery.py": {"qince.engines.partners.egress"},  # the door's own sender
    "qince/engines/partners/relay.py": {
        "qince.engines.partners.egress"
    },  # sealed bytes, to carriers in the notice
    "qince/core/letters": {
        "smtplib",
        "ssl",
        "django.core.mail",
    },  # mail to people and outsiders about themselves
    "qince/engines/notifications/push/channel.py": {"qince.engines.partners.relay"},  # push messages
}
WIRE = "qince.engines.partners.egress"
RELAY = "qince.engines.partners.relay"


def sources():
    for root in (settings.ROOT / "src", settings.ROOT / "config"):
        for path in sorted(root.rglob("*.py")):
            if "tests" not in path.parts and "migrations" not in path.parts:
                yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


def imported(source):
    """Every module a file imports, by statement or by name given to an importing function."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in ("__import__", "import_module", "import_string"):
                yield from (each.value for each in node.args if isinstance(each, ast.Constant))
            if name in ("open_connection", "create_connection", "urlopen"):
                yield "asyncio.open_connection"


def is_client(name):
    return any(name == each or name.startswith(f"{each}.") for each in {*CLIENTS, WIRE, RELAY})


def beyond(files):
    """(file, module) for every use of the network that is not listed."""
    found = set()
    for path, source in files:
        allowed = {each for start, names in LISTED.items() if path.startswith(start) for each in names}
        if path == "qince/engines/partners/egress.py":
            allowed |= {"asyncio.open_connection"}
        for name in imported(source):
            if is_client(name) and not any(name == each or name.startswith(f"{each}.") for each in allowed):
                found.add((path, name))
    return sorted(found)


@pytest.mark.clause("C4.1-01")
def test_nothing_but_the_door_reaches_the_network():
    assert beyond(sources()) == []


@pytest.mark.parametrize(
    "fault",
    [
        "import httpx", "from urllib.request import urlopen", "import http.client as h", "import socket",
        "from http import client", "from smtplib import SMTP", "__import__('requests')",
        "from importlib import import_module\nimport_module('aiohttp')",
        "from qince.engines.partners import egress", "from qince.engines.partners import relay",
        "import asyncio\nasyncio.open_connection('x', 80)",
        "from django.core import mail",
    ],
)  # fmt: skip
def test_an_adapter_that_goes_round_the_door_is_found(fault):
    assert beyond([("qince/sales/visits/weather.py", fault)])


def test_the_list_names_what_exists():
    root = Path(settings.ROOT) / "src"
    assert [path for path in LISTED if not (root / path).exists()] == []
