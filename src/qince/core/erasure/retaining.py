"""The daily run: what is past its term goes, as declared. Idempotent; each run writes a signed report.

Whoever left so long ago that the term of the name is over is erased as a whole, by the same act an officer uses, with
ledger, keys and proof (C6.2-05). Everything else is treated field by field under its own rule. Held records stay.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import ProtectedError, Q

from qince.core.erasure import actions, places, steps, subjects, working
from qince.core.erasure.holds import held_ids
from qince.core.erasure.models import Erasure, Report
from qince.core.erasure.rules import RETENTION
from qince.core.erasure.subjects import OPERATOR
from qince.core.erasure.terms import Day, erased_names, gone, overdue
from qince.core.erasure.treatment import can_be_empty as can_be_empty_field
from qince.core.erasure.treatment import empty_value, filled
from qince.core.erasure.walk import Part, chunks, parts
from qince.core.organizations.models import Organization
from qince.core.people.models import Employee
from qince.core.privacy.ended import ends_with_consent, ends_with_function
from qince.core.privacy.registry import declared
from qince.core.privacy.retention import RETENTIONS, Retention, Trigger
from qince.kit.action import action, note, note_set
from qince.kit.actor import Actor, system_actor
from qince.kit.grants import expire, is_append_only
from qince.kit.tenancy import tenant
from qince.kit.vault import api as vault

# The person is erased when the term of this field is over.
NAME = "people.employee.name"


@dataclass(slots=True)
class Line:
    """One rule upon one model."""

    model: str
    rule: str
    fields: list[str]
    action: str  # delete, empty, erase
    rows: int
    held: int


@dataclass(frozen=True, slots=True)
class Group:
    """Fields of a part that share a rule, and what its end does to them."""

    part: Part
    rule: Retention
    names: list[str]
    action: str


def groups() -> Iterator[Group]:
    """Everything that ends by itself, employees as a whole aside."""
    whole = declared.personal()[NAME].retention
    seen: set[tuple[Any, ...]] = set()
    for part in parts():
        by_rule: dict[str, list[str]] = {}
        for name, each in part.fields.items():
            by_rule.setdefault(each.retention, []).append(name)
        for code, names in by_rule.items():
            rule = RETENTIONS[code]
            # What counts from recording ends whoever it is about: a member's letter and an outsider's are one group.
            same = (
                (part.model, code, frozenset(names)) if rule.trigger is Trigger.RECORDED else (part.key, code)
            )
            if code != whole and same not in seen and (found := _action(part, rule, names)):
                seen.add(same)
                yield Group(part, rule, names, found)
        yield from _after_purpose(part)


def _after_purpose(part: Part) -> Iterator[Group]:
    """What ends with its purpose: each consent that may be taken back ends its own fields, a closed function all."""
    by_end: dict[tuple[Retention, tuple[str, ...], str], list[str]] = {}
    for name, each in part.fields.items():
        after = ends_with_consent(each)
        closing = ends_with_function(f"{part.model._meta.label_lower}.{name}")
        for rule in dict.fromkeys((after, closing)):
            if rule is not None:
                rests_on = (each.purposes, each.within) if rule == after else ((), "")
                by_end.setdefault((rule, *rests_on), []).append(name)
    for (rule, _purposes, _within), names in by_end.items():
        if found := _action(part, rule, names):
            yield Group(part, rule, names, found)


def _action(part: Part, rule: Retention, names: list[str]) -> str:
    """Delete the row when what it cannot be without ends; else empty the fields; nothing where all of it may stay."""
    goes = part.treatment.deletes or rule.survives_erasure or rule.ends_record
    can_be_empty = all(can_be_empty_field(part.model, name) for name in names)
    if goes and (len(names) == len(part.fields) or not can_be_empty):
        return "delete"
    done = {part.fields[name].on_erase for name in names}
    ends = rule.ends_record or {"delete", "null", "pseudonym"} & done
    return "empty" if can_be_empty and ends else ""


def run(organization_id: UUID, *, now: datetime, dry_run: bool = False) -> Report:
    """One run in one organization. A dry run counts and changes nothing."""
    with tenant(organization_id):
        organization = Organization.objects.get(pk=organization_id)
    day = Day.of(organization, now)
    lines = [_people(organization_id, day, now, dry_run)]
    for group in groups():
        if group.part.is_tenant:
            lines.append(_group(organization_id, group, day, dry_run))
    with tenant(organization_id):
        left = 0 if dry_run else sum(_waiting(group, day) for group in groups() if group.part.is_tenant)
        actor = system_actor(organization_id, "erasure.retention")
        return keep_report(actor, lines=lines, left=left, dry_run=dry_run, now=now)


def _people(organization_id: UUID, day: Day, now: datetime, dry_run: bool) -> Line:
    """Employees past the term of their name."""
    rule = declared.personal()[NAME].term
    with tenant(organization_id):
        over = gone(rule, day).exclude(name__in=erased_names())
        held = set(held_ids(Employee, day.on))
        keys = [key for key in over.values_list("pk", flat=True) if key not in held]
    if not dry_run:
        for key in keys:
            _erase(organization_id, key, now)
    return Line("people.Employee", rule.code, ["*"], "erase", len(keys), len(held))


def _erase(organization_id: UUID, key: UUID, now: datetime) -> None:
    actor = system_actor(organization_id, "erasure.retention")
    with tenant(organization_id):
        subject = subjects.of_employee(Employee.objects.get(pk=key))
        if Erasure.objects.filter(subject_digest=subject.digest).exclude(state=Erasure.State.DONE).exists():
            return
        begun = actions.erase(actor, actions.plan_for(subject), now=now)
    working.carry_out(organization_id, begun.pk, now=now)


def _group(organization_id: UUID, group: Group, day: Day, dry_run: bool) -> Line:
    with tenant(organization_id):
        rows = overdue(group.part, group.rule, group.names, day)
        held = held_ids(group.part.model, day.on)
        kept = rows.filter(pk__in=held).count() if held else 0
        free = rows.exclude(pk__in=held) if held else rows
        count = free.count()
    if not dry_run and count:
        count = _all(organization_id, group, free)
    return Line(group.part.label, group.rule.code, group.names, group.action, count, kept)


def _all(organization_id: UUID, group: Group, rows: Any) -> int:
    done, pages = 0, chunks(rows)
    while True:
        with tenant(organization_id):
            keys = next(pages, None)
            if keys is None:
                return done
            done += _end(organization_id, group, keys)


def _end(organization_id: UUID, group: Group, keys: list[Any]) -> int:
    """What the declarations say to these rows, whoever they are about."""
    model = group.part.model
    expired = expire(model, organization_id, keys)
    if expired is not None:
        return expired
    nobody = subjects.Subject(kind=subjects.Kind.CONTACT, organization_id=organization_id)
    if is_append_only(model):
        return 0  # nobody but the database's owner may remove it yet
    if group.action == "delete":
        special = steps.SPECIAL.get(model._meta.label_lower)
        if special:
            return special(group.part, keys, nobody)
        steps.erase_from_trail(group.part, keys, nobody)
        rows = model._default_manager.filter(pk__in=keys)
        files = places.files_of(rows)
        try:
            rows.delete()
        except ProtectedError:
            return 0  # a record that is still kept refers to it: it goes when that does
        places.forget_unused(files)
        return len(keys)
    values = {name: empty_value(model, name) for name in group.names}
    steps.erase_from_trail(group.part, keys, nobody)
    model._default_manager.filter(pk__in=keys).update(**values)
    return len(keys)


def _waiting(group: Group, day: Day) -> int:
    """Overdue rows that are still there and not held: none, after a run that did its work (C2.7-13)."""
    rows = overdue(group.part, group.rule, group.names, day)
    if group.action == "empty":
        some = Q()
        for name in group.names:
            some |= filled(group.part.model, name)
        rows = rows.filter(some)
    held = held_ids(group.part.model, day.on)
    return int((rows.exclude(pk__in=held) if held else rows).count())


@action("erasure.keep_report")
def keep_report(actor: Actor, *, lines: list[Line], left: int, dry_run: bool, now: datetime) -> Report:
    """Write the signed report of a run."""
    told = [asdict(line) for line in lines if line.rows or line.held]
    rows = sum(line.rows for line in lines)
    found = Report(ran_at=now, is_dry_run=dry_run, lines=told, rows=rows, left=left)
    found.signature = signed(found)
    found.save()
    note(found, rows=rows, dry_run=dry_run)
    return found


def signed(report: Report) -> str:
    told = {
        "organization": str(report.organization_id),
        "ran_at": report.ran_at.isoformat(),
        "dry_run": report.is_dry_run,
        "lines": report.lines,
        "rows": report.rows,
        "left": report.left,
    }
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return vault.digest(OPERATOR, "erasure.report", text)


@action("erasure.try_retention", permission=RETENTION)
def try_run(actor: Actor, *, now: datetime) -> Report:
    """A dry run, asked for by an officer: what tonight's run would do."""
    note_set(Report, "", dry_run=True)
    return run(actor.organization_id, now=now, dry_run=True)
