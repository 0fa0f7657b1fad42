"""What phones send about daily reports."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from qince.engines.evidence.envelope import Evidence

Number = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class SendReport(msgspec.Struct, forbid_unknown_fields=True):
    """`version`: that of the template it was written by. `filled_ms`: how long before sending facts were filled in."""

    daily_report_id: UUID
    report_template_id: UUID
    period_on: date
    version: Number
    data: dict[str, Any]
    evidence: Evidence
    filled_ms: Annotated[int, msgspec.Meta(ge=0, le=2**40)] = 0


class ReviseReport(msgspec.Struct, forbid_unknown_fields=True):
    """`version`: that of the template it was written by. `edition`: instead of `base_version`, earlier apps."""

    daily_report_id: UUID
    version: Number
    data: dict[str, Any]
    evidence: Evidence
    filled_ms: Annotated[int, msgspec.Meta(ge=0, le=2**40)] = 0
    edition: Number | None = None


class NamedReport(msgspec.Struct, forbid_unknown_fields=True):
    daily_report_id: UUID


class NewComment(msgspec.Struct, forbid_unknown_fields=True):
    comment_id: UUID
    daily_report_id: UUID
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
    mentions: list[UUID] = []


class NamedComment(msgspec.Struct, forbid_unknown_fields=True):
    comment_id: UUID


class PrefillAsked(msgspec.Struct, forbid_unknown_fields=True):
    report_template_id: UUID
    period_on: date


class PrefillAnswer(msgspec.Struct):
    """Answers by the id of their field, as the records give them now."""

    values: dict[str, Any]
    until: Moment
