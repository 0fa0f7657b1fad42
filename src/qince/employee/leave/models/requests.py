"""Requests for leave, their days, papers, and what is taken back of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.employee.leave.models.types import LeaveType, TypeVersion
from qince.employee.leave.reckoning.counting import Part as CountedPart
from qince.employee.leave.reckoning.counting import Reason as CountedReason
from qince.kit.tenancy import TenantForeignKey, TenantModel
from qince.kit.vault.fields import EncryptedBinaryField, EncryptedCharField

LIVE = ("pending", "returned", "approved")  # holds or uses balance, and takes up its days


class LeaveRequest(TenantModel):
    class State(models.TextChoices):
        PENDING = "pending", _("Under way")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        CANCELLED = "cancelled", _("Cancelled")

    employee = TenantForeignKey(
        "people.Employee", models.CASCADE, related_name="leave_requests", db_index=False
    )
    type = TenantForeignKey(LeaveType, models.PROTECT, related_name="requests")
    version = TenantForeignKey(TypeVersion, models.PROTECT, related_name="+", db_index=False)
    segments = models.JSONField(_("asked for"))
    qty = models.DecimalField(_("length of leave"), max_digits=8, decimal_places=2)
    first_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    # Why: an ordinary reason, or one about health that needs a consent of its own.
    reason = EncryptedCharField(_("reason"), max_length=300, subject="employee_id", null=True, blank=True)
    health_reason = EncryptedCharField(
        _("reason (about health)"), max_length=300, subject="employee_id", null=True, blank=True
    )
    paper_by_hand = models.BooleanField(_("paper handed to HR"), default=False)
    paper_seen_at = models.DateTimeField(_("paper seen by HR"), null=True)
    is_short = models.BooleanField(_("no longer covered by the balance"), default=False)
    revision = models.PositiveIntegerField(default=1, editable=False)  # moves when it is handed in again
    submitted_at = models.DateTimeField(_("handed in"))
    decided_at = models.DateTimeField(_("decided"), null=True)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["organization", "employee", "-first_on"], name="leave_request_of"),
            models.Index(fields=["organization", "last_on"], name="leave_request_last"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.first_on}"


class LeaveDay(TenantModel):
    """One day of a request as it counts now; `starts_at` and `ends_at` enclose the working time it covers."""

    class Part(models.TextChoices):
        FULL = CountedPart.FULL.value, _("Whole day")
        AM = CountedPart.AM.value, _("Morning")
        PM = CountedPart.PM.value, _("Afternoon")
        HOURS = CountedPart.HOURS.value, _("Hours")

    class Why(models.TextChoices):
        WORK = CountedReason.WORK.value, _("Working day")
        REST = CountedReason.REST.value, _("Day off, not counted")
        HOLIDAY = CountedReason.HOLIDAY.value, _("Holiday, not counted")
        BRIDGE = CountedReason.BRIDGE.value, _("Day off between two days of leave")
        CALENDAR = CountedReason.CALENDAR.value, _("Every day counts")

    request = TenantForeignKey(LeaveRequest, models.CASCADE, related_name="days", db_index=False)
    on = models.DateField(_("day"))
    part = models.CharField(_("part"), max_length=5, choices=Part)
    from_minute = models.PositiveSmallIntegerField(null=True)
    to_minute = models.PositiveSmallIntegerField(null=True)
    qty = models.DecimalField(_("length of leave"), max_digits=8, decimal_places=2)
    why = models.CharField(_("because"), max_length=8, choices=Why)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "request", "on", "part", "from_minute"],
                name="leave_day_once",
                nulls_distinct=False,
            )
        ]
        indexes = [models.Index(fields=["organization", "on"], name="leave_day_on")]

    def __str__(self) -> str:
        return f"{self.on} {self.get_part_display()}"


class Paper(TenantModel):
    """A paper that proves the reason, sealed under the person's key."""

    SUBJECT = "request.employee_id"

    request = TenantForeignKey(LeaveRequest, models.CASCADE, related_name="papers")
    name = EncryptedCharField(_("name"), max_length=120)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    content = EncryptedBinaryField(_("content"))
    added_at = models.DateTimeField(_("added"))

    def __str__(self) -> str:
        return self.media_type


class Cancellation(TenantModel):
    """Days of approved leave that shall not be taken after all: early return, or a part called off."""

    class State(models.TextChoices):
        PENDING = "pending", _("Under way")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    request = TenantForeignKey(LeaveRequest, models.CASCADE, related_name="cancellations")
    kept = models.JSONField(_("what remains"))  # segments as in the request
    qty = models.DecimalField(_("given back"), max_digits=8, decimal_places=2)
    reason = EncryptedCharField(
        _("reason"), max_length=300, subject="request.employee_id", null=True, blank=True
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    submitted_at = models.DateTimeField(_("handed in"))
    decided_at = models.DateTimeField(_("decided"), null=True)
    revision = models.PositiveIntegerField(default=1, editable=False)  # moves when it is handed in again

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "request"],
                condition=models.Q(state__in=("pending", "returned")),
                name="leave_cancellation_once",
                violation_error_message=_("A change of this leave is on its way already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.request}"
