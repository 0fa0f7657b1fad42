"""What replay found, stored so that it can be listed and summed. It can always be computed anew."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.tenancy import TenantForeignKey, TenantModel


class DayResult(TenantModel):
    class Status(models.TextChoices):
        NORMAL = "normal", _("Normal")
        LATE = "late", _("Late")
        EARLY = "early", _("Left early")
        LATE_EARLY = "late_early", _("Late and left early")
        LACK = "lack", _("Press missing")
        ABSENT = "absent", _("Absent")
        LEAVE = "leave", _("Leave")
        AWAY = "away", _("Away on business")
        PENDING = "pending", _("Not over yet")
        OFF = "off", _("Rest")
        EXEMPT = "exempt", _("Need not clock in")

    class DayKind(models.TextChoices):
        WORKDAY = "workday", _("Workday")
        WEEKEND = "weekend", _("Rest day")
        SWAPPED_REST = "swapped_rest", _("Swapped rest day")
        STATUTORY = "statutory", _("Statutory holiday")

    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="+", db_index=False)
    on = models.DateField(_("work date"))
    status = models.CharField(_("result"), max_length=10, choices=Status)
    day_kind = models.CharField(_("kind of day"), max_length=12, choices=DayKind)
    rule = models.UUIDField(_("version of the rules"))
    shift = models.UUIDField(_("version of the shift"), null=True)
    due_minutes = models.PositiveIntegerField(_("due, min"), default=0)
    worked_minutes = models.PositiveIntegerField(_("worked, min"), default=0)
    late_times = models.PositiveSmallIntegerField(_("times late"), default=0)
    late_minutes = models.PositiveIntegerField(_("late, min"), default=0)
    serious_times = models.PositiveSmallIntegerField(_("times seriously late"), default=0)
    early_times = models.PositiveSmallIntegerField(_("times left early"), default=0)
    early_minutes = models.PositiveIntegerField(_("left early, min"), default=0)
    lack_times = models.PositiveSmallIntegerField(_("missing presses"), default=0)
    absent_minutes = models.PositiveIntegerField(_("absent, min"), default=0)
    leave_minutes = models.PositiveIntegerField(_("leave, min"), default=0)
    away_minutes = models.PositiveIntegerField(_("away on business, min"), default=0)
    overtime_minutes = models.PositiveIntegerField(_("overtime, min"), default=0)
    points = models.JSONField(_("ends of the slots, each with its trail"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "employee", "on"], name="day_result_once")
        ]
        indexes = [models.Index(fields=["organization", "on", "status"], name="day_result_on")]

    def __str__(self) -> str:
        return f"{self.on} {self.get_status_display()}"


class StaleDay(TenantModel):
    """Something about a person's day has changed since it was computed."""

    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="+", db_index=False)
    on = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "employee", "on"], name="stale_day_once")
        ]


class MonthReport(TenantModel):
    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ASKED = "asked", _("Waits for confirmation")
        CONFIRMED = "confirmed", _("Confirmed")
        DISPUTED = "disputed", _("Disputed")
        LOCKED = "locked", _("Locked")

    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="+", db_index=False)
    month = models.DateField(_("month"))  # its first day
    version = models.PositiveIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    totals = models.JSONField(_("totals"))
    objection = models.CharField(_("objection"), max_length=300, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    locked_at = models.DateTimeField(_("locked at"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "employee", "month"], name="month_report_once")
        ]
        indexes = [models.Index(fields=["organization", "month"], name="month_report_month")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Adjustment(TenantModel):
    """What changes about a locked month: added beside its totals, with the reason."""

    report = TenantForeignKey(MonthReport, models.CASCADE, related_name="adjustments")
    figure = models.CharField(_("figure"), max_length=20)
    amount = models.IntegerField(_("amount"))
    reason = models.CharField(_("reason"), max_length=200)
    by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("at"))

    def __str__(self) -> str:
        return f"{self.figure} {self.amount:+d}"
