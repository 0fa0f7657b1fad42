"""Expected failures: what went wrong, and the way out. Anything else is a defect and keeps its traceback."""

import errno
from pathlib import Path

from launcher.words import _


class Problem(Exception):
    """A failure an operator can mend. `ways_out` are printed one per line below the message."""

    def __init__(self, message: str, *ways_out: str) -> None:
        super().__init__(message)
        self.ways_out = ways_out


def known(error: Exception, data: Path) -> Problem | None:
    """What an exception means to an operator of the data folder `data`; None for a defect of ours."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, OSError):
        return _from_os_error(error)
    return disk_full(data) if is_full(str(error)) else None


def is_full(output: str) -> bool:
    """Whether a program's words, the database's included, come down to a disk without room."""
    return "no space left" in output.lower()


def _from_os_error(error: OSError) -> Problem | None:
    where = Path(str(error.filename or "?"))
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(where)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Problem(
            _("Qince may not write to {path}.").format(path=where),
            _("Change the owner of the folder, or choose another one with --data DIR."),
        )
    return None


def disk_full(where: Path) -> Problem:
    return Problem(
        _("The disk is full ({path}).").format(path=where),
        _("Free some space, or choose a folder on another disk with --data DIR."),
        _("Nothing was lost: start again when there is room."),
    )
