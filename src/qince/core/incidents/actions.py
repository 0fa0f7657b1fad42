"""Handling an incident from discovery to closure."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from qince.core.incidents import parts, plan
from qince.core.incidents.finding import Found, Search, holdings, people_in
from qince.core.incidents.models import Affected, Incident, PlanStep
from qince.core.incidents.rules import HANDLE
from qince.core.people.models import Employee
from qince.core.people.queries import employee_ids_under
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Conflict, NotFound, Refusal
from qince.kit.validation import check


@action("incidents.open", permission=HANDLE)
def open_incident(
    actor: Actor,
    *,
    now: datetime,
    title: str,
    kind: str = Incident.Kind.GENERAL,
    discovered_at: datetime,
    happened_at: datetime | None = None,
    is_drill: bool = False,
) -> Incident:
    """Start the clock, which runs from discovery. One about children's data opens its own plan (C5.7-01)."""
    if discovered_at > now:
        raise Refusal(
            "in_the_future", _("It cannot have been discovered in the future."), field="discovered_at"
        )
    if happened_at is not None and happened_at > discovered_at:
        raise Refusal("after_discovery", _("It happened before it was discovered."), field="happened_at")
    incident = Incident(
        title=title.strip(),
        kind=kind,
        discovered_at=discovered_at,
        happened_at=happened_at,
        is_drill=is_drill,
        due_at=discovered_at + timedelta(hours=settings.INCIDENT_HOURS),
        opened_by_id=actor.employee_id,
    )
    check(incident)
    incident.save(force_insert=True)
    if incident.is_child:
        _lay_plan(incident, actor)
    note(incident, kind=incident.get_kind_display(), drill=is_drill)
    return incident


def _lay_plan(incident: Incident, actor: Actor) -> None:
    """Every step has an owner from the start, the opener, until somebody else takes it over."""
    for number, step in enumerate(plan.STEPS.values(), 1):
        due_at = plan.due(step, incident.discovered_at, incident.due_at)
        PlanStep.objects.create(
            incident=incident, sequence=number, code=step.code, owner_id=actor.employee_id, due_at=due_at
        )


@action("incidents.write_parts", permission=HANDLE)
def write_parts(actor: Actor, incident: Incident, *, now: datetime, **texts: str) -> Incident:
    """Write some of the parts that people will be told; what is missing shows until it is written."""
    incident = held(incident)
    changed = {
        name: (getattr(incident, name), text.strip())
        for name, text in texts.items()
        if name in parts.WRITTEN and text.strip() != getattr(incident, name)
    }
    for name, (_old, new) in changed.items():
        setattr(incident, name, new)
    incident.save(update_fields=list(changed))
    note(incident, parts_written=len(changed))
    return incident


@action("incidents.find_affected", permission=HANDLE)
def find_affected(
    actor: Actor,
    incident: Incident,
    *,
    now: datetime,
    keys: Sequence[str],
    start: datetime | None = None,
    end: datetime | None = None,
    departments: Sequence[Any] = (),
) -> int:
    """Add everybody whose data in `keys` was recorded between the instants; how many were new."""
    incident = held(incident)
    unknown = [key for key in keys if key not in holdings()]
    if unknown or not keys:
        raise Refusal("unknown_data", _("Choose at least one kind of data that is listed."), field="keys")
    within = frozenset(employee_ids_under([str(each.pk) for each in departments])) if departments else None
    search = Search(keys=tuple(keys), start=start, end=end, employee_ids=within)
    source = "; ".join(holdings()[key].title for key in keys)[:200]
    added = _add(incident, people_in(search), source, now)
    note(incident, found=added, data=source)
    return added


def _add(incident: Incident, people: Any, source: str, now: datetime) -> int:
    """Those who are not on the list yet: employees by themselves, outsiders by name and addresses."""
    rows = incident.affected.values_list("employee_id", "name", "mobile", "email")
    known = {key if key else (name, mobile, email) for key, name, mobile, email in rows}
    fresh = []
    for found in people:
        mark = found.employee.pk if found.employee else (found.name, found.mobile, found.email)
        if mark in known:
            continue
        known.add(mark)
        fresh.append(_affected(incident, found, source, now))
    Affected.objects.bulk_create(fresh, batch_size=500)
    return len(fresh)


def _affected(incident: Incident, found: Found, source: str, now: datetime) -> Affected:
    """An employee's addresses are not copied: the present ones are used."""
    return Affected(
        incident=incident,
        employee=found.employee,
        name=found.name,
        mobile="" if found.employee else found.mobile[:20],
        email="" if found.employee else found.email,
        found_by=source,
        created_at=now,
    )


@action("incidents.add_affected", permission=HANDLE)
def add_affected(
    actor: Actor,
    incident: Incident,
    *,
    now: datetime,
    employee: Employee | None = None,
    name: str = "",
    mobile: str = "",
    email: str = "",
    guardian_name: str = "",
    guardian_mobile: str = "",
    guardian_email: str = "",
) -> Affected:
    """Put somebody on the list by hand: an employee, or anybody by name."""
    incident = held(incident)
    if employee is None and not name.strip():
        raise Refusal("name_required", _("Choose an employee or give a name."), field="name")
    if employee is not None and incident.affected.filter(employee=employee).exists():
        raise Refusal("listed_already", _("This person is on the list already."), field="employee")
    found = Found(employee, employee.name if employee else name.strip(), mobile.strip(), email.strip())
    affected = _affected(incident, found, _("added by hand"), now)
    affected.guardian_name = guardian_name.strip()
    affected.guardian_mobile, affected.guardian_email = guardian_mobile.strip(), guardian_email.strip()
    check(affected)
    affected.save(force_insert=True)
    note(incident, added=affected.name)
    return affected


@action("incidents.set_guardian", permission=HANDLE)
def set_guardian(
    actor: Actor,
    affected: Affected,
    *,
    now: datetime,
    guardian_name: str,
    guardian_mobile: str = "",
    guardian_email: str = "",
) -> Affected:
    """Put a child's guardian on record (C5.7-03): a name and a way to reach them."""
    affected = held_affected(affected)
    affected.guardian_name = guardian_name.strip()
    affected.guardian_mobile, affected.guardian_email = guardian_mobile.strip(), guardian_email.strip()
    if not affected.has_guardian:
        message = _("Give the guardian's name, and a mobile number or e-mail address.")
        raise Refusal("guardian_incomplete", message, field="guardian_mobile")
    check(affected)
    affected.save(update_fields=["guardian_name", "guardian_mobile", "guardian_email"])
    note(affected.incident, guardian_of=affected.name)
    return affected


@action("incidents.report", permission=HANDLE)
def report(actor: Actor, incident: Incident, *, now: datetime, reported_on: date, receipt: str) -> Incident:
    """Note that the regulator was told: the day and the number of the receipt (C5.6-06)."""
    incident = held(incident)
    if not receipt.strip():
        raise Refusal("receipt_required", _("Give the receipt number."), field="receipt")
    if reported_on > (now + timedelta(days=1)).date():
        raise Refusal("in_the_future", _("The day lies in the future."), field="reported_on")
    require_parts(incident)
    incident.reported_on, incident.receipt = reported_on, receipt.strip()[:80]
    incident.not_reported_because = ""
    incident.save(update_fields=["reported_on", "receipt", "not_reported_because"])
    note(incident, reported_on=str(reported_on), receipt=incident.receipt)
    return incident


@action("incidents.skip_report", permission=HANDLE)
def skip_report(actor: Actor, incident: Incident, *, now: datetime, reason: str) -> Incident:
    """Note why no report is due. With children's data there is no such way (C5.7-06)."""
    incident = held(incident)
    if incident.is_child:
        message = _("An incident with children's data is always reported.")
        raise Refusal("report_not_skippable", message, field="reason")
    if not reason.strip():
        raise Refusal("reason_required", _("Give the reason."), field="reason")
    incident.not_reported_because = reason.strip()[:300]
    incident.save(update_fields=["not_reported_because"])
    note(incident, not_reported_because=incident.not_reported_because)
    return incident


@action("incidents.decide_remedy", permission=HANDLE)
def decide_remedy(
    actor: Actor,
    affected: Affected,
    *,
    now: datetime,
    remedy: str,
    remedy_note: str = "",
    guardian_remedy: str = "",
) -> Affected:
    """What one affected person is offered, and for a child what the guardian is. "None" needs a reason."""
    affected = held_affected(affected)
    known = Affected.Remedy.values
    if remedy not in known or (guardian_remedy and guardian_remedy not in known):
        raise Refusal("unknown_remedy", _("Choose one of those offered."), field="remedy")
    if Affected.Remedy.NONE in (remedy, guardian_remedy) and not remedy_note.strip():
        raise Refusal("reason_required", _("Give the reason."), field="remedy_note")
    before = affected.remedy
    affected.remedy, affected.remedy_note = remedy, remedy_note.strip()[:300]
    if guardian_remedy:
        affected.guardian_remedy = guardian_remedy
    affected.save(update_fields=["remedy", "remedy_note", "guardian_remedy"])
    note(affected.incident, person=affected.name, remedy=(before, remedy))
    return affected


@action("incidents.assign_step", permission=HANDLE)
def assign_step(
    actor: Actor, step: PlanStep, *, now: datetime, owner: Employee, due_at: datetime
) -> PlanStep:
    step = _held_step(step)
    step.owner, step.due_at = owner, due_at
    step.save(update_fields=["owner", "due_at"])
    note(step.incident, step=step.code, owner=owner.name)
    return step


@action("incidents.complete_step", permission=HANDLE)
def complete_step(actor: Actor, step: PlanStep, *, now: datetime, note_text: str = "") -> PlanStep:
    step = _held_step(step)
    if step.done_at is not None:
        raise Conflict("done_already", _("This step is done already."))
    step.done_at, step.note = now, note_text.strip()[:300]
    step.save(update_fields=["done_at", "note"])
    note(step.incident, step=step.code)
    return step


@action("incidents.close", permission=HANDLE)
def close(actor: Actor, incident: Incident, *, now: datetime) -> Incident:
    """End it, once everything owed is done; each thing that is not is named."""
    incident = held(incident)
    owed = what_is_owed(incident)
    if owed:
        raise Refusal(
            "not_settled", _("Not yet done: %(what)s") % {"what": "; ".join(owed.values())}, owed=list(owed)
        )
    incident.state, incident.closed_at = Incident.State.CLOSED, now
    incident.save(update_fields=["state", "closed_at"])
    note(incident, state=(Incident.State.OPEN, Incident.State.CLOSED))
    return incident


def what_is_owed(incident: Incident) -> dict[str, str]:
    """What stands between the incident and its closure. A drill owes nobody a report or a remedy."""
    owed: dict[str, str] = {}
    if incident.missing_parts:
        owed["parts"] = _("parts left empty")
    if incident.told_at is None:
        owed["told"] = _("people not told")
    if not incident.is_drill:
        if not incident.is_settled_with_regulator:
            owed["report"] = _("not reported to the regulator")
        if _undecided(incident).exists():
            owed["remedies"] = _("remedies not decided")
    if incident.steps.filter(done_at__isnull=True).exists():
        owed["steps"] = _("steps of the plan not done")
    return owed


def _undecided(incident: Incident) -> Any:
    rows = incident.affected.filter(remedy=Affected.Remedy.OPEN)
    if incident.is_child:
        rows |= incident.affected.filter(guardian_remedy=Affected.Remedy.OPEN)
    return rows


def require_parts(incident: Incident) -> None:
    """Refuse while a part is empty, naming it (C5.6-01 to C5.6-03)."""
    if missing := incident.missing_parts:
        names = ", ".join(str(title) for title in missing.values())
        fields = {name: _("Required.") for name in missing}
        raise Refusal("parts_missing", _("Left empty: %(parts)s") % {"parts": names}, fields=dict(fields))


def held(incident: Incident) -> Incident:
    """The open incident, locked against a second act on it."""
    found: Incident | None = Incident.objects.select_for_update().filter(pk=incident.pk).first()
    if found is None:
        raise NotFound
    if not found.is_open:
        raise Conflict("closed", _("This incident is closed."))
    return found


def held_affected(affected: Affected) -> Affected:
    found: Affected | None = (
        Affected.objects.select_for_update(of=("self",))
        .select_related("incident")
        .filter(pk=affected.pk)
        .first()
    )
    if found is None:
        raise NotFound
    held(found.incident)
    return found


def _held_step(step: PlanStep) -> PlanStep:
    found: PlanStep | None = PlanStep.objects.select_related("incident").filter(pk=step.pk).first()
    if found is None:
        raise NotFound
    held(found.incident)
    return found
