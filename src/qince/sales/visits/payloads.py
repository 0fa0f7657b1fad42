"""What a phone sends about visits."""

from typing import Annotated, Any
from uuid import UUID

import msgspec

from qince.engines.evidence.envelope import Evidence, Moment

Text200 = Annotated[str, msgspec.Meta(max_length=200)]


class CheckIn(msgspec.Struct, forbid_unknown_fields=True):
    visit_id: UUID
    customer_id: UUID
    evidence: Evidence
    planned_visit_id: UUID | None = None
    template_id: UUID | None = None
    reason: Text200 = ""


class PhotoTaken(msgspec.Struct, forbid_unknown_fields=True):
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    size: Annotated[int, msgspec.Meta(ge=1, le=20_000_000)]
    taken_at: Moment
    evidence: Evidence


class RecordStep(msgspec.Struct, forbid_unknown_fields=True):
    visit_id: UUID
    step_id: Annotated[str, msgspec.Meta(max_length=40)]
    evidence: Evidence
    answer: Any = None
    photos: Annotated[list[PhotoTaken], msgspec.Meta(max_length=20)] = []


class CheckOut(msgspec.Struct, forbid_unknown_fields=True):
    visit_id: UUID
    evidence: Evidence
    summary: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    unproductive_reason: Annotated[str, msgspec.Meta(max_length=14)] = ""
