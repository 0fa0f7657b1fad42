"""Prints which clauses have a passing check, by section. The last line reads `N of 400 clauses covered`."""

import argparse
import os
import subprocess
import sys

from tests.clauses.record import FILE, ROOT, Record, load
from tests.clauses.table import Section, known_ids, sections, waiting


def main(words: list[str]) -> int:
    options = _parser().parse_args(words)
    record = None if options.anew else load()
    if record is None:
        FILE.unlink(missing_ok=True)
        _run_tests()
        record = load(stale=True)
    if record is None:
        print("The tests could not be run to their end.", file=sys.stderr)
        return 1
    for section in sections():
        _print(section, record, options.all)
    _print_waiting(record)
    print(f"{len(record.covered() & known_ids())} of {len(known_ids())} clauses covered")
    return 1 if record.failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="qince clauses", description=__doc__)
    parser.add_argument("--all", action="store_true", help="show every clause with its text and tests")
    parser.add_argument("--anew", action="store_true", help="run the tests even if nothing changed since")
    return parser


def _run_tests() -> int:
    """The tests that carry a clause. Their output goes to standard error: the table alone is for machines."""
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "-m", "clause", "-p", "no:cacheprovider"]
    # The tests make a database of their own, which only the owner's role may.
    owner = {name: value for name, value in os.environ.items() if name != "QINCE_APP_DATABASE_URL"}
    return subprocess.run(command, cwd=ROOT, env=owner, stdout=sys.stderr, check=False).returncode


def _print(section: Section, record: Record, in_full: bool) -> None:
    covered = record.covered()
    mine = [clause for clause in section.clauses if clause.id in covered]
    print(f"{section.id:<8}{section.title:<62}{len(mine):>3} of {len(section.clauses):>2}")
    for clause in section.clauses:
        tests = record.passed.get(clause.id, []) + record.failed.get(clause.id, [])
        mark = "✓" if clause.id in covered else "✗" if clause.id in record.failed else "·"
        if in_full:
            print(f"  {mark} {clause.id:<10}{clause.text}")
            if clause.id not in covered and clause.id in waiting():
                print(f"      waits for {waiting()[clause.id]}")
            for test in tests:
                print(f"      {test}")
        elif clause.id in record.failed:
            print(f"  ✗ {clause.id} {clause.text}")


def _print_waiting(record: Record) -> None:
    """What the clauses without a check wait for."""
    groups: dict[str, list[str]] = {}
    for clause, function in waiting().items():
        if clause not in record.covered():
            groups.setdefault(function, []).append(clause)
    print("\nWaiting for")
    for function, clauses in groups.items():
        print(f"  {function}: {', '.join(clauses)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
