"""All of an organization's data, on its own demand (C1.1-08): asked for, made by a job, taken away, removed.

The organization is responsible for this data; the operator only keeps it. So sealed values are given in clear, to its
administrators alone, and never unseen: the reason stands on record, everybody who may do it is told, each person in it
can see that their data was looked at, and taking it away counts as the export it is.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from qince.core.access.queries import actor_for, holders_over
from qince.core.files import packages
from qince.core.people.queries import restricted_ids
from qince.core.processing import telling
from qince.core.processing.making import Writer
from qince.core.processing.models import Archive
from qince.core.processing.rules import EXPORT
from qince.core.processing.tables import tables
from qince.core.watch import reads
from qince.core.watch.training import TrainingOverdue, is_trained
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, Forbidden, NotFound, Refusal
from qince.kit.events import publish
from qince.kit.resource.events import Exported
from qince.kit.tenancy import tenant
from qince.kit.vault import api as vault
from qince.kit.vault.errors import SubjectErased
from qince.kit.vault.openings import watched_by

KEPT = timedelta(days=7)
LONGEST = timedelta(days=1)  # one that is being made for longer was cut short
FEWEST_LETTERS = 10
PAGE = "processing:export"
State = Archive.State


@action("processing.request_export", permission=EXPORT)
def request_export(actor: Actor, *, reason: str, now: datetime) -> Archive:
    """Have all of the organization's data made into one archive: an instruction to the operator, on record."""
    from qince.core.processing.jobs import make_archive

    _require_everybody(actor)
    if not is_trained(actor.organization_id, actor.person_id, today=timezone.localdate(now)):
        raise TrainingOverdue
    if len(reason.strip()) < FEWEST_LETTERS:
        raise Refusal(
            "reason_required",
            _("Say what the data is needed for, in at least ten letters. It stands on record."),
            field="reason",
        )
    if Archive.objects.filter(state=State.MAKING, requested_at__gt=now - LONGEST).exists():
        raise Conflict("export_under_way", _("An export is being made already."))
    found = Archive.objects.create(
        requested_by_id=actor.employee_id,
        reason=reason.strip()[:300],
        language=translation.get_language() or settings.LANGUAGE_CODE,
        requested_at=now,
        expires_at=now + KEPT,
    )
    make_archive.defer(organization_id=str(actor.organization_id), archive_id=str(found.pk))
    note(found, reason=found.reason, expires_at=found.expires_at)
    telling.asked(actor, found, holders_over(EXPORT, actor.person_id), now=now)
    return found


def _require_everybody(actor: Actor) -> None:
    """Whoever reaches a part of the people exports that part from the lists; a job or the operator none of it."""
    if actor.employee_id is None or not actor.scope(EXPORT).everyone:
        raise Forbidden(_("This needs the permission for the whole organization."))


def archive_file(archive: Archive) -> Path:
    return Path(settings.DATA) / "exports" / str(archive.organization_id) / f"{archive.pk}.sealed"


def label_of(archive: Archive) -> str:
    return f"processing.archive.{archive.pk}"


class _Looking:
    """Whose sealed values the archive holds: each of them can see it afterwards."""

    def __init__(self) -> None:
        self.people: set[UUID] = set()

    def opens(self, organization_id: UUID, subject_id: UUID) -> None:
        self.people.add(subject_id)


def make(organization_id: UUID, archive_id: UUID, *, now: datetime) -> None:
    """Write and seal the archive, unless it was removed meanwhile."""
    with tenant(organization_id):
        archive = Archive.objects.select_related("requested_by", "organization").get(pk=archive_id)
        if archive.state != State.MAKING:
            return
        excluded = restricted_ids() - {archive.requested_by_id}
        expected = sum(each.rows().count() for each in tables(excluded))
    _save(archive, expected=expected)
    looking, writers = _Looking(), []

    def fill(clear: IO[bytes]) -> None:
        writer = Writer(clear, archive, excluded, lambda rows: _save(archive, rows=rows))
        writers.append(writer)
        writer.write(now=now)

    try:
        with watched_by(looking):
            size = packages.seal_into(
                archive_file(archive), fill, organization_id=organization_id, subject_id=archive.pk,
                label=label_of(archive),
            )  # fmt: skip
    except SubjectErased:  # removed while it was written, such as for somebody who was erased meanwhile
        return
    _finish(archive, writers[-1], size, looking.people, now)


def _save(archive: Archive, **values: Any) -> bool:
    """Whether it is still wanted."""
    with tenant(archive.organization_id):
        return bool(Archive.objects.filter(pk=archive.pk, state=State.MAKING).update(**values))


def _finish(archive: Archive, writer: Writer, size: int, people: set[UUID], now: datetime) -> None:
    if not _save(archive, state=State.READY, rows=writer.rows, files=writer.files, size=size):
        _destroy(archive)
        return
    with tenant(archive.organization_id):
        asker = actor_for(archive.requested_by, client="system", locale=archive.language)
        reads.note(asker, people, page=PAGE, now=now)
        telling.ready(archive, now=now)


def archives_visible_to(actor: Actor) -> Any:
    """Those that wait, and what became of earlier ones: the latest first. One asked for by somebody whose data may only
    be stored now names them, so it is gone by its date alone.
    """
    if actor.employee_id is None or not actor.scope(EXPORT).everyone:
        return Archive.objects.none()
    rows = Archive.objects.filter(requested_by__restricted_at=None)
    return rows.select_related("requested_by").order_by("-requested_at")


@action("processing.export", permission=EXPORT)
def take_export(actor: Actor, archive: Archive, *, now: datetime) -> IO[bytes]:
    """The clear archive, to be read and closed. Counted as an export of all its rows."""
    _require_everybody(actor)
    found = _ready(actor, archive, now)
    found.collected_at = now
    found.save(update_fields=["collected_at"])
    note(found, rows=found.rows, files=found.files, reason=found.reason)
    publish(Exported(actor.employee_id, found.rows))
    return packages.opened(archive_file(found), label_of(found))


@action("processing.remove_export", permission=EXPORT)
def remove_export(actor: Actor, archive: Archive, *, now: datetime) -> None:
    """Remove it before its time; one being made is stopped."""
    rows = archives_visible_to(actor).filter(state__in=(State.MAKING, State.READY))
    found = rows.select_for_update(of=("self",)).filter(pk=archive.pk).first()
    if found is None:
        raise NotFound
    note(found, state=(found.state, State.GONE))
    forget([found])


def _ready(actor: Actor, archive: Archive, now: datetime) -> Archive:
    rows = archives_visible_to(actor).filter(state=State.READY, expires_at__gt=now)
    found: Archive | None = rows.select_for_update(of=("self",)).filter(pk=archive.pk).first()
    if found is None:
        raise NotFound
    return found


def remove_expired(organization_id: UUID, *, now: datetime, is_closed: bool) -> int:
    """Remove what is past its days, and everything of an organization that has ended."""
    with tenant(organization_id):
        over = Archive.objects.exclude(state=State.GONE)
        return forget(over if is_closed else over.filter(expires_at__lte=now))


def forget(archives: Iterable[Archive]) -> int:
    """Remove the files and destroy their keys, so that no backup opens them either."""
    done = 0
    for archive in list(archives):
        _destroy(archive)
        Archive.objects.filter(pk=archive.pk).update(state=State.GONE)
        done += 1
    return done


def _destroy(archive: Archive) -> None:
    archive_file(archive).unlink(missing_ok=True)
    vault.destroy_subject(archive.organization_id, archive.pk)  # type: ignore[arg-type]
