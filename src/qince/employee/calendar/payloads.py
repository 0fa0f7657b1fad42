"""What phones send about the calendar, and what they are told."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from qince.employee.calendar.actions.drafts import Draft
from qince.employee.calendar.actions.planning import Reach

# Wall times: without a zone, which is told beside them.
Wall = Annotated[datetime, msgspec.Meta(tz=False)]
Guests = Annotated[list[UUID], msgspec.Meta(max_length=200)]
Title = Annotated[str, msgspec.Meta(max_length=120)]
Place = Annotated[str, msgspec.Meta(max_length=200)]
Notes = Annotated[str, msgspec.Meta(max_length=4000)]
Rule = Annotated[str, msgspec.Meta(max_length=500)]
Minutes = Annotated[int, msgspec.Meta(ge=0, le=40320)]


class EventPayload(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """`ends` is exclusive; of an all-day event both are midnights. `guest_ids` absent: as they are."""

    event_id: UUID
    title: Title
    zone: Annotated[str, msgspec.Meta(max_length=50)]
    starts: Wall
    ends: Wall
    all_day: bool = False
    place: Place = ""
    notes: Notes = ""
    rrule: Rule = ""
    visibility: str = "public"
    guest_ids: Guests | None = None
    minutes_before: Minutes | None = None

    def draft(self) -> Draft:
        return Draft(
            title=self.title,
            zone=self.zone,
            starts=self.starts,
            ends=self.ends,
            all_day=self.all_day,
            place=self.place,
            notes=self.notes,
            rrule=self.rrule,
            visibility=self.visibility,
            guest_ids=self.guest_ids,
            minutes_before=self.minutes_before,
        )


class ChangePayload(EventPayload, forbid_unknown_fields=True, kw_only=True):
    """`original` names the occurrence that was opened. `version`: instead of `base_version`, earlier apps."""

    reach: Reach = Reach.ALL
    original: Wall | None = None
    version: int | None = None


class RemovePayload(msgspec.Struct, forbid_unknown_fields=True):
    event_id: UUID
    reach: Reach = Reach.ALL
    original: Wall | None = None


class AnswerPayload(msgspec.Struct, forbid_unknown_fields=True):
    event_id: UUID
    status: str


class LayerEntry(msgspec.Struct):
    """Something that work lays over one's own agenda, in the organization's wall time."""

    key: str
    layer: str
    label: str
    starts: str
    ends: str
    all_day: bool
    tone: str
    is_busy: bool  # whether one has no time for anything else then


class DayMark(msgspec.Struct):
    """A date that is not what its weekday says: `rest` or `work`."""

    on: date
    kind: str
    title: str


class Layers(msgspec.Struct):
    entries: list[LayerEntry]
    marks: list[DayMark]
    titles: dict[str, str]


def as_wall(moment: Any) -> str:
    return str(moment.isoformat(timespec="seconds"))
