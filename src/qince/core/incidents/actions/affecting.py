"""Whom an incident concerns: found by what was recorded, or put on the list by hand; what each is offered."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from qince.core.incidents.actions.holding import held, held_affected
from qince.core.incidents.finding import Found, Search, holdings, people_in
from qince.core.incidents.models import Affected, Incident
from qince.core.incidents.rules import HANDLE
from qince.core.people.models import Employee
from qince.core.people.queries import employee_ids_under
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import Refusal
from qince.kit.validation import check


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
