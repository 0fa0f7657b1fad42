"""What people ask for: that a missing press counts, that time counts as overtime, outing or trip."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.employee.attendance.models.zoned import Zoned
from qince.kit.tenancy import TenantForeignKey, TenantModel


class Decided(models.TextChoices):
    PENDING = "pending", _("Waits for a decision")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Lapsed")


LIVE = (Decided.PENDING, Decided.RETURNED, Decided.APPROVED)  # stands, or may yet come to stand


class Asked(Zoned, TenantModel):
    """A request, its decision and who decided."""

    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    state = models.CharField(_("state"), max_length=10, choices=Decided, default=Decided.PENDING)
    asked_at = models.DateTimeField(_("asked at"))
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)  # moves when it is handed in again

    class Meta(TenantModel.Meta):
        abstract = True


class Correction(Asked):
    """One end of a slot at which a press is missing or wrong. The original press stays."""

    class End(models.TextChoices):
        ON = "on", _("Coming")
        OFF = "off", _("Going home")

    class Kind(models.TextChoices):
        REMEDY = "remedy", _("Missed press")
        ADMIN = "admin", _("Administrator's word")

    class Result(models.TextChoices):
        NORMAL = "normal", _("Normal")
        LATE = "late", _("Late")
        EARLY = "early", _("Left early")
        LACK = "lack", _("Press missing")

    on = models.DateField(_("work date"))
    slot = models.PositiveSmallIntegerField(_("part of the shift"), default=0)
    end = models.CharField(_("end"), max_length=3, choices=End)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.REMEDY)
    at = models.DateTimeField(_("time that shall count"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=8, choices=Result, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(at__isnull=False, result="")
                | (models.Q(at__isnull=True) & ~models.Q(result="")),
                name="correction_says_one_thing",
            ),
            models.UniqueConstraint(
                fields=["organization", "employee", "on", "slot", "end"],
                condition=models.Q(state__in=("pending", "returned", "approved")),
                name="correction_once",
                violation_error_message=_("This press has been corrected already, or waits for a decision."),
            ),
        ]
        indexes = [models.Index(fields=["organization", "on"], name="correction_on")]

    def __str__(self) -> str:
        return f"{self.on} {self.get_end_display()}"


class TimeRequest(Asked):
    """A stretch of time that shall count as something."""

    class Kind(models.TextChoices):
        OVERTIME = "overtime", _("Overtime")
        OUT = "out", _("Outing")
        TRIP = "trip", _("Business trip")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="time_request_has_length"
            )
        ]
        indexes = [
            models.Index(
                fields=["organization", "ends_at"],
                condition=models.Q(state="approved"),
                name="time_request_approved",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
