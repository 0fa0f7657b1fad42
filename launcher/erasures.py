"""The erasure ledger and the database: whoever was erased must not come back with an old backup."""

from launcher import django, sql
from launcher.database import Database
from launcher.place import Place
from launcher.problem import Problem
from launcher.words import _

_KNOWN = "SELECT to_regclass('public.erasure_mark') IS NOT NULL"
_CARRIED_OUT = "SELECT count(*) FROM public.erasure_mark"


def missing(place: Place, database: Database) -> int:
    """How many entries of the ledger this database has not carried out. Cheap: two counts, no Django."""
    ledger = place.data / "keys" / "erasures.log"
    if not ledger.exists():
        return 0
    with ledger.open("rb") as file:
        written = sum(1 for line in file if line.strip())
    reader = database.superuser or database.backup
    if sql.run(database.binaries, reader, _KNOWN) != [["t"]]:
        return written
    done = sql.run(database.binaries, reader, _CARRIED_OUT)
    return max(0, written - int(done[0][0]))


def replay(place: Place, database: Database) -> str:
    """Erase again whoever the ledger names and the database still knows; the service must not be open yet."""
    if not missing(place, database):
        return _("nobody")
    said = django.run(place, database.environment(as_owner=False), "replay_erasures")
    return said.strip()


def refuse_open_service(place: Place, database: Database) -> None:
    """Restoring under a running service would show erased people until they are erased again."""
    ledger = place.data / "keys" / "erasures.log"
    if database.shared and ledger.exists() and ledger.stat().st_size:
        raise Problem(
            _("People were erased here; a backup may still hold them, and Qince is running."),
            _("Stop Qince, restore, and start it again: they are erased anew before it opens."),
        )
