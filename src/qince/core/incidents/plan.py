"""The plan for incidents with children's data: its steps, each with its share of the time (C5.7-01)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from qince.kit.errors import Text


@dataclass(frozen=True, slots=True)
class Step:
    """`share` of the time between discovery and deadline by which it is to be done."""

    code: str
    title: Text
    share: float


STEPS: dict[str, Step] = {
    step.code: step
    for step in (
        Step("contain", _("Stop it and secure the evidence"), 0.1),
        Step("assess", _("Find out which children and which data are concerned"), 0.3),
        Step("guardians", _("Have each guardian's contact on record"), 0.5),
        Step("tell", _("Tell each child and each guardian"), 0.8),
        Step("report", _("Report to the regulator"), 1.0),
        Step("remedy", _("Decide on a remedy for each child and guardian"), 1.0),
    )
}


def due(step: Step, discovered_at: datetime, due_at: datetime) -> datetime:
    return discovered_at + (due_at - discovered_at) * step.share
