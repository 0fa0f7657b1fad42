"""PostgreSQL refuses to run as root, so root lends the database to the system user `qince`."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from launcher.problem import Problem
from launcher.words import _

NAME = "qince"


class Identity(TypedDict):
    """How subprocess is told whom to become; None leaves it as it is."""

    user: int | None
    group: int | None
    extra_groups: list[int] | None


@dataclass(frozen=True)
class Account:
    """The user that owns and runs the database when the launcher is root."""

    name: str
    uid: int
    gid: int

    def reaches(self, path: Path) -> bool:
        """Whether this user may enter or execute `path`, asked of the kernel itself."""
        return subprocess.run(["test", "-x", str(path)], check=False, **identity(self)).returncode == 0

    def own(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)


def identity(account: Account | None) -> Identity:
    if account is None:
        return Identity(user=None, group=None, extra_groups=None)
    return Identity(user=account.uid, group=account.gid, extra_groups=[])


def database_account() -> Account | None:
    """Return the user to drop to, made on first use; None where we are not root and need none."""
    if os.geteuid() != 0:
        return None
    try:
        found = pwd.getpwnam(NAME)
    except KeyError:
        _create()
        found = pwd.getpwnam(NAME)
    return Account(NAME, found.pw_uid, found.pw_gid)


def _create() -> None:
    useradd = shutil.which("useradd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    command = [useradd or "useradd", "--system", "--user-group", "--no-create-home"]
    command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", NAME]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Problem(
            _("PostgreSQL may not run as root, and the system user “qince” could not be made."),
            _("Start Qince as an ordinary user, or create the user: useradd --system --user-group qince"),
            str(getattr(error, "stderr", "") or error).strip(),
        ) from error
