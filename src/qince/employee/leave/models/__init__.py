"""Types and their versions, the ledger, requests."""

from qince.employee.leave.models.ledger import Account, LedgerEntry, ServiceRecord
from qince.employee.leave.models.requests import LIVE, Cancellation, LeaveDay, LeaveRequest, Paper
from qince.employee.leave.models.types import LeaveType, TypeVersion

__all__ = [
    "LIVE", "Account", "Cancellation", "LeaveDay", "LeaveRequest", "LeaveType", "LedgerEntry", "Paper", "ServiceRecord",
    "TypeVersion",
]  # fmt: skip
