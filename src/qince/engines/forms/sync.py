"""What a phone may send and fetch of forms."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from qince.engines.evidence.envelope import Evidence, read_time
from qince.engines.evidence.place import require_device
from qince.engines.forms import absence, actions, approving, assigning, periods, reading, references
from qince.engines.forms.actions.submitting import Origin, each_answer
from qince.engines.forms.models import Assignment, Form, FormVersion, Submission
from qince.engines.forms.payloads import EditSubmission, SubmitForm
from qince.engines.forms.queries import are_used, fillable, published
from qince.engines.forms.rules import FILL
from qince.engines.forms.schema import Definition, Kind, lay_out, validate
from qince.engines.forms.schema.types import REFERENCES
from qince.engines.sync.registry import Context, Item, Outcome, Record, apply_each, collection, operation
from qince.kit.actor import Actor
from qince.kit.errors import NotFound

HISTORY = timedelta(days=60)
LOOK_BACK = timedelta(days=35)
MOST_OPTIONS = 2000
Rows = Iterable[dict[str, Any]]
P = TypeVar("P", bound=msgspec.Struct)

# --- What it sends ---


@operation("forms.submit", SubmitForm, record=Record("form_submissions", "submission_id"))
def submit(actor: Actor, items: list[Item[SubmitForm]], context: Context) -> list[Outcome]:
    return apply_each(items, lambda item: _submit(actor, item, context))


@operation(
    "forms.edit_submission",
    EditSubmission,
    record=Record("form_submissions", "submission_id", said="version"),
)
def edit(actor: Actor, items: list[Item[EditSubmission]], context: Context) -> list[Outcome]:
    return apply_each(items, lambda item: _edit(actor, item, context))


def _submit(actor: Actor, item: Item[SubmitForm], context: Context) -> dict[str, Any]:
    payload = item.payload
    form = Form.objects.filter(pk=payload.form_id).exclude(number=0).first()
    if form is None or not _is_ours(actor, form, payload):
        raise NotFound
    version = published(form, payload.version)
    _require_devices(version.read, payload.data, payload.evidence, context)
    assignment = None
    if payload.assignment_id:
        assignment = Assignment.objects.filter(pk=payload.assignment_id, form=form).first()
        if assignment is None:
            raise NotFound
    made = actions.submit(
        actor,
        form=form,
        data=payload.data,
        now=read_time(payload.evidence, sent=context.sent, received_at=context.received_at).at,
        version=payload.version,
        origin=Origin(
            source=Submission.Source.PHONE, id=payload.submission_id, assignment=assignment,
            period_on=payload.period_on, received_at=context.received_at, department_id=payload.department_id,
        ),
        standing=context.standing,
        attested=payload.attested,
    )  # fmt: skip
    return {"status": made.status, "version": made.version}


def _is_ours(actor: Actor, form: Form, payload: SubmitForm) -> bool:
    """Open to all, assigned, or sent before."""
    return bool(
        fillable(actor).filter(pk=form.pk).exists()
        or Submission.objects.filter(pk=payload.submission_id).exists()
    )


def _edit(actor: Actor, item: Item[EditSubmission], context: Context) -> dict[str, Any]:
    payload = item.payload
    own = Submission.objects.filter(pk=payload.submission_id, employee=actor.employee_id)
    found = own.select_related("form_version").first()
    if found is None:
        raise NotFound
    _require_devices(found.form_version.read, payload.data, payload.evidence, context)
    made = actions.edit_submission(
        actor,
        found,
        now=context.received_at,
        data=payload.data,
        version=item.require_base(),
        department_id=payload.department_id,
        attested=payload.attested,
    )
    return {"status": made.status, "version": made.version}


def _require_devices(
    definition: Definition, data: dict[str, Any], evidence: Evidence, context: Context
) -> None:
    """What a device took, it must have been allowed to take at that moment."""
    kinds = {kind for _key, kind, answer in _sent(definition, data) if answer}
    positions = any(
        kind is Kind.LOCATION and isinstance(answer, dict) and "lat" in answer
        for _key, kind, answer in _sent(definition, data)
    )
    if positions:
        require_device("location", evidence, context.standing, delivery=context.delivery)
    if Kind.PHOTO in kinds:
        require_device("camera", evidence, context.standing, delivery=context.delivery, use="form_photo")


def _sent(definition: Definition, data: dict[str, Any]) -> Any:
    """The answers as sent, as far as they have the right form; the rest is refused when they are judged."""
    read = validate(definition, data, now=datetime.now().astimezone()).answers
    return list(each_answer(definition, read))


# --- What it fetches ---


def _may_hold(actor: Actor) -> bool:
    return actor.may(FILL) and are_used(actor)


def _forms(actor: Actor) -> list[FormVersion]:
    rows = list(fillable(actor).order_by("name", "pk"))
    if not rows:
        return []
    numbers = {form.pk: form.number for form in rows}
    found = FormVersion.objects.filter(form__in=rows).select_related("form")
    return [each for each in found if numbers[each.form_id] == each.number]


def _form_versions(actor: Actor, now: datetime) -> dict[str, Any]:
    """What a phone holds of each: a change of who decides is news as well. The record's own `version` is the form's."""
    if not _may_hold(actor):
        return {}
    rows = fillable(actor).values_list("pk", "number", "decided_by")
    return {str(key): f"{number} {decider}" for key, number, decider in rows}


def _load_forms(actor: Actor, keys: list[str], now: datetime) -> Rows:
    for version in _forms(actor):
        if str(version.form_id) in keys:
            yield {
                "id": version.form_id,
                "name": version.form.name,
                "version": version.number,
                "is_open_to_all": version.form.is_open_to_all,
                "by_flow": version.form.decided_by == Form.Decider.FLOW,
                "definition": version.definition,
            }


def _tasks(actor: Actor, now: datetime) -> dict[str, dict[str, Any]]:
    """What is due: of each assignment the period that is on, and the one before if it was missed."""
    if not _may_hold(actor) or actor.employee_id is None:
        return {}
    rows = list(assigning.assignments_of(actor.employee_id).select_related("form"))
    if not rows:
        return {}
    zone = assigning.zone_here()
    today = now.astimezone(ZoneInfo(zone)).date()
    given = Submission.objects.filter(assignment__in=rows, employee=actor.employee_id)
    done = set(given.exclude(status__in=Submission.VOID).values_list("assignment_id", "period_on"))
    away = absence.away_days([actor.employee_id], today - LOOK_BACK, today + LOOK_BACK).get(
        actor.employee_id, ()
    )
    found = {}
    for each in rows:
        plan = assigning.plan_of(each, zone)
        starts = list(periods.between(plan, today - LOOK_BACK, today))[-2:]
        for start in starts:
            is_done = (each.pk, start) in done
            if start != starts[-1] and is_done:
                continue
            if not is_done and absence.is_throughout(away, start, periods.end_of(plan, start)):
                continue
            key = f"{each.pk}:{start}"
            found[key] = {
                "id": key, "assignment_id": each.pk, "form_id": each.form_id, "name": each.name, "period_on": start,
                "due_at": periods.due(plan, start), "is_done": is_done,
            }  # fmt: skip
    return found


def _task_versions(actor: Actor, now: datetime) -> dict[str, Any]:
    return {
        key: f"{each['name']} {each['due_at'].isoformat()} {each['is_done']}"
        for key, each in _tasks(actor, now).items()
    }


def _load_tasks(actor: Actor, keys: list[str], now: datetime) -> Rows:
    tasks = _tasks(actor, now)
    return [tasks[key] for key in keys if key in tasks]


def _own(actor: Actor, now: datetime) -> Any:
    rows = Submission.objects.filter(employee=actor.employee_id, filled_at__gte=now - HISTORY)
    return rows if _may_hold(actor) else rows.none()


def _submission_versions(actor: Actor, now: datetime) -> dict[str, Any]:
    return {str(key): version for key, version in _own(actor, now).values_list("pk", "version")}


def _load_submissions(actor: Actor, keys: list[str], now: datetime) -> Rows:
    rows = list(_own(actor, now).filter(pk__in=keys).select_related("form", "form_version"))
    under_way = approving.requests_of(rows)
    for each in rows:
        may_edit = each.status == Submission.Status.RETURNED
        yield {
            "id": each.pk, "form_id": each.form_id, "form_name": each.form.name, "status": each.status,
            "filled_at": each.filled_at, "review_note": each.review_note, "version": each.version,
            "form_version": each.form_version.number, "lines": reading.lines(actor, each),
            "definition": each.form_version.definition if may_edit else None, "data": each.data if may_edit else None,
            "request_id": under_way.get(each.pk), "is_attested": each.is_attested,
        }  # fmt: skip


def _options(actor: Actor) -> dict[str, dict[str, Any]]:
    """People and products that the forms refer to: customers are on the phone anyway."""
    if not _may_hold(actor):
        return {}
    used = {place.field.kind for version in _forms(actor) for place in lay_out(version.read).places.values()}
    return {
        f"{kind}:{row['id']}": {
            "id": f"{kind}:{row['id']}",
            "kind": kind.value,
            "label": row["label"],
            "hint": row["hint"],
        }
        for kind in sorted(used & (REFERENCES - {Kind.CUSTOMER}))
        for row in references.matching(actor, kind, "", most=MOST_OPTIONS)
    }


def _option_versions(actor: Actor, now: datetime) -> dict[str, Any]:
    return {
        key: hashlib.sha256(f"{each['label']} {each['hint']}".encode()).hexdigest()[:12]
        for key, each in _options(actor).items()
    }


def _load_options(actor: Actor, keys: list[str], now: datetime) -> Rows:
    found = _options(actor)
    return [found[key] for key in keys if key in found]


collection("forms", versions=_form_versions, load=_load_forms)
collection("form_tasks", versions=_task_versions, load=_load_tasks)
collection("form_submissions", versions=_submission_versions, load=_load_submissions)
collection("form_options", versions=_option_versions, load=_load_options)
