"""Rules and shifts as they are kept in JSON, and what replay makes of them."""

from typing import Any
from uuid import UUID

import msgspec

from qince.employee.attendance.models import Group, GroupVersion, Shift
from qince.employee.attendance.models import ShiftVersion as ShiftVersionRow
from qince.employee.attendance.replay.shapes import (
    Grace,
    OvertimeRule,
    Rest,
    Rule,
    ShiftVersion,
    Slot,
)


class ShiftTimes(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    slots: tuple[Slot, ...]
    rests: tuple[Rest, ...] = ()
    flex_late: int = 0
    flex_early: int = 0
    graces: tuple[Grace, ...] = ()


class GroupTerms(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A group's rules. `places` empty: any of the organization's; `week` holds ids of shifts, Monday first."""

    zone: str = ""  # the organization's when empty
    week: tuple[str | None, ...] = (None,) * 7
    makeup: str | None = None
    uses_holidays: bool = True
    sync_grace: int = 120
    day_starts: int = 240
    free_minutes: int = 480
    workday: OvertimeRule = OvertimeRule()
    weekend: OvertimeRule = OvertimeRule()
    swapped_rest: OvertimeRule = OvertimeRule()
    statutory: OvertimeRule = OvertimeRule()
    places: tuple[str, ...] = ()
    correction_limit: int = 3  # in a month
    correction_days: int = 7  # after the work date
    field: str = "off"  # off, counted, approval
    field_photo: str = "optional"  # off, optional, required: at a check-in in the field
    photo: str = "off"  # the same at any other press
    swaps: bool = True  # two may ask to exchange a day
    swap_week_hours: int = 44  # and nobody works more in that week for it
    swap_rest_hours: int = 8  # nor has less between two shifts


FIELD_USES = ("off", "counted", "approval")
PHOTO_USES = ("off", "optional", "required")
_OF_RULE = (
    "week",
    "makeup",
    "uses_holidays",
    "sync_grace",
    "day_starts",
    "free_minutes",
    "workday",
    "weekend",
    "swapped_rest",
    "statutory",
)


def times_of(definition: dict[str, Any]) -> ShiftTimes:
    return msgspec.convert(definition, ShiftTimes)


def terms_of(definition: dict[str, Any]) -> GroupTerms:
    return msgspec.convert(definition, GroupTerms)


def as_json(value: ShiftTimes | GroupTerms) -> dict[str, Any]:
    return msgspec.to_builtins(value)  # type: ignore[no-any-return]


def shift_version(row: ShiftVersionRow, shift: Shift) -> ShiftVersion:
    times = times_of(row.definition)
    return ShiftVersion(
        id=str(row.pk),
        shift=str(row.shift_id),
        version=row.version,
        name=shift.name,
        slots=times.slots,
        rests=times.rests,
        flex_late=times.flex_late,
        flex_early=times.flex_early,
        graces=times.graces,
    )


def rule(row: GroupVersion, group: Group, zone: str) -> Rule:
    terms = terms_of(row.definition)
    return Rule(
        id=str(row.pk),
        group=str(group.pk),
        version=row.version,
        name=group.name,
        kind=group.kind,
        zone=terms.zone or zone,
        **{name: getattr(terms, name) for name in _OF_RULE},
    )


def shifts_named(terms: GroupTerms) -> set[UUID]:
    return {UUID(key) for key in (*terms.week, terms.makeup) if key and key != "free"}
