"""Writes of shifts, groups, members and special days. An edit of times or rules adds a version from a date on."""

from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from qince.core.people.models import Department, Employee
from qince.core.people.queries import pick_departments, pick_employee
from qince.employee.attendance import definitions
from qince.employee.attendance.definitions import GroupTerms, ShiftTimes
from qince.employee.attendance.events import RulesChanged
from qince.employee.attendance.models import (
    Group,
    GroupVersion,
    Member,
    Shift,
    ShiftVersion,
    SpecialDay,
)
from qince.employee.attendance.rules import EDIT_RULES
from qince.kit import clock
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.errors import NotFound, Refusal
from qince.kit.events import publish
from qince.kit.validation import check

LONGEST = 36 * 60  # minutes from the first beginning to the last end


@action("attendance.create_shift", permission=EDIT_RULES)
def create_shift(
    actor: Actor, *, now: datetime, name: str, colour: str, times: ShiftTimes, starts_on: date
) -> Shift:
    found = Shift(name=name, colour=colour, latest=1)
    check(found)
    _check_times(times)
    found.save()
    _shift_version(found, times, starts_on, now)
    note(found, starts_on=starts_on)
    return found


@action("attendance.edit_shift", permission=EDIT_RULES)
def edit_shift(
    actor: Actor,
    shift: Shift,
    *,
    now: datetime,
    name: str,
    colour: str,
    times: ShiftTimes,
    starts_on: date,
    is_active: bool = True,
) -> Shift:
    """Other times hold from `starts_on` on, as a new version; what was in force before stays what it was."""
    found: Shift | None = Shift.objects.select_for_update().filter(pk=shift.pk).first()
    if found is None:
        raise NotFound
    changes = {
        "name": (found.name, name),
        "colour": (found.colour, colour),
        "is_active": (found.is_active, is_active),
    }
    found.name, found.colour, found.is_active = name, colour, is_active
    last = found.versions.order_by("-version").first()
    if last is None or definitions.times_of(last.definition) != times:
        _check_times(times)
        found.latest += 1
        _shift_version(found, times, starts_on, now)
        changes["latest"] = (found.latest - 1, found.latest)
        publish(RulesChanged(starts_on))
    check(found)
    found.save()
    note(found, **{each: pair for each, pair in changes.items() if pair[0] != pair[1]})
    return found


def _shift_version(shift: Shift, times: ShiftTimes, starts_on: date, now: datetime) -> None:
    ShiftVersion.objects.create(
        shift=shift,
        version=shift.latest,
        starts_on=starts_on,
        created_at=now,
        definition=definitions.as_json(times),
    )


def _check_times(times: ShiftTimes) -> None:
    """Slots in order, none in another, windows that assigning can count on."""
    ends = [minute for slot in times.slots for minute in (slot.on, slot.off)]
    if not times.slots or ends != sorted(set(ends)) or ends[0] < 0 or ends[-1] - ends[0] > LONGEST:
        raise Refusal(
            "invalid_times",
            _("Each part ends after it begins, and the next begins after that."),
            field="slots",
        )
    if any(rest.end <= rest.start for rest in times.rests):
        raise Refusal("invalid_times", _("A rest ends after it begins."), field="rests")


# --- Groups ---


@action("attendance.create_group", permission=EDIT_RULES)
def create_group(
    actor: Actor, *, now: datetime, name: str, kind: str, terms: GroupTerms, effective_from: date
) -> Group:
    found = Group(name=name, kind=kind, latest=1)
    check(found)
    found.save()
    _group_version(found, terms, effective_from, now)
    note(found, kind=kind, effective_from=effective_from)
    return found


@action("attendance.edit_group", permission=EDIT_RULES)
def edit_group(
    actor: Actor,
    group: Group,
    *,
    now: datetime,
    name: str,
    kind: str,
    terms: GroupTerms,
    effective_from: date,
    is_active: bool = True,
) -> Group:
    """Other rules hold from `effective_from` on, as a new version. The kind of a group stays."""
    found: Group | None = Group.objects.select_for_update().filter(pk=group.pk).first()
    if found is None:
        raise NotFound
    if kind != found.kind:
        raise Refusal(
            "kind_stays", _("A group keeps its kind. Make another group and move its members."), field="kind"
        )
    changes = {"name": (found.name, name), "is_active": (found.is_active, is_active)}
    found.name, found.is_active = name, is_active
    last = found.versions.order_by("-version").first()
    if last is None or definitions.terms_of(last.definition) != terms:
        found.latest += 1
        _group_version(found, terms, effective_from, now)
        changes["latest"] = (found.latest - 1, found.latest)
        publish(RulesChanged(effective_from))
    check(found)
    found.save()
    note(found, **{each: pair for each, pair in changes.items() if pair[0] != pair[1]})
    return found


def _group_version(group: Group, terms: GroupTerms, effective_from: date, now: datetime) -> None:
    named = definitions.shifts_named(terms)
    if Shift.objects.filter(pk__in=named).count() != len(named):
        raise NotFound
    if terms.zone and terms.zone not in clock.zones():
        raise Refusal("unknown_zone", _("There is no such time zone."), field="zone")
    if group.kind == Group.Kind.FIXED and not named:
        raise Refusal("no_shift", _("Choose a shift for at least one day of the week."), field="monday")
    GroupVersion.objects.create(
        group=group,
        version=group.latest,
        effective_from=effective_from,
        created_at=now,
        definition=msgspec.to_builtins(terms),
    )


@action("attendance.add_member", permission=EDIT_RULES)
def add_member(
    actor: Actor,
    *,
    now: datetime,
    group: Group,
    employee: Employee | None = None,
    department: Department | None = None,
    is_exempt: bool = False,
    starts_on: date,
) -> Member:
    """Put a person, or a department, into a group from a date on; the group it was in ends there."""
    if (employee is None) == (department is None):
        raise Refusal("one_of_two", _("Choose either an employee or a department."), field="employee")
    who: dict[str, Any] = {}
    if employee is not None:
        who = {"employee": pick_employee(actor, employee)}
    elif department is not None:
        who = {"department": pick_departments([department])[0]}
    if not Group.objects.filter(pk=group.pk).exists():
        raise NotFound
    for held in Member.objects.filter(**who, ends_on__isnull=True):
        if held.starts_on >= starts_on:
            held.delete()
        else:
            held.ends_on = starts_on
            held.save(update_fields=["ends_on"])
    found = Member.objects.create(group=group, is_exempt=is_exempt, starts_on=starts_on, **who)
    note(found, group=group.name, starts_on=starts_on, is_exempt=is_exempt)
    publish(RulesChanged(starts_on))
    return found


@action("attendance.end_member", permission=EDIT_RULES)
def end_member(actor: Actor, member: Member, *, now: datetime, ends_on: date) -> Member:
    """Take the member out of the group; `ends_on` is the first day no longer in it."""
    found: Member | None = Member.objects.select_for_update().filter(pk=member.pk).first()
    if found is None:
        raise NotFound
    if ends_on <= found.starts_on:
        raise Refusal("ends_before", _("The end lies after the beginning."), field="ends_on")
    found.ends_on = ends_on
    found.save(update_fields=["ends_on"])
    note(found, ends_on=ends_on)
    publish(RulesChanged(ends_on - timedelta(days=1)))
    return found


@action("attendance.set_special_day", permission=EDIT_RULES)
def set_special_day(
    actor: Actor,
    day: SpecialDay | None = None,
    *,
    now: datetime,
    group: Group,
    on: date,
    shift: Shift | None = None,
    note: str = "",
) -> SpecialDay:
    """A day on which the group works that shift, or rests when there is none."""
    found = SpecialDay() if day is None else SpecialDay.objects.filter(pk=day.pk).first()
    if found is None or not Group.objects.filter(pk=group.pk).exists():
        raise NotFound
    if shift is not None and not Shift.objects.filter(pk=shift.pk).exists():
        raise NotFound
    found.group, found.on, found.shift, found.note = group, on, shift, note
    check(found)
    found.save()
    _note(found, on=on, shift=shift.name if shift else "")
    publish(RulesChanged(on))
    return found


_note = note
