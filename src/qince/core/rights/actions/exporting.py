"""Handing a case out as one signed archive; on record who did."""

from datetime import datetime

from qince.core.rights import export
from qince.core.rights.models import Case
from qince.core.rights.rules import HANDLE
from qince.kit.action import action, note
from qince.kit.actor import Actor
from qince.kit.resource import timeline


@action("rights.export_case", permission=HANDLE)
def export_case(actor: Actor, case: Case, *, now: datetime) -> bytes:
    note(case, exported=True)
    return export.archive(case, timeline.of(actor, case)[::-1])
