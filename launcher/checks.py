"""The checks of `./qince test`. All of them run even when one fails; the summary comes last."""

import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from launcher.place import Place
from launcher.progress import Progress
from launcher.words import _


@dataclass(frozen=True)
class Check:
    """One command of the environment. Its output is shown when it fails, or as it comes when `shown`."""

    name: str
    command: tuple[str, ...]
    needs_database: bool = False
    needs_browser: bool = False
    shown: bool = False

    def with_words(self, words: Sequence[str]) -> "Check":
        return replace(self, command=(*self.command, *words))


@dataclass(frozen=True)
class Result:
    name: str
    passed: bool
    seconds: float


SOURCES = ("src", "config", "launcher")
ALL = (
    Check("lint", ("ruff", "check", ".")),
    Check("format", ("ruff", "format", "--check", ".")),
    Check("types", ("mypy",)),
    Check("imports", ("lint-imports",)),
    Check("security", ("bandit", "-ll", "-q", "-c", "pyproject.toml", "-r", *SOURCES)),
    Check(
        "migrations",
        ("python", "-m", "django", "makemigrations", "--check", "--dry-run"),
        needs_database=True,
    ),
    Check("catalogues", ("python", "-m", "django", "check_messages")),
    Check("openapi", ("python", "-m", "django", "export_openapi", "--check")),
    Check(
        "pytest",
        ("pytest", "-n", "2", "--dist", "worksteal"),
        needs_database=True,
        needs_browser=True,
        shown=True,
    ),
)
NAMES = [check.name for check in ALL]


def run(chosen: Iterable[Check], place: Place, env: Mapping[str, str], progress: Progress) -> list[Result]:
    """Run each check in turn; a failed one stops none."""
    return [Result(check.name, *_run(check, place, env, progress)) for check in chosen]


def summary(results: Sequence[Result], progress: Progress) -> int:
    """Tell how all went; returns 0 only when all passed."""
    progress.say("\n" + _("Summary"))
    for result in results:
        progress.say(f"  {'✓' if result.passed else '✗'} {result.name:<12} {result.seconds:7.1f} s")
    return 0 if all(result.passed for result in results) else 1


def _run(check: Check, place: Place, env: Mapping[str, str], progress: Progress) -> tuple[bool, float]:
    program = place.python.parent / check.command[0]
    started = time.monotonic()
    kept = None if check.shown or place.verbose else subprocess.PIPE
    if kept is None:
        progress.say(f"  … {check.name}")
    done = subprocess.run(
        [str(program), *check.command[1:]],
        cwd=place.root,
        env=dict(env),
        stdin=subprocess.DEVNULL,
        stdout=kept,
        stderr=subprocess.STDOUT if kept else None,
        text=True,
        check=False,
    )
    seconds = time.monotonic() - started
    if done.returncode and kept:
        progress.say(done.stdout.rstrip())
    progress.say(f"  {'✗' if done.returncode else '✓'} {check.name:<28} {seconds:5.1f} s")
    return done.returncode == 0, seconds
