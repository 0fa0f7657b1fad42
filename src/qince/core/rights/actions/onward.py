"""What past recipients of a person's data have to be told of."""

from collections.abc import Sequence
from datetime import datetime

from qince.core.rights import registry
from qince.core.rights.kinds import rules_of
from qince.core.rights.models import Case, Onward


def open_onward(case: Case, *, now: datetime, among: Sequence[registry.Recipient] | None = None) -> None:
    """A task for each past recipient of the person's data, or for those named, once."""
    if case.subject_id is None or not rules_of(case.kind).tells_recipients:
        return
    tasks = [
        Onward(case=case, recipient=each.code, name=each.name, changed_at=now)
        for each in (registry.recipients_of(case.subject_id) if among is None else among)
    ]
    Onward.objects.bulk_create(tasks, ignore_conflicts=True)
