"""The day sheet as a table, and the trail of who took it away."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from qince.core.privacy.limitation import require_declared
from qince.employee.attendance import words
from qince.employee.attendance.models import DayResult, Punch, PunchPhoto
from qince.employee.attendance.privacy import PHOTO
from qince.employee.attendance.queries import Day
from qince.employee.attendance.rules import EXPORT, MASK_POSITION
from qince.kit.action import action, note, note_set
from qince.kit.actor import Actor
from qince.kit.events import publish
from qince.kit.resource.columns import MASKED
from qince.kit.resource.events import Exported

# What the sheet shows of a person, and what for.
COLUMNS = {
    "people.employee.name": "basic",
    "people.employee.number": "basic",
    "attendance.punch.at": "basic",
    "attendance.punch.verdict": "basic",
    "attendance.punch.flags": "basic",
    "attendance.punch.place_text": "basic",
    "attendance.punch.distance_m": "location",
    "attendance.dayresult.status": "basic",
    "attendance.dayresult.late_minutes": "basic",
    "attendance.dayresult.early_minutes": "basic",
    "attendance.dayresult.worked_minutes": "basic",
    "attendance.dayresult.overtime_minutes": "basic",
}


@action("attendance.export", permission=EXPORT)
def record_export(actor: Actor, *, now: datetime, rows: int, **facts: Any) -> None:
    """Write down that a day sheet was exported, for the purposes its columns were collected for."""
    for field, purpose in COLUMNS.items():
        require_declared(field, purpose)
    note_set(Punch, str(_("Attendance")), rows=rows, **facts)
    publish(Exported(actor.employee_id, rows))


@action("attendance.download_watermarked", permission=EXPORT)
def record_watermarked(actor: Actor, *, photo: PunchPhoto, now: datetime) -> None:
    """Write down that a photo was downloaded with its watermark."""
    require_declared("attendance.punchphoto.sha256", PHOTO)
    note(photo.punch, photo=photo.sha256)
    publish(Exported(actor.employee_id, 1))


def table(actor: Actor, days: list[Day]) -> Iterator[list[Any]]:
    """Headings, then one row for each employee; positions only for whom the role shows them."""
    ends = ((_("First in"), "first_in"), (_("Last out"), "last_out"))
    of_end = (_("time"), _("place"), _("verdict"), _("distance, m"))
    yield [
        *(_("Employee"), _("Employee number"), _("Department"), _("Date")),
        *(f"{end}: {part}" for end, _name in ends for part in of_end),
        *(_("Time zone"), _("Punches"), _("Manual place"), _("Flags")),
        *(_("Result"), _("Late, min"), _("Left early, min"), _("Worked, min"), _("Overtime, min")),
    ]
    for day in days:
        yield [
            *(day.employee.name, day.employee.number, day.employee.main_department, day.on),
            *_end(actor, day.first_in),
            *_end(actor, day.last_out),
            *(
                _zone(day),
                len(day.punches),
                _("Yes") if day.has_manual else "",
                ", ".join(map(words.flag_word, day.flags)),
            ),
            *_result(day.result),
        ]


def _result(found: DayResult | None) -> list[Any]:
    if found is None:
        return [""] * 5
    minutes = (found.late_minutes, found.early_minutes, found.worked_minutes, found.overtime_minutes)
    return [str(found.get_status_display()), *minutes]


def _zone(day: Day) -> str:
    """On whose wall the times of the row were read: one name, since a day lies in one group."""
    return next((each.zone for each in day.punches if each.zone), timezone.get_current_timezone_name())


def _end(actor: Actor, punch: Punch | None) -> list[Any]:
    instant = punch.local(punch.at).replace(tzinfo=None, microsecond=0) if punch else None
    distance = words.distance_of(punch)
    is_masked = distance is not None and not actor.sees_field(MASK_POSITION)
    place = words.place_shown(actor, punch)
    return [instant, place, words.verdict_of(punch), MASKED if is_masked else distance]
