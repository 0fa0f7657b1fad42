"""Writes of visits. Each takes the operations of one push together: what was done in the field is kept, and flagged
where it looks odd; refused is only what contradicts the visit itself."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from django.db.models import Count
from django.utils.translation import gettext as _

from qince.core.files.models import Blob
from qince.core.organizations.settings import OutsidePolicy
from qince.engines.evidence.envelope import Evidence
from qince.engines.evidence.judge import Fence, judge
from qince.engines.evidence.place import require_device, require_place
from qince.engines.sync.registry import Context, Item, Outcome
from qince.kit import bulk, clock
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.events import publish
from qince.kit.ids import uuid7
from qince.masterdata.customers.models import Customer
from qince.sales.routes.models import PlannedVisit
from qince.sales.visits import steps as visit_steps
from qince.sales.visits.arrival import Plan, known
from qince.sales.visits.events import VisitCompleted, VisitStarted
from qince.sales.visits.models import CheckEvent, Photo, StepRecord, Visit
from qince.sales.visits.payloads import CheckIn, CheckOut, PhotoTaken, RecordStep
from qince.sales.visits.rules import SHORTEST

P = TypeVar("P", bound=msgspec.Struct)
# Functions of the register, as the gate knows them.
CHECK_IN, PHOTO = "visits.check_in", "visits.photo"


def _each(items: Sequence[Item[P]], do: Callable[[Item[P]], dict[str, Any]]) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for item in items:
        try:
            outcomes.append(do(item))
        except Refusal as refusal:
            outcomes.append(refusal)
    return outcomes


def _require_place(evidence: Evidence, context: Context, function: str) -> None:
    use = context.settings.location_visits
    require_place(evidence, context.standing, use=use, function=function, delivery=context.delivery)


def _require_photo(photo: PhotoTaken, context: Context) -> None:
    """The camera was allowed for photos of visits when this one was taken; its place is a question of its own."""
    require_device("camera", photo.evidence, context.standing, delivery=context.delivery, use="visit_photo")
    _require_place(photo.evidence, context, PHOTO)


# --- Check-in -------------------------------------------------------------------------------------


@action("visits.check_in", permission="visits.carry_out")
def check_in(actor: Actor, *, items: Sequence[Item[CheckIn]], context: Context) -> list[Outcome]:
    """Open a visit for each: the verdict is the server's, whatever the phone showed."""
    return _CheckIns(actor, items, context).run()


class _CheckIns:
    """The records that check-ins of one push need, read once, and the rows they become."""

    def __init__(self, actor: Actor, items: Sequence[Item[CheckIn]], context: Context) -> None:
        self.actor, self.items, self.context = actor, items, context
        self.known = known(
            actor.person_id,
            customers={item.payload.customer_id for item in items},
            templates={item.payload.template_id for item in items if item.payload.template_id},
            since=min(item.occurred_at for item in items).date(),
        )
        self.visits: list[Visit] = []
        self.events: list[CheckEvent] = []

    def run(self) -> list[Outcome]:
        outcomes = _each(self.items, self._one)
        bulk.insert(self.visits)
        bulk.insert(self.events)
        for visit in self.visits:
            note(visit, verdict=visit.verdict)
            publish(VisitStarted(visit.pk, visit.employee_id, visit.on))
        return outcomes

    def _one(self, item: Item[CheckIn]) -> dict[str, Any]:
        payload = item.payload
        customer = self.known.customers.get(payload.customer_id)
        if customer is None:
            raise NotFound(_("This store is not, or no longer, assigned to you."))
        _require_place(payload.evidence, self.context, CHECK_IN)
        event = _check_event(CheckEvent.Kind.IN, customer, item, self.context)
        if event.verdict == "outside":
            self._refuse_outside(payload)
        visit = self._visit(payload, customer, event)
        event.visit = visit
        self.visits.append(visit)
        self.events.append(event)
        return {
            "verdict": event.verdict,
            "distance_m": event.distance_m,
            "checked_in_at": event.at.isoformat(),
        }

    def _refuse_outside(self, payload: CheckIn) -> None:
        if self.context.settings.outside_policy == OutsidePolicy.BLOCK:
            raise Refusal(
                "outside", _("You are outside the store's area. Your company allows check-in only inside it.")
            )
        if not payload.reason.strip():
            raise Refusal("reason_required", _("You are outside the store's area. Say why."), field="reason")

    def _visit(self, payload: CheckIn, customer: Customer, event: CheckEvent) -> Visit:
        template = self.known.templates.get(payload.template_id) if payload.template_id else None
        on = clock.local_date(event.at, self.context.organization.time_zone)
        plan = self._plan(payload, on)
        flags = [*event.flags, *(["overlap"] if self.known.has_open_visit else [])]
        return Visit(
            id=payload.visit_id,
            employee_id=self.actor.person_id,
            customer=customer,
            planned_visit_id=plan.id if plan else None,
            template=template,
            template_version=template.version if template else 1,
            steps=template.steps if template else [],
            on=on,
            checked_in_at=event.at,
            verdict=event.verdict,
            distance_m=event.distance_m,
            reason=payload.reason.strip(),
            flags=flags,
        )

    def _plan(self, payload: CheckIn, on: date) -> Plan | None:
        """The plan this visit fulfils: the one named, else that day's for the same store."""
        mine = [plan for plan in self.known.plans if plan.customer_id == payload.customer_id]
        named = next((plan for plan in mine if plan.id == payload.planned_visit_id), None)
        return named or next((plan for plan in mine if plan.on == on), None)


def _check_event(kind: str, customer: Customer, item: Item[Any], context: Context) -> CheckEvent:
    """The evidence, whose visit is still to be named."""
    fence = Fence(customer.lat, customer.lng, customer.radius_m, **context.fence)
    columns = judge(
        item.payload.evidence,
        fence,
        sent=context.sent,
        received_at=context.received_at,
        operation_hash=item.hash,
    )
    return CheckEvent(id=uuid7(), kind=kind, **columns)


# --- Steps ----------------------------------------------------------------------------------------


@action("visits.record_step", permission="visits.carry_out")
def record_steps(actor: Actor, *, items: Sequence[Item[RecordStep]], context: Context) -> list[Outcome]:
    """Keep the answer and the photos of each step. A later answer replaces an earlier one."""
    return _Steps(actor, items, context).run()


class _Steps:
    def __init__(self, actor: Actor, items: Sequence[Item[RecordStep]], context: Context) -> None:
        self.context = context
        self.items = items
        self.visits = _own_visits(actor, items)
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
        outcomes = _each(self.items, self._one)
        self._write()
        return outcomes

    def _one(self, item: Item[RecordStep]) -> dict[str, Any]:
        payload = item.payload
        visit = _visit_of(self.visits, payload.visit_id)
        if visit.state == Visit.State.COMPLETED:
            raise Conflict(
                "visit_completed", _("This visit has already been checked out; its steps are closed.")
            )
        step = visit_steps.find_step(visit.steps, payload.step_id)
        visit_steps.check_answer(step, payload.answer, len(payload.photos))
        for photo in payload.photos:
            _require_photo(photo, self.context)
        self.photos += [self._photo(visit, step, photo, item.hash) for photo in payload.photos]
        self.records[visit.pk, payload.step_id] = StepRecord(
            visit=visit,
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


# --- Check-out ------------------------------------------------------------------------------------


@action("visits.check_out", permission="visits.carry_out")
def check_out(actor: Actor, *, items: Sequence[Item[CheckOut]], context: Context) -> list[Outcome]:
    """Complete each visit. Required steps must be done, unless a reason says why the call was unproductive."""
    visits = _own_visits(actor, items)
    done: dict[UUID, set[str]] = {}
    for visit_id, step_id in StepRecord.objects.filter(visit__in=visits).values_list("visit_id", "step_id"):
        done.setdefault(visit_id, set()).add(step_id)
    events: list[CheckEvent] = []

    def one(item: Item[CheckOut]) -> dict[str, Any]:
        visit = _visit_of(visits, item.payload.visit_id)
        event = _completed(visit, done.get(visit.pk, set()), item, context)
        events.append(event)
        return {"verdict": event.verdict, "duration_s": visit.duration_s}

    outcomes = _each(items, one)
    bulk.insert(events)
    _finish([visits[event.visit_id] for event in events])
    return outcomes


def _completed(visit: Visit, done: set[str], item: Item[CheckOut], context: Context) -> CheckEvent:
    payload = item.payload
    if visit.state == Visit.State.COMPLETED:
        raise Conflict("visit_completed", _("This visit has already been checked out."))
    if payload.unproductive_reason not in ("", *Visit.Unproductive.values):
        raise Refusal("invalid_payload", _("This reason is unknown."), field="unproductive_reason")
    missing = visit_steps.missing_steps(visit.steps, done)
    if missing and not payload.unproductive_reason:
        raise Refusal(
            "steps_missing",
            _("Still to do: %(titles)s. Or say why the visit was not productive.")
            % {"titles": ", ".join(missing)},
            steps=missing,
        )
    _require_place(payload.evidence, context, CHECK_IN)
    event = _check_event(CheckEvent.Kind.OUT, visit.customer, item, context)
    event.visit = visit
    event.at = max(event.at, visit.checked_in_at)
    visit.state, visit.checked_out_at = Visit.State.COMPLETED, event.at
    visit.summary, visit.unproductive_reason = payload.summary.strip(), payload.unproductive_reason
    if event.at - visit.checked_in_at < SHORTEST:
        visit.flags.append("short")
    visit.version += 1
    return event


def _finish(visits: list[Visit]) -> None:
    bulk.update(visits, ("state", "checked_out_at", "summary", "unproductive_reason", "flags", "version"))
    plans = [visit.planned_visit_id for visit in visits if visit.planned_visit_id]
    if plans:
        PlannedVisit.objects.filter(pk__in=plans).update(status=PlannedVisit.Status.DONE)
    for visit in visits:
        note(visit, state=visit.state, duration_s=visit.duration_s)
        publish(VisitCompleted(visit.pk, visit.employee_id, visit.on))


def _own_visits(actor: Actor, items: Sequence[Item[Any]]) -> dict[UUID, Visit]:
    """The actor's own visits that the items name, locked in one order: two phones of one person do not interleave."""
    keys = {item.payload.visit_id for item in items}
    rows = Visit.objects.filter(pk__in=keys, employee=actor.employee_id).select_related("customer")
    return {row.pk: row for row in rows.order_by("pk").select_for_update(of=("self",))}


def _visit_of(visits: dict[UUID, Visit], key: UUID) -> Visit:
    if key not in visits:
        raise NotFound(_("This visit is not known here. Send its check-in first."))
    return visits[key]


# --- Care -----------------------------------------------------------------------------------------


@action("visits.close_forgotten")
def close_forgotten(actor: Actor, *, today: date) -> int:
    """Close visits of earlier days that were never checked out. When they ended is unknown and stays empty."""
    forgotten = list(Visit.objects.filter(state=Visit.State.OPEN, on__lt=today).select_for_update())
    for visit in forgotten:
        visit.state, visit.version = Visit.State.AUTO_CLOSED, visit.version + 1
        visit.flags.append("estimated")
        note(visit, state=visit.state)
    bulk.update(forgotten, ("state", "flags", "version"))
    return len(forgotten)
