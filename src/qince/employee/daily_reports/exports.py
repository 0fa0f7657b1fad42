"""Figures taken away as a table, and the trail of who took them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from qince.core.privacy.limitation import require_declared
from qince.employee.daily_reports.models import Report
from qince.employee.daily_reports.rules import EXPORT
from qince.kit.action import action, note_set
from qince.kit.actor import Actor
from qince.kit.events import publish
from qince.kit.resource.events import Exported

# What the table shows of a person, and what for.
COLUMNS = {
    "people.employee.name": "basic",
    "people.employee.number": "basic",
    "daily_reports.obligation.sent_at": "basic",
    "daily_reports.obligation.reason": "basic",
    "daily_reports.report.answers": "basic",
}


@action("daily_reports.export", permission=EXPORT)
def record_export(actor: Actor, *, now: datetime, rows: int, **facts: Any) -> None:
    """Write down that figures were exported, for the purposes their columns were collected for."""
    for field, purpose in COLUMNS.items():
        require_declared(field, purpose)
    note_set(Report, str(_("Figures of daily reports")), rows=rows, **facts)
    publish(Exported(actor.employee_id, rows))
