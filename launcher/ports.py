"""Is the address free, and if not, who has it?"""

import errno
import ipaddress
import os
import socket
import time
from contextlib import suppress
from pathlib import Path

from launcher.place import Place
from launcher.problem import Problem
from launcher.words import _


def open_to_others(place: Place) -> Problem | None:
    """What is wrong where people's data would cross a network in clear: the agreement's 5.1 promises it never does.

    Nothing is where we encrypt, or a proxy before us does (QINCE_HTTPS), or nobody else can reach us.
    """
    if place.tls or is_set("QINCE_HTTPS") or _is_own(place.host):
        return None
    return Problem(
        _("On {host} others reach Qince without encryption.").format(host=place.host),
        _("Serve HTTPS: ./qince up --tls-certificate FILE --tls-key FILE"),
        _("Or put a TLS proxy in front and set QINCE_HTTPS=yes."),
    )


def is_set(variable: str) -> bool:
    return os.environ.get(variable, "").strip().lower() in ("1", "true", "yes")


def _is_own(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def check(host: str, port: int, option: str, *, patience: float = 0) -> None:
    """Raise a `Problem` unless `host:port` can be listened on; `patience` waits for one just being freed."""
    until = time.monotonic() + patience
    while (refusal := _try(host, port)) is not None:
        if refusal.errno != errno.EADDRINUSE or time.monotonic() >= until:
            raise _explain(host, port, option, refusal)
        time.sleep(0.2)


def _try(host: str, port: int) -> OSError | None:
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        return error
    return None


def _explain(host: str, port: int, option: str, error: OSError) -> Problem:
    if error.errno == errno.EADDRINUSE:
        taken = _("Port {port} on {host} is taken by {who}.")
        return Problem(
            taken.format(port=port, host=host, who=_listener(port) or _("another program")),
            _("Stop that program, or choose another port: ./qince up {option} {other}").format(
                option=option, other=_free_after(host, port)
            ),
        )
    if error.errno == errno.EACCES:
        return Problem(
            _("Port {port} is reserved for root.").format(port=port),
            _("Choose one above 1023, for example --port 8000, and put a web server in front."),
        )
    return Problem(
        _("{host} is not an address of this machine.").format(host=host),
        _("Use --host 127.0.0.1 for this machine only, or --host 0.0.0.0 for the whole network."),
    )


def _free_after(host: str, port: int) -> int:
    return next((other for other in range(port + 1, port + 100) if _try(host, other) is None), port + 1)


def _listener(port: int) -> str | None:
    """Name the process that listens on `port`, as far as /proc tells us."""
    inodes = _listening_inodes(port)
    for entry in Path("/proc").glob("[0-9]*") if inodes else ():
        if _open_files(entry) & inodes:
            words = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
            return _("process {pid} ({command})").format(pid=entry.name, command=words[:80])
    return None


def _open_files(process: Path) -> set[str]:
    """What the descriptors of a process point to; those of other users may be hidden from us."""
    found = set()
    with suppress(OSError):
        for link in (process / "fd").iterdir():
            with suppress(OSError):  # closed in the meantime
                found.add(os.readlink(link))
    return found


def _listening_inodes(port: int) -> set[str]:
    found = set()
    for table in ("tcp", "tcp6"):
        try:
            rows = Path("/proc/net", table).read_text().splitlines()[1:]
        except OSError:
            continue
        for columns in map(str.split, rows):
            if columns[3] == "0A" and int(columns[1].rpartition(":")[2], 16) == port:
                found.add(f"socket:[{columns[9]}]")
    return found
