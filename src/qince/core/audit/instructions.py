"""What the organization has told the operator to do with its data (C2.2.5-05).

The operator processes as the organization demands and nothing beyond. What it demands are acts of its members: a
setting changed, a function closed, an export asked for, something said in words. Each is an entry of the trail, so it
says who, when and what, and cannot be changed afterwards.
"""

from typing import Any
from uuid import UUID

from qince.core.audit.models import Entry

ACTS: set[str] = set()


def count_as(*acts: str) -> None:
    """Say that these acts are instructions to the operator; called by the features whose acts they are."""
    ACTS.update(acts)


def given() -> Any:
    """The instructions of the current organization: of its people only, never of the system or the operator."""
    return Entry.objects.filter(action__in=sorted(ACTS), actor_id__isnull=False)


def is_given(entry_id: UUID | None) -> bool:
    return entry_id is not None and bool(given().filter(pk=entry_id).exists())
