"""What a phone sends about forms."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec

from qince.engines.evidence.envelope import Evidence


class SubmitForm(msgspec.Struct, forbid_unknown_fields=True):
    """`version`: the one it was filled in on. `data`: answers by the id of their field."""

    submission_id: UUID
    form_id: UUID
    version: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
    data: dict[str, Any]
    evidence: Evidence
    assignment_id: UUID | None = None
    period_on: date | None = None
    department_id: UUID | None = (
        None  # for which of one's departments a flow decides, where one is in several
    )
    attested: bool = False  # that one may give what it asks about others


class EditSubmission(msgspec.Struct, forbid_unknown_fields=True):
    submission_id: UUID
    data: dict[str, Any]
    evidence: Evidence
    department_id: UUID | None = None
    attested: bool = False
    version: Annotated[int, msgspec.Meta(ge=1)] | None = None  # instead of `base_version`: earlier apps
