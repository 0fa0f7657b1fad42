"""Handling an incident from discovery to closure."""

from qince.core.incidents.actions.affecting import add_affected, decide_remedy, find_affected, set_guardian
from qince.core.incidents.actions.holding import held, held_affected, held_step, require_parts
from qince.core.incidents.actions.opening import open_incident, write_parts
from qince.core.incidents.actions.reporting import report, skip_report
from qince.core.incidents.actions.settling import assign_step, close, complete_step, what_is_owed

__all__ = [
    "add_affected",
    "assign_step",
    "close",
    "complete_step",
    "decide_remedy",
    "find_affected",
    "held",
    "held_affected",
    "held_step",
    "open_incident",
    "report",
    "require_parts",
    "set_guardian",
    "skip_report",
    "what_is_owed",
    "write_parts",
]
