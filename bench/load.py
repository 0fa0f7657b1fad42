"""A closed-loop load: a few clients, each sending its next request when the last is answered."""

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Request = tuple[str, str, bytes | None, dict[str, str]]


@dataclass(slots=True)
class Outcome:
    """What a run of requests gave. Latencies in milliseconds."""

    latencies: list[float] = field(default_factory=list)
    errors: int = 0
    seconds: float = 0.0

    @property
    def count(self) -> int:
        return len(self.latencies)

    @property
    def rate(self) -> float:
        return self.count / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


Good = Callable[[int, bytes], bool]


def drive(port: int, clients: list[Iterator[Request]], seconds: float, good: Good) -> Outcome:
    """Send what each client yields for `seconds`; `good` judges status and body of every answer."""
    outcome, lock, end = Outcome(), threading.Lock(), time.monotonic() + seconds
    started = time.monotonic()
    threads = [
        threading.Thread(target=_client, args=(port, each, end, good, outcome, lock)) for each in clients
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outcome.seconds = time.monotonic() - started
    return outcome


def _client(
    port: int, requests: Iterator[Request], end: float, good: Good, outcome: Outcome, lock: threading.Lock
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    latencies, errors = [], 0
    for method, path, body, headers in requests:
        if time.monotonic() > end:
            break
        began = time.perf_counter()
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        text = answer.read()
        latencies.append((time.perf_counter() - began) * 1000)
        errors += not good(answer.status, text)
    connection.close()
    with lock:
        outcome.latencies += latencies
        outcome.errors += errors
