"""Writes of visits. Each takes the operations of one push together: what was done in the field is kept, and flagged
where it looks odd; refused is only what contradicts the visit itself.
"""

from qince.sales.visits.actions.arriving import check_in
from qince.sales.visits.actions.leaving import check_out, close_forgotten
from qince.sales.visits.actions.working import record_steps

__all__ = ["check_in", "check_out", "close_forgotten", "record_steps"]
