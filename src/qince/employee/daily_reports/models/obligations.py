"""Who owes what: reckoned by `owing`, stored so that it can be listed, counted and reminded of.

What the clock decides is not stored: expected, late and missing follow from these moments at each look.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qince.employee.daily_reports.models.reports import Report
from qince.employee.daily_reports.models.templates import Template, TemplateVersion
from qince.employee.daily_reports.owing.judging import Reason as Why
from qince.employee.daily_reports.owing.judging import State as Judged
from qince.kit.tenancy import TenantForeignKey, TenantModel


class State(models.TextChoices):
    EXPECTED = Judged.EXPECTED.value, _("Not yet sent")
    ON_TIME = Judged.ON_TIME.value, _("In time")
    LATE = Judged.LATE.value, pgettext_lazy("report", "Late")
    MISSING = Judged.MISSING.value, pgettext_lazy("report", "Missing")
    EXEMPT = Judged.EXEMPT.value, _("Exempt")


class Obligation(TenantModel):
    class Reason(models.TextChoices):
        NAMED = Why.NAMED.value, _("The template exempts the person")
        NOT_YET = Why.NOT_YET.value, _("Not yet there")
        LEFT = Why.LEFT.value, _("Gone before it was due")
        WEEKDAY = Why.WEEKDAY.value, _("Not on this weekday")
        DAY_OFF = Why.DAY_OFF.value, _("Day off")
        HOLIDAY = Why.HOLIDAY.value, _("Holiday")
        LEAVE = Why.LEAVE.value, _("On leave")

    template = TenantForeignKey(Template, models.PROTECT, related_name="obligations", db_index=False)
    by_version = TenantForeignKey(TemplateVersion, models.PROTECT, related_name="+", db_index=False)
    employee = TenantForeignKey("people.Employee", models.PROTECT, related_name="+", db_index=False)
    # As of the period's last day, so that figures of the past stay those of the past.
    department = TenantForeignKey("people.Department", models.PROTECT, null=True, related_name="+")
    period_on = models.DateField(_("period"))
    ends_on = models.DateField(_("last day of the period"))
    due_at = models.DateTimeField(_("due"))
    late_until = models.DateTimeField(_("taken as late until"))
    reason = models.CharField(_("exempt because"), max_length=8, choices=Reason, blank=True)
    facts = models.JSONField(default=dict)  # what the explanation speaks of
    report = TenantForeignKey(Report, models.CASCADE, null=True, related_name="obligations")
    sent_at = models.DateTimeField(_("sent"), null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "template", "employee", "period_on"], name="report_obligation_once"
            )
        ]
        indexes = [
            models.Index(fields=["organization", "period_on", "template"], name="report_obligation_period"),
            models.Index(fields=["organization", "employee", "period_on"], name="report_obligation_of"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.period_on}"


class Nudge(TenantModel):
    """That somebody was told something about a period, so that nobody is told twice."""

    class Kind(models.TextChoices):
        DUE = "due", _("Soon due")
        MISSING = "missing", _("List of the missing")

    template = TenantForeignKey(Template, models.CASCADE, related_name="+", db_index=False)
    period_on = models.DateField(_("period"))
    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    at = models.DateTimeField(_("at"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "template", "period_on", "employee", "kind"], name="report_nudge_once"
            )
        ]
