"""Places outside the models' tables where a person may still stand: queued jobs, tables kept between the steps of an
import, files and the pieces of files on their way, phones that hold a copy.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection

from qince.core.accounts.models import Device
from qince.core.erasure.models import Copy, Farewell
from qince.core.erasure.searching import holds_text
from qince.core.erasure.subjects import Subject
from qince.core.files.actions import delete_part
from qince.core.files.models import Blob, Upload
from qince.core.files.removal import delete_blob
from qince.kit import clock
from qince.kit.actor import system_actor
from qince.kit.tenancy import current_organization_id
from qince.kit.vault import api as vault


def forget_jobs(subject: Subject) -> int:
    """Jobs, waiting or done, whose arguments name the person. One that runs at this moment is left to end."""
    words = [str(subject.id)] if subject.id else []
    words += [word for word in (subject.mobile, subject.email) if word]
    if not words:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE status <> 'doing' AND args::text LIKE ANY(%s)",
            [[f"%{_for_like(word)}%" for word in words]],
        )
        return int(cursor.rowcount)


def _for_like(text: str) -> str:
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def forget_imports(subject: Subject) -> int:
    """Tables the person uploaded, and those of others in which the person stands; they live a day at most."""
    folder = Path(settings.DATA) / "imports" / str(subject.organization_id)
    found = 0
    for note in sorted(folder.glob("*.json")) if folder.exists() else []:
        table = note.with_suffix(".table")
        if _owner(note) == str(subject.id) or any(
            holds_text(file, subject.words) for file in (note, table) if file.exists()
        ):
            table.unlink(missing_ok=True)
            note.unlink(missing_ok=True)
            found += 1
    return found


def _owner(note: Path) -> str:
    try:
        return str(json.loads(note.read_text(encoding="utf-8"))["owner"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def forget_uploads(keys: list[Any], organization_id: UUID) -> int:
    """Files half sent: the row and the pieces on disk."""
    for key in keys:
        delete_part(organization_id, key)
    return int(Upload.objects.filter(pk__in=keys).delete()[0])


def forget_blobs(keys: list[Any]) -> int:
    """Files the person sent. One that somebody else's record shows as well stays, without the sender."""
    done = 0
    for blob in Blob.objects.filter(pk__in=keys):
        if any(rows.exists() for rows in _users_of(blob)):
            Blob.objects.filter(pk=blob.pk).update(uploaded_by=None)
        else:
            delete_blob(system_actor(current_organization_id(), "erasure"), blob_id=blob.pk)
        done += 1
    return done


def files_of(rows: Any) -> set[Any]:
    """Keys of the files that these rows show."""
    names = [each.name for each in rows.model._meta.local_concrete_fields if each.related_model is Blob]
    return {key for name in names for key in rows.values_list(name, flat=True) if key}


def forget_unused(keys: Iterable[Any]) -> None:
    """Files that nothing shows any more, now that the rows which did have gone."""
    for blob in Blob.objects.filter(pk__in=list(keys)):
        if not any(rows.exists() for rows in _users_of(blob)):
            delete_blob(system_actor(current_organization_id(), "erasure.retention"), blob_id=blob.pk)


def _users_of(blob: Blob) -> Iterator[Any]:
    for model in apps.get_models():
        for each in model._meta.local_concrete_fields:
            if each.related_model is Blob:
                yield model._default_manager.filter(**{each.name: blob.pk})


def copy_file(copy: Copy) -> Path:
    return Path(settings.DATA) / "copies" / str(copy.organization_id) / f"{copy.pk}.sealed"


def forget_copy(copy: Copy) -> None:
    """The package of a copy; an outsider's has a key of its own, which goes as well."""
    copy_file(copy).unlink(missing_ok=True)
    if copy.employee_id is None:
        vault.destroy_subject(copy.organization_id, copy.pk)  # type: ignore[arg-type]


def say_farewell(devices: Any) -> None:
    """Let the phones of an erased person be told to clear themselves, when they next ask."""
    tokens = devices.filter(kind=Device.Kind.PHONE).values_list("token_digest", flat=True)
    Farewell.objects.bulk_create(
        [Farewell(token_digest=token, erased_at=clock.now()) for token in tokens], ignore_conflicts=True
    )
