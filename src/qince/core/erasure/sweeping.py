"""The sweep: a marker is looked for everywhere this installation keeps anything, and every place is named.

Tables are read by the owner's eyes where given, row security aside; sealed columns are opened where keys exist, and
so are sealed files. What cannot be opened is random bytes to anybody else as well.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection

from qince.core.erasure.searching import holds, needles
from qince.core.files import keeping
from qince.core.files.models import Blob
from qince.core.organizations.models import Organization
from qince.kit.errors import NotFound
from qince.kit.tenancy import TenantModel, tenant

CHUNK = 500
# The database's own files hold rows until they are overwritten (docs/decisions/0017); they are read as tables above.
NOT_SEARCHED = ("postgres", "static", "throwaway", "stamps")


@dataclass(frozen=True, slots=True)
class Hit:
    place: str
    count: int


def sweep(marker: str, *, backups: list[Path] | None = None) -> Iterator[Hit]:
    """Every place that holds `marker`, with how often."""
    yield from _tables(marker)
    yield from _sealed_columns(marker)
    yield from _sessions(marker)
    yield from _files(marker)
    yield from _sealed_files(marker)
    for backup in backups or []:
        from qince.core.erasure.backups import hits_in

        yield from hits_in(backup, marker)


def _tables(marker: str) -> Iterator[Hit]:
    """Every column of every table, organization by organization, since row security shows no more at a time."""
    found: dict[str, int] = {}
    tenants = {model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)}
    for table in _all_tables():
        if table not in tenants:
            found[table] = _rows_holding(table, marker)
    for organization in Organization.objects.values_list("pk", flat=True):
        with tenant(organization):
            for table in sorted(tenants):
                found[table] = found.get(table, 0) + _rows_holding(table, marker)
    yield from (Hit(f"table {table}", count) for table, count in sorted(found.items()) if count)


def _all_tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


def _rows_holding(table: str, marker: str) -> int:
    """Rows whose text, or whose bytes in hex, hold the marker, in any case."""
    like = marker.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {name} found WHERE found::text ILIKE %s OR found::text ILIKE %s",  # nosec B608
            [f"%{like}%", f"%{marker.encode().hex()}%"],
        )
        return int(cursor.fetchone()[0])


def _sealed_columns(marker: str) -> Iterator[Hit]:
    for model in apps.get_models():
        names = [each.name for each in model._meta.local_concrete_fields if getattr(each, "is_sealed", False)]
        if names and issubclass(model, TenantModel):
            for name, count in _opened(model, names, marker).items():
                yield Hit(f"sealed column {model._meta.label_lower}.{name}", count)


def _opened(model: Any, names: list[str], marker: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for organization in Organization.objects.values_list("pk", flat=True):
        with tenant(organization):
            for row in model.objects.values(*names).iterator(chunk_size=CHUNK):
                for name, value in row.items():
                    if value is not None and marker.casefold() in _text(value).casefold():
                        found[name] = found.get(name, 0) + 1
    return found


def _text(value: Any) -> str:
    return bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)


def _sessions(marker: str) -> Iterator[Hit]:
    count = sum(
        marker.casefold() in str(session.get_decoded()).casefold()
        for session in Session.objects.iterator(chunk_size=CHUNK)
    )
    if count:
        yield Hit("sessions", count)


def _files(marker: str) -> Iterator[Hit]:
    """Every file under the data folder as it lies there; archives and workbooks are looked into."""
    wanted = needles([marker])
    for path in sorted(Path(settings.DATA).rglob("*")):
        if (
            path.relative_to(settings.DATA).parts[0] in NOT_SEARCHED
            or not path.is_file()
            or path.is_symlink()
        ):
            continue
        try:
            with path.open("rb") as stream:
                if marker in path.name or holds(stream, wanted):
                    yield Hit(f"file {path.relative_to(settings.DATA)}", 1)
        except FileNotFoundError:
            continue  # it went while we looked


def _sealed_files(marker: str) -> Iterator[Hit]:
    wanted = needles([marker])
    for organization in Organization.objects.values_list("pk", flat=True):
        with tenant(organization):
            for blob in Blob.objects.filter(is_sealed=True).iterator(chunk_size=CHUNK):
                for name, kind in _copies(blob):
                    try:
                        with keeping.opened(blob, name, kind) as stream:
                            if holds(stream, wanted):
                                yield Hit(f"sealed file {name}", 1)
                    except NotFound:
                        continue


def _copies(blob: Blob) -> Iterator[tuple[str, str]]:
    yield blob.storage_name, keeping.ORIGINAL
    if blob.thumbnail_name:
        yield blob.thumbnail_name, keeping.THUMBNAIL
    yield f"{blob.storage_name}.display", keeping.DISPLAY
