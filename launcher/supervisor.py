"""Keeping the services running: a dead one is started again, sooner the longer it had lived."""

import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from typing import Protocol

from launcher.logs import ChildLog
from launcher.problem import Problem
from launcher.words import _

FIRST_DELAY = 0.2  # seconds before the first restart; doubled for each quick death
LONGEST_DELAY = 30.0
STABLE_SECONDS = 60.0


class Service(Protocol):
    """Something with a process: a `Child` or the database `Cluster`."""

    name: str
    log: ChildLog

    @property
    def alive(self) -> bool: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...
    def clear_group(self) -> None: ...


class Supervisor:
    """Services in starting order; they stop in reverse."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.services: list[Service] = []
        self._started: dict[str, float] = {}
        self._delays: dict[str, float] = {}
        self._due: dict[str, float] = {}

    def add(self, service: Service, *, started: bool = False) -> None:
        self.services.append(service)
        if not started:
            service.start()
        self._started[service.name] = time.monotonic()

    def watch(self) -> None:
        """Run until interrupted."""
        while True:
            self.look_once()
            time.sleep(0.2)

    def look_once(self) -> None:
        """Notice deaths, and restart what is due."""
        for service in self.services:
            if service.alive:
                continue
            if service.name not in self._due:
                self._plan_restart(service)
            elif time.monotonic() >= self._due[service.name]:
                self._restart(service)

    def stop(self) -> None:
        for service in reversed(self.services):
            service.stop()

    def _plan_restart(self, service: Service) -> None:
        lived = time.monotonic() - self._started[service.name]
        known = self._delays.get(service.name, FIRST_DELAY)
        delay = FIRST_DELAY if lived > STABLE_SECONDS else known
        self._delays[service.name] = min(delay * 2, LONGEST_DELAY)
        self._due[service.name] = time.monotonic() + delay
        self.say(
            _("! {name} stopped unexpectedly; starting it again in {seconds:.1f} s (log: {path})").format(
                name=service.name, seconds=delay, path=service.log.path
            )
        )

    def _restart(self, service: Service) -> None:
        service.clear_group()
        del self._due[service.name]
        self._started[service.name] = time.monotonic()
        try:
            service.start()
        except Problem as problem:
            self.say(f"! {problem}")
            self._plan_restart(service)
            return
        self.say(_("✓ {name} runs again").format(name=service.name))


def wait_until_ready(address: str, services: Sequence[Service], *, seconds: float = 60) -> None:
    """Wait for GET /healthz to answer 200; a service that dies meanwhile is quoted."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for service in services:
            if not service.alive:
                raise Problem(_("{name} did not start.").format(name=service.name), *_last_words(service))
        if _answers(address):
            return
        time.sleep(0.1)
    raise Problem(
        _("The web server does not answer on {address}.").format(address=address), *_last_words(services[0])
    )


def _answers(address: str) -> bool:
    """Asked of this machine by its number, for which no certificate is made out: it is not looked at."""
    how = ssl._create_unverified_context() if address.startswith("https:") else None  # nosec B323
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5, context=how) as reply:  # our own address  # nosec B310
            return bool(reply.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _last_words(service: Service) -> list[str]:
    time.sleep(0.3)  # let the log reader catch up
    return [*list(service.log.tail)[-8:], _("The whole log: {path}").format(path=service.log.path)]
