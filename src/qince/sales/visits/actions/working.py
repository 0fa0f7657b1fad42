"""The steps of a visit: answers and photos."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from qince.core.files.models import Blob
from qince.engines.evidence.judge import Fence, judge
from qince.engines.sync.registry import Context, Item, Outcome
from qince.kit import bulk
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict
from qince.sales.visits import steps as visit_steps
from qince.sales.visits.actions.common import each, own_visits, require_photo, visit_of
from qince.sales.visits.models import Photo, StepRecord, Visit
from qince.sales.visits.payloads import PhotoTaken, RecordStep


@action("visits.record_step", permission="visits.carry_out")
def record_steps(actor: Actor, *, items: Sequence[Item[RecordStep]], context: Context) -> list[Outcome]:
    """Keep the answer and the photos of each step. A later answer replaces an earlier one."""
    return _Steps(actor, items, context).run()


class _Steps:
    def __init__(self, actor: Actor, items: Sequence[Item[RecordStep]], context: Context) -> None:
        self.context = context
        self.items = items
        self.visits = own_visits(actor, items)
        self.blobs: dict[str, UUID] = {}
        self.seen: dict[str, set[UUID]] = {}
        if hashes := {photo.sha256 for item in items for photo in item.payload.photos}:
            self._look_for(hashes)
        self.records: dict[tuple[UUID, str], StepRecord] = {}
        self.photos: list[Photo] = []

    def _look_for(self, hashes: set[str]) -> None:
        """Pictures that have arrived already, and visits that show the same ones."""
        self.blobs.update(Blob.objects.filter(sha256__in=hashes).values_list("sha256", "pk"))
        for sha256, visit in Photo.objects.filter(sha256__in=hashes).values_list("sha256", "visit_id"):
            self.seen.setdefault(sha256, set()).add(visit)

    def run(self) -> list[Outcome]:
        outcomes = each(self.items, self._one)
        self._write()
        return outcomes

    def _one(self, item: Item[RecordStep]) -> dict[str, Any]:
        payload = item.payload
        visit = visit_of(self.visits, payload.visit_id)
        if visit.state == Visit.State.COMPLETED:
            raise Conflict(
                "visit_completed", _("This visit has already been checked out; its steps are closed.")
            )
        step = visit_steps.find_step(visit.steps, payload.step_id)
        visit_steps.check_answer(step, payload.answer, len(payload.photos))
        for photo in payload.photos:
            require_photo(photo, self.context)
        self.photos += [self._photo(visit, step, photo, item.hash) for photo in payload.photos]
        self.records[visit.pk, payload.step_id] = bulk.row(
            StepRecord,
            visit_id=visit.pk,
            step_id=payload.step_id,
            kind=step["kind"],
            answer=payload.answer,
            at=item.occurred_at,
        )
        return {}

    def _photo(self, visit: Visit, step: dict[str, Any], photo: PhotoTaken, operation_hash: str) -> Photo:
        if self.seen.get(photo.sha256, set()) - {visit.pk} and "repeated_photo" not in visit.flags:
            visit.flags.append("repeated_photo")
        customer = visit.customer
        columns = judge(
            photo.evidence,
            Fence(customer.lat, customer.lng, customer.radius_m, **self.context.fence),
            sent=self.context.sent,
            received_at=self.context.received_at,
            operation_hash=operation_hash,
        )
        return Photo(
            visit=visit,
            step_id=step["id"],
            sha256=photo.sha256,
            size=photo.size,
            taken_at=columns["at"],
            blob_id=self.blobs.get(photo.sha256),
            **columns,
        )

    def _write(self) -> None:
        records = list(self.records.values())
        bulk.put(records, key=("organization", "visit", "step_id"), replacing=("answer", "at", "kind"))
        bulk.put(self.photos, key=("organization", "visit", "step_id", "sha256"))
        changed = [self.visits[key] for key in {key for key, _step in self.records}]
        steps = _counts(StepRecord, changed)
        photos = _counts(Photo, changed) if self.photos else {}
        for visit in changed:
            visit.steps_done = steps.get(visit.pk, 0)
            visit.photo_count = photos.get(visit.pk, visit.photo_count)
            visit.version += 1
            note(visit, steps=sorted(step for key, step in self.records if key == visit.pk))
        bulk.update(changed, ("steps_done", "photo_count", "flags", "version"))


def _counts(model: type[StepRecord | Photo], visits: list[Visit]) -> dict[UUID, int]:
    rows = model.objects.filter(visit__in=visits).values_list("visit_id").annotate(Count("pk"))
    return dict(rows)
