"""A link that breaks: a TCP proxy that slows a connection, or cuts it after so many bytes of request or response."""

import contextlib
import socket
import struct
import threading
import time
from dataclasses import dataclass

WAIT_S = 20


@dataclass(frozen=True)
class Fault:
    """Bytes let through before the cut, in each direction (None: no cut), and seconds to hold back each piece."""

    request_bytes: int | None = None
    response_bytes: int | None = None
    delay_s: float = 0.0


class FaultProxy:
    """Forwards 127.0.0.1:`port` to `upstream`; every new connection suffers the `fault` set at that time."""

    def __init__(self, upstream: tuple[str, int]) -> None:
        self.upstream, self.fault, self.cuts = upstream, Fault(), 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]

    def __enter__(self) -> "FaultProxy":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _address = self._listener.accept()
                threading.Thread(target=self._serve, args=(client, self.fault), daemon=True).start()

    def _serve(self, client: socket.socket, fault: Fault) -> None:
        with client, socket.create_connection(self.upstream, timeout=WAIT_S) as server:
            client.settimeout(WAIT_S)
            done = threading.Event()
            ways = ((client, server, fault.request_bytes), (server, client, fault.response_bytes))
            for source, target, allowed in ways:
                arguments = (source, target, allowed, fault.delay_s, done)
                threading.Thread(target=self._forward, args=arguments, daemon=True).start()
            done.wait(WAIT_S)
            if fault.request_bytes is not None or fault.response_bytes is not None:
                self.cuts += 1
                _reset(client)
                _reset(server)

    def _forward(
        self,
        source: socket.socket,
        target: socket.socket,
        allowed: int | None,
        delay_s: float,
        done: threading.Event,
    ) -> None:
        """Copy until the end or the cut; either ends the connection."""
        left = allowed
        with contextlib.suppress(OSError):
            while left is None or left > 0:
                piece = source.recv(65536 if left is None else min(left, 65536))
                if not piece:
                    break
                time.sleep(delay_s)
                target.sendall(piece)
                left = None if left is None else left - len(piece)
        done.set()


def _reset(end: socket.socket) -> None:
    """Close at once and throw away what is unsent. The shutdown wakes whoever still reads from this end."""
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        end.shutdown(socket.SHUT_RDWR)
    end.close()
