"""The Python environment: `.venv` filled from a locked, hashed requirements file, by uv or else by pip.

uv needs neither venv nor ensurepip, which bare Debian lacks; where uv is not on the PATH it is itself
installed as a package into `.tools`, which Debian's pip allows.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from launcher import debian, indexes, stamps
from launcher.place import Place, base_python
from launcher.problem import Problem, disk_full, is_full
from launcher.words import _

RUNTIME, DEVELOPMENT = "requirements.lock", "requirements-dev.lock"
DEBIAN = Path("/usr/bin/python3")
UV_LOCK = Path(__file__).parent / "uv.lock.txt"


def is_ready(place: Place, lock: str) -> bool:
    """Whether `.venv` holds what `lock` asks for; the development set includes the runtime set."""
    accepted = {lock, DEVELOPMENT}
    return any(stamps.is_fresh(_stamp(place), _wanted(place, name)) for name in accepted)


def ensure(place: Place, lock: str = RUNTIME) -> str:
    """Create or update the environment; returns a short word on what was done."""
    if is_ready(place, lock):
        return _("ready")
    with _one_at_a_time(place):
        if is_ready(place, lock):
            return _("ready")
        chosen = DEVELOPMENT if _was_for_development(place) else lock
        done = _install(place, chosen)
        stamps.write(_stamp(place), _wanted(place, chosen))
        _note(place).write_text(chosen)
        return done


def _install(place: Place, lock: str) -> str:
    _stamp(place).unlink(missing_ok=True)
    if uv := _uv(place):
        env = indexes.for_uv()
        if made := not _is_usable(place.python):
            venv = [uv, "venv", "--quiet", "--clear", "--relocatable", "--no-python-downloads"]
            _run(place, [*venv, "--python", str(_interpreter()), ".venv"], env)
        # an environment somebody made by hand may hold more than we know: add to it, remove nothing
        how = ["sync"] if made or _note(place).exists() else ["install", "-r"]
        command = [uv, "pip", how[0], "--quiet", "--require-hashes", "--python", str(place.python)]
        _run(place, [*command, *how[1:], lock], env)
        return "uv"
    if not _is_usable(place.python):
        _run(place, [base_python(), "-m", "venv", "--clear", ".venv"], dict(os.environ))
    install = [str(place.python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock]
    _run(place, install, dict(os.environ))
    return "pip"


def _uv(place: Place) -> str | None:
    """uv from the PATH, from `.tools`, or freshly fetched into `.tools`; None leaves venv and pip."""
    if found := shutil.which("uv"):
        return found
    ours = place.tools / "bin" / "uv"
    if not ours.exists():
        _fetch_uv(place)
    return str(ours) if ours.exists() else None


def _fetch_uv(place: Place) -> None:
    if not _has("pip") and not _has("ensurepip"):
        debian.install(["python3-pip"], why=_("Python's installer pip is missing."))
    if not _has("pip"):
        return  # venv brings its own pip
    command = [base_python(), "-m", "pip", "install", "--quiet", "--target", str(place.tools), "--upgrade"]
    command += ["--disable-pip-version-check", "--require-hashes", "-r", str(UV_LOCK)]
    try:
        _run(place, command, dict(os.environ))
    except Problem:
        if not _has("ensurepip"):
            raise


def _interpreter() -> Path:
    """The Python that Qince itself runs on: the named one, else Debian's own, else the one that runs this launcher.

    Debian's is built with profile-guided optimization, a fifth quicker than a plain build that comes first on the
    PATH, and the system's security updates keep it (docs/decisions/0031). It must be of the launcher's own version.
    """
    if named := os.environ.get("QINCE_PYTHON"):
        if found := shutil.which(named):
            return Path(found)
        raise Problem(
            _("QINCE_PYTHON names {python}, which is not a program.").format(python=named),
            _("Give the path of a Python 3.11 or newer, or unset QINCE_PYTHON."),
        )
    return DEBIAN if _is_usable(DEBIAN, like=sys.version_info[:2]) else Path(base_python())


def _has(module: str) -> bool:
    return (
        subprocess.run([base_python(), "-c", f"import {module}"], capture_output=True, check=False).returncode
        == 0
    )


def _is_usable(python: Path, like: tuple[int, ...] = ()) -> bool:
    """Whether this interpreter is there, whole and new enough, or of the version `like`."""
    if not python.exists():
        return False
    fits = f"v >= (3, 11) and v[:{len(like)}] == {like}"
    question = f"import ctypes, sqlite3, ssl, sys; v = sys.version_info; sys.exit(not ({fits}))"
    try:
        return subprocess.run([python, "-c", question], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _run(place: Place, command: Sequence[str], env: dict[str, str]) -> None:
    done = subprocess.run(command, cwd=place.root, env=env, capture_output=True, text=True, check=False)
    output = (done.stdout + done.stderr).strip()
    if place.verbose and output:
        print(output, file=sys.stderr)
    if done.returncode:
        raise _explain(output, place)


def _explain(output: str, place: Place) -> Problem:
    lower = output.lower()
    last = output.splitlines()[-6:]
    if is_full(output):
        return disk_full(place.root)
    if any(sign in lower for sign in _NETWORK):
        return Problem(
            _("The packages could not be fetched: no connection to the package index."),
            _("Check the network; behind a mirror set it with: pip config set global.index-url URL"),
            *last,
        )
    if "hash" in lower and "mismatch" in lower:
        return Problem(_("A fetched package is not the one that was locked; it was refused."), *last)
    return Problem(_("The environment could not be installed."), *last)


_NETWORK = (
    "dns error",
    "failed to fetch",
    "error sending request",
    "connection refused",
    "network is unreachable",
    "temporary failure in name resolution",
    "max retries exceeded",
    "timed out",
    "could not connect",
)


def _wanted(place: Place, lock: str) -> str:
    return stamps.digest(lock, str(place.python.resolve()), (place.root / lock).read_text())


def _stamp(place: Place) -> Path:
    return place.root / ".venv" / ".qince-installed"


def _note(place: Place) -> Path:
    return place.root / ".venv" / ".qince-lock"


def _was_for_development(place: Place) -> bool:
    return _note(place).is_file() and _note(place).read_text() == DEVELOPMENT


@contextmanager
def _one_at_a_time(place: Place) -> Iterator[None]:
    place.tools.mkdir(exist_ok=True)
    with (place.tools / "environment.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
