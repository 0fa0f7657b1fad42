"""The air between phone and server: it can be cut, and it can swallow answers after the server has acted."""

import http.client
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import urlsplit

HOP_BY_HOP = {"connection", "transfer-encoding", "keep-alive", "content-length"}


class Air:
    """A proxy in front of `server`. `lose` counts, by method and path, answers that will not arrive; `says` replaces
    headers of what the phone sends.
    """

    def __init__(self, server: str) -> None:
        self.target = urlsplit(server).netloc
        self.is_cut = False
        self.lose: Counter[tuple[str, str]] = Counter()
        self.says: dict[str, str] = {}
        self.seen: list[tuple[str, str, bytes]] = []
        handler = type("Handler", (_Handler,), {"air": self})
        self._proxy = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.address = f"http://127.0.0.1:{self._proxy.server_port}"
        threading.Thread(target=self._proxy.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._proxy.shutdown()
        self._proxy.server_close()

    def is_lost(self, method: str, path: str) -> bool:
        for kind, start in self.lose:
            if kind == method and path.startswith(start) and self.lose[kind, start] > 0:
                self.lose[kind, start] -= 1
                return True
        return False


class _Handler(BaseHTTPRequestHandler):
    air: ClassVar[Air]

    def _carry(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.close_connection = True
        if self.air.is_cut:
            return
        self.air.seen.append((self.command, self.path, body))
        try:
            upstream = http.client.HTTPConnection(self.air.target, timeout=30)
            said = {name: self.air.says.get(name.lower(), value) for name, value in self.headers.items()}
            upstream.request(self.command, self.path, body or None, said)
            answer = upstream.getresponse()
            content = answer.read()
        except OSError:
            return  # the server is down: the phone gets no answer either
        if self.air.is_lost(self.command, self.path):
            return
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = _carry

    def log_message(self, *_words: Any) -> None:
        pass
