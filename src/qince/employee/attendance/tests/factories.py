"""Shifts, groups and what people do, made in a line; call inside the tenant."""

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from qince.employee.attendance.models import (
    Group,
    GroupVersion,
    Member,
    Punch,
    RosterEntry,
    Shift,
    ShiftVersion,
)
from qince.kit import clock

ZONE = ZoneInfo("Asia/Shanghai")
LONG_AGO = date(2020, 1, 1)


def _mark():
    """No number of this process: walks make their scenes in several, of one organization."""
    return uuid4().hex[:8]


def daytime():
    """Now; in the small hours the evening before, since until four o'clock a press may still belong to yesterday."""
    now = clock.now()
    return now if now.astimezone(ZONE).hour >= 6 else now - timedelta(hours=6)


def local(text, zone=ZONE):
    """`2025-01-26 09:00` on the wall."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def shift(*slots, name="", starts_on=LONG_AGO, rests=(), **times):
    """Slots and rests as `(start, end)` in minutes, or dicts."""
    times["rests"] = [{"start": start, "end": end} for start, end in rests]
    rows = [each if isinstance(each, dict) else {"on": each[0], "off": each[1]} for each in slots]
    found = Shift.objects.create(name=name or f"班次{_mark()}", latest=1)
    ShiftVersion.objects.create(
        shift=found, version=1, starts_on=starts_on, created_at=clock.now(),
        definition={"slots": rows or [{"on": 540, "off": 1080}], **times},
    )  # fmt: skip
    return found


def office():
    return shift((540, 1080), rests=[[720, 780]])


def group(*members, week=None, kind="fixed", effective_from=LONG_AGO, **terms):
    """A group of these employees and departments; `week` is a shift for Monday to Friday, or seven."""
    days = week if isinstance(week, list) else [week] * 5 + [None, None]
    days = [str(each.pk) if hasattr(each, "pk") else each for each in days]
    found = Group.objects.create(name=f"考勤组{_mark()}", kind=kind, latest=1)
    GroupVersion.objects.create(
        group=found, version=1, effective_from=effective_from, created_at=clock.now(),
        definition={"week": days, **terms},
    )  # fmt: skip
    for each in members:
        field = "employee" if each._meta.model_name == "employee" else "department"
        Member.objects.create(group=found, starts_on=LONG_AGO, **{field: each})
    return found


def roster(employee, on, shift=None):
    return RosterEntry.objects.create(employee=employee, on=on, shift=shift)


def punch(employee, at, kind="", **fields):
    at = local(at) if isinstance(at, str) else at
    return Punch.objects.create(
        employee=employee, kind=kind, at=at, device_time=at, received_at=at,
        work_date=clock.local_date(at, "Asia/Shanghai"), **{"verdict": "inside", **fields},
    )  # fmt: skip
