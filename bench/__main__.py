"""Run every measurement: ours and its floor in turn, three rounds, the median round by processor time is told."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
# This process prepares the database as its owner; the servers it starts run under the application role.
APPLICATION_URL = os.environ.pop("QINCE_APP_DATABASE_URL")
django.setup()
os.environ["QINCE_APP_DATABASE_URL"] = APPLICATION_URL

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from bench import attendance, floors, server  # noqa: E402
from bench.cpu import pss_mib, spent_ms  # noqa: E402
from bench.load import Outcome, drive  # noqa: E402
from bench.measured import ALL  # noqa: E402
from bench.operations import CLIENTS, Operation  # noqa: E402
from bench.seed import Seed, plant  # noqa: E402


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the result. Processor times in ms per request, latencies in ms; rates per second, of positions by
    the point."""

    name: str
    cpu_ms: float
    floor_cpu_ms: float
    rate: float
    floor_rate: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    errors: int


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def measure(
    operation: Operation, seed: Seed, web: server.Server, postmaster: int, rounds: int, seconds: float
) -> Figure:
    found: list[tuple[float, floors.Floor, Outcome]] = []
    _warm_up(operation, seed, web)
    for number in range(rounds):
        floor = floors.run(operation.floor(seed), postmaster=postmaster, seconds=int(seconds))
        cpu, outcome = _round(operation, seed, web, postmaster, seconds)
        load = os.getloadavg()[0]
        say(
            f"  {operation.name} round {number + 1}: {cpu:.2f} ms CPU, {outcome.rate:.0f}/s, "
            f"floor {floor.cpu_ms:.2f} ms, {floor.rate:.0f}/s, errors {outcome.errors}, load {load:.1f}"
        )
        found.append((cpu, floor, outcome))
    return _figure(operation.name, operation.carries, found)


def _round(
    operation: Operation, seed: Seed, web: server.Server, postmaster: int, seconds: float
) -> tuple[float, Outcome]:
    """Processor time of one request, server and database, and what the clients saw."""
    before = spent_ms([web.pid, postmaster])
    clients = [operation.requests(seed, each) for each in range(CLIENTS)]
    outcome = drive(web.port, clients, seconds, operation.good)
    return (spent_ms([web.pid, postmaster]) - before) / max(outcome.count, 1), outcome


def _figure(name: str, carries: int, found: Sequence[tuple[float, floors.Floor, Outcome]]) -> Figure:
    """The median round by processor time, with the median of the floors."""
    cpu, _floor, outcome = sorted(found, key=lambda each: each[0])[len(found) // 2]
    return Figure(
        name=name,
        cpu_ms=round(cpu, 2),
        floor_cpu_ms=round(median(floor.cpu_ms for _cpu, floor, _outcome in found), 3),
        rate=round(outcome.rate * carries, 1),
        floor_rate=round(median(floor.rate for _cpu, floor, _outcome in found) * carries, 1),
        p50_ms=round(outcome.percentile(0.50), 1),
        p95_ms=round(outcome.percentile(0.95), 1),
        p99_ms=round(outcome.percentile(0.99), 1),
        errors=sum(each.errors for _cpu, _floor, each in found),
    )


def _warm_up(operation: Operation, seed: Seed, web: server.Server) -> None:
    """Every connection prepares its statements. Then the tables, empty a moment ago, are looked at as the database
    itself does within a minute: plans made for empty tables read a growing one from end to end.
    """
    drive(web.port, [operation.requests(seed, each) for each in range(CLIENTS)], 3, operation.good)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def privacy_cost(
    operation: Operation, seed: Seed, web: server.Server, postmaster: int, rounds: int, seconds: float
) -> Figure:
    """What gate and sealing cost: the service and the same without the two (`bench.bare`), in turn.

    As `…_privacy`: the service in `cpu_ms`, the bare one in `floor_cpu_ms`; their difference is the cost.
    """
    found: list[tuple[float, floors.Floor, Outcome]] = []
    with server.web(application="bench.bare:application") as bare:
        _warm_up(operation, seed, bare)
        for number in range(rounds):
            without, seen = _round(operation, seed, bare, postmaster, seconds)
            cpu, outcome = _round(operation, seed, web, postmaster, seconds)
            say(
                f"  {operation.name} round {number + 1}: {cpu:.2f} ms, without gate and sealing {without:.2f} ms"
            )
            outcome.errors += seen.errors
            found.append((cpu, floors.Floor(rate=seen.rate, cpu_ms=without), outcome))
    return _figure(f"{operation.name}_privacy", operation.carries, found)


def idle_memory(web: server.Server) -> Figure:
    """Idle memory of the app tier, in MiB of proportional set size, told in the `rate` column."""
    with server.background() as pid:
        mib = pss_mib(web.pid) + pss_mib(pid)
    return Figure("idle_memory_mib", 0, 0, round(mib, 1), 0, 0, 0, 0, 0)


def attendance_month(postmaster: int, rounds: int) -> Figure:
    """Processor times per employee-day, rates in employee-days per second; nobody waits for single ones."""
    cpu, floor_cpu, rate, floor_rate = attendance.measure(postmaster, rounds, say)
    name, one = attendance.NAME, (0.0, 0.0, 0.0)
    return Figure(name, round(cpu, 4), round(floor_cpu, 4), round(rate, 1), round(floor_rate, 1), *one, 0)


def main() -> None:
    parser = argparse.ArgumentParser(prog="./qince bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON array and nothing else")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--only", action="append", help="the name of a measurement; may be repeated")
    options = parser.parse_args()
    chosen = [each for each in ALL if not options.only or each.name in options.only]
    say("Preparing the database: 100,000 stores, 40 reps")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    seed = plant()
    postmaster = server.postmaster()
    with server.web() as web:
        memory = [idle_memory(web)] if not options.only else []
        how = (seed, web, postmaster, options.rounds, options.seconds)
        figures = [measure(each, *how) for each in chosen]
        figures += [privacy_cost(each, *how) for each in chosen if each.is_personal]
    if not options.only or attendance.NAME in options.only:
        figures.append(attendance_month(postmaster, options.rounds))
    report(memory + figures, as_json=options.json)


def report(figures: list[Figure], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([asdict(figure) for figure in figures]))
        return
    names = list(asdict(figures[0]))
    print("  ".join(f"{name:>15}" for name in names))
    for figure in figures:
        print("  ".join(f"{value!s:>15}" for value in asdict(figure).values()))


if __name__ == "__main__":
    main()
