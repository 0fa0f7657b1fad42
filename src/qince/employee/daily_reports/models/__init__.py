"""Templates, what is owed, reports with their editions, and who reads them."""

from qince.employee.daily_reports.models.obligations import Nudge, Obligation
from qince.employee.daily_reports.models.reading import Comment, Mention, Receipt
from qince.employee.daily_reports.models.reports import Edition, Report, ReportFile
from qince.employee.daily_reports.models.templates import Target, Template, TemplateVersion

__all__ = [
    "Comment", "Edition", "Mention", "Nudge", "Obligation", "Receipt", "Report", "ReportFile", "Target", "Template",
    "TemplateVersion",
]  # fmt: skip
