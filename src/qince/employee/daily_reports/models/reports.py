"""Reports. What fields are about decides where answers lie: `facts` about nobody, `answers` about people."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.employee.daily_reports.models.templates import Template, TemplateVersion
from qince.engines.forms.keeping import joined
from qince.kit.tenancy import TenantForeignKey, TenantModel


class Report(TenantModel):
    """One person's report on one period, as it is now. The id comes from whoever wrote it: sending twice makes one.

    `autofill` is what the records said when it was begun (`filled_until`), worked out by the server and kept beside
    what was sent; `marks` say of each answer whether it is from facts, edited, or written by hand.
    """

    template = TenantForeignKey(Template, models.PROTECT, related_name="reports", db_index=False)
    by_version = TenantForeignKey(TemplateVersion, models.PROTECT, related_name="+", db_index=False)
    employee = TenantForeignKey(
        "people.Employee", models.PROTECT, related_name="daily_reports", db_index=False
    )
    period_on = models.DateField(_("period"))
    ends_on = models.DateField(_("last day of the period"))
    sent_at = models.DateTimeField(_("sent"))
    received_at = models.DateTimeField(_("received"))
    edition = models.PositiveIntegerField(_("edition"), default=1)
    edited_at = models.DateTimeField(_("last changed"), null=True)
    filled_until = models.DateTimeField(_("facts as of"))
    facts = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    autofill = models.JSONField(_("what the records said"), default=dict)
    marks = models.JSONField(_("where each answer is from"), default=dict)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "template", "employee", "period_on"], name="daily_report_once"
            )
        ]
        indexes = [
            models.Index(fields=["organization", "period_on", "id"], name="daily_report_period"),
            models.Index(fields=["organization", "employee", "-period_on"], name="daily_report_of"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.period_on}"

    @property
    def data(self) -> dict[str, Any]:
        return joined(self.by_version.form, self.facts, self.answers)


class Edition(TenantModel):
    """What a report said before it was changed."""

    report = TenantForeignKey(Report, models.CASCADE, related_name="editions", db_index=False)
    number = models.PositiveIntegerField(_("edition"))
    facts = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    marks = models.JSONField(default=dict)
    written_at = models.DateTimeField(_("written"))
    replaced_at = models.DateTimeField(_("replaced"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "report", "number"], name="report_edition_once")
        ]


class ReportFile(TenantModel):
    """A picture named by an answer; its bytes arrive apart, by content."""

    report = TenantForeignKey(Report, models.CASCADE, related_name="files", db_index=False)
    field_id = models.CharField(max_length=40)
    sha256 = models.CharField(_("SHA-256 of the original"), max_length=64)
    blob = TenantForeignKey("files.Blob", models.PROTECT, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "report", "field_id", "sha256"], name="report_file_once"
            )
        ]
        indexes = [models.Index(fields=["organization", "sha256"], name="report_file_content")]
