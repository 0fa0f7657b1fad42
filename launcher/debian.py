"""Debian packages a step needs: installed when we may, else the exact command to type."""

import os
import shutil
import subprocess
from collections.abc import Sequence

from launcher.problem import Problem
from launcher.words import _


def install(packages: Sequence[str], *, why: str) -> None:
    """Install `packages` with apt as root; raise a `Problem` with the command where that is not possible."""
    command = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if not shutil.which("apt-get"):
        raise Problem(
            why, _("Install with your system's package manager: {names}").format(names=" ".join(packages))
        )
    if os.geteuid() != 0:
        raise Problem(why, _("Type: sudo {command}").format(command=command))
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-qq"]
    subprocess.run([*apt, "update"], env=env, capture_output=True, check=False)
    done = subprocess.run(
        [*apt, "install", "-y", "--no-install-recommends", *packages],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Problem(
            why,
            _("apt-get could not install {names}:").format(names=" ".join(packages)),
            *done.stderr.splitlines()[-4:],
        )
