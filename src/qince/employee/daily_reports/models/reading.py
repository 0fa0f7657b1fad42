"""Who receives a report, who has read it, and what is said about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.employee.daily_reports.models.reports import Report
from qince.kit.tenancy import TenantForeignKey, TenantModel


class Receipt(TenantModel):
    """One receiver of one report. `read_edition` behind the report's edition: to be read again."""

    class Why(models.TextChoices):
        LEADER = "leader", _("Leader")
        HEAD = "head", _("Head of the department")
        NAMED = "named", _("Named in the template")
        HANDED_OVER = "handed_over", _("Took over from somebody who left")

    report = TenantForeignKey(Report, models.CASCADE, related_name="receipts", db_index=False)
    employee = TenantForeignKey(
        "people.Employee", models.PROTECT, related_name="report_receipts", db_index=False
    )
    why = models.CharField(_("because"), max_length=12, choices=Why)
    level = models.PositiveSmallIntegerField(_("level"), default=0)  # of a leader: 1 the direct one
    read_at = models.DateTimeField(_("read"), null=True)
    read_edition = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "report", "employee"], name="report_receipt_once")
        ]
        indexes = [models.Index(fields=["organization", "employee", "read_edition"], name="report_inbox")]


class Comment(TenantModel):
    """What somebody says about a report. The id comes from whoever wrote it; taken back, the words are gone."""

    report = TenantForeignKey(Report, models.CASCADE, related_name="comments", db_index=False)
    author = TenantForeignKey("people.Employee", models.PROTECT, related_name="+", db_index=False)
    text = models.CharField(_("comment"), max_length=1000, blank=True)
    at = models.DateTimeField(_("at"))
    taken_back_at = models.DateTimeField(_("taken back"), null=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "report", "at"], name="report_comments")]

    def __str__(self) -> str:
        return f"{self.report}"


class Mention(TenantModel):
    """Somebody whom a comment speaks to."""

    comment = TenantForeignKey(Comment, models.CASCADE, related_name="mentions", db_index=False)
    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "comment", "employee"], name="report_mention_once"
            )
        ]
