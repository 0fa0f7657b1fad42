"""S9: addresses outside that would lead inside. Eighty-odd targets, a listener on this machine, no connection."""

import socket
import threading
from urllib.parse import urlsplit

import pytest

from qince.engines.partners import egress
from qince.engines.partners.tests.factories import Listening

PUBLIC = "93.184.216.34"
# Names whose answer of DNS lies inside: what a rebinding or a careless entry would give.
INSIDE = (
    "127.0.0.1", "127.0.0.2", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1",
    "100.127.255.254", "169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.254", "192.0.0.1", "192.0.2.1",
    "192.168.0.1", "192.168.255.254", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.250",
    "240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::ffff:169.254.169.254", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1",
    "2001::1", "2001:db8::1", "2002:7f00:1::1", "2002:a00:1::1", "2002:c0a8:1::1", "fc00::1", "fd12:3456::1",
    "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "ff05::2", "not-an-address", "",
)  # fmt: skip
# Addresses that are wrong by themselves; `{port}` is the listener's. Odd spellings of 127.0.0.1 resolve to it.
WRONG = (
    "http://partner.example/", "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://[::1]:{port}/",
    "https://127.0.0.1:{port}/", "https://localhost:{port}/", "https://[::1]:{port}/", "https://[::ffff:127.0.0.1]/",
    "https://127.0.0.1/", "https://127.1/", "https://127.0.1/", "https://2130706433/", "https://0x7f000001/",
    "https://0x7f.0.0.1/", "https://0177.0.0.1/", "https://017700000001/", "https://0/", "https://0.0.0.0/",
    "https://localhost/", "https://localhost./", "https://LOCALHOST/", "https://ip6-localhost/", "https://[::]/",
    "https://[0:0:0:0:0:0:0:1]/", "https://[fe80::1%25lo]/", "https://user@127.0.0.1/", "https://user:x@partner.example/",
    "https://partner.example@127.0.0.1/", "https://partner.example:22/", "https://partner.example:{port}/",
    "https://partner.example:0/", "https://partner.example:99999/", "https://partner.example:x/",
    "ftp://partner.example/", "file:///etc/passwd", "gopher://127.0.0.1:{port}/_x", "//127.0.0.1:{port}/", "https://",
    "https:///x", "", "partner.example", "https://127.0.0.1\\@partner.example/", "https://partner.example/\r\nX: y",
    "https://partner example/", "https://\u2460\u2461\u2466.0.0.1/", "https://127。0。0。1/", "javascript:alert(1)",
    "unix:///run/x.sock", "https://[::ffff:7f00:1]/", "https://169.254.169.254/latest/meta-data/",
)  # fmt: skip


@pytest.fixture
def listener():
    """A port of this machine that counts who calls."""
    calls, server = [], socket.create_server(("127.0.0.1", 0))
    server.settimeout(0.05)
    stop = threading.Event()

    def accept():
        while not stop.is_set():
            try:
                peer, _address = server.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            calls.append(1)
            peer.close()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    yield server.getsockname()[1], calls
    stop.set()
    thread.join()
    server.close()


@pytest.fixture
def connected(monkeypatch):
    """Every address a connection was begun to; names of partners lead to nobody real."""
    found, begin = [], socket.create_connection

    def create(address, *args, **kwargs):
        found.append(address)
        if address[0] == PUBLIC:
            raise OSError("nobody is there")
        return begin(address, *args, **kwargs)

    monkeypatch.setattr(socket, "create_connection", create)
    return found


def post(url, resolver=egress.resolve):
    return egress.post(url, b"{}", {}, resolver)


def test_there_are_at_least_eighty_targets():
    assert len(set(WRONG)) + len(set(INSIDE)) >= 80


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_stands_for_an_inside_address(address, connected):
    with pytest.raises(egress.Unsafe):
        post("https://partner.example/", lambda host, port: [address])
    with pytest.raises(egress.Unsafe):  # hidden behind a good one
        post("https://partner.example/", lambda host, port: [PUBLIC, address])
    assert connected == []


@pytest.mark.parametrize("url", WRONG)
def test_an_address_that_is_wrong_by_itself(url, listener, connected):
    port, calls = listener

    def resolver(host, number):
        return [PUBLIC] if host == "partner.example" else egress.resolve(host, number)

    with pytest.raises((egress.Unsafe, egress.Unreachable)):
        post(url.replace("{port}", str(port)), resolver)
    assert (connected, calls) == ([], [])


def test_an_answer_of_dns_that_changes_meanwhile_changes_nothing(connected):
    """Rebinding: asked once, connected to the very address that was checked."""
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    with pytest.raises(egress.Unreachable):
        post("https://partner.example/", lambda host, port: next(answers))
    assert connected == [(PUBLIC, 443)]
    assert next(answers) == ["127.0.0.1"]  # the second answer was never asked for


def test_a_redirect_is_not_followed(listener, settings):
    port, calls = listener
    with Listening("secret") as server:
        settings.PARTNER_LOCAL = [server.address]

        def moved(environ, start):
            start("302 Found", [("Location", f"http://127.0.0.1:{port}/")])
            return [b""]

        server.server.set_app(moved)
        assert post(server.url).status == 302
    assert calls == []


def test_only_the_listed_port_of_this_machine_is_open(settings):
    with Listening("secret") as open_one, Listening("secret") as other:
        settings.PARTNER_LOCAL = [open_one.address]
        assert post(open_one.url).status == 401  # reached: the signature is missing
        with pytest.raises(egress.Unsafe):
            post(other.url)
        settings.PARTNER_LOCAL = ["10.0.0.1:80"]
        with pytest.raises(egress.Unsafe):
            post("http://10.0.0.1:80/")


def test_without_the_check_the_listener_is_called(listener, monkeypatch):
    """The planted fault: every address taken for a public one."""
    port, calls = listener
    monkeypatch.setattr(egress, "is_public", lambda address: True)
    monkeypatch.setattr(
        egress, "taken_apart", lambda url: (urlsplit(url), "127.0.0.1", 443)
    )  # fmt: skip
    begin = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda address, *rest: begin(("127.0.0.1", port), *rest))
    with pytest.raises(egress.Unreachable):
        post("https://127.0.0.1/")
    assert len(calls) == 1
