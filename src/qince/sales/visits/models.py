"""Visits: a call at a customer, from check-in to check-out, with its ordered steps and their evidence."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.engines.evidence.models import Evidenced, Verdict
from qince.kit.tenancy import TenantForeignKey, TenantModel
from qince.kit.vault.fields import EncryptedFloatField


class VisitTemplate(TenantModel):
    """The steps of a visit, in order. `steps`: [{id, kind, title, required, minimum, items: [{id, title}]}]."""

    name = models.CharField(_("name"), max_length=60)
    version = models.PositiveIntegerField(_("version"), default=1)
    steps = models.JSONField(_("steps"), default=list)
    is_active = models.BooleanField(_("in use"), default=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="visit_template_name")]

    def __str__(self) -> str:
        return self.name


class Visit(TenantModel):
    class State(models.TextChoices):
        OPEN = "open", _("In progress")
        COMPLETED = "completed", _("Completed")
        AUTO_CLOSED = "auto_closed", _("Closed by the system")

    class Unproductive(models.TextChoices):
        CLOSED = "closed", _("Store closed")
        REFUSED = "refused", _("Visit refused")
        OWNER_ABSENT = "owner_absent", _("Owner absent")
        OTHER = "other", _("Other reason")

    employee = TenantForeignKey("people.Employee", models.PROTECT, related_name="visits", db_index=False)
    customer = TenantForeignKey("customers.Customer", models.PROTECT, related_name="visits")
    planned_visit = TenantForeignKey("routes.PlannedVisit", models.PROTECT, null=True, related_name="visits")
    template = TenantForeignKey(VisitTemplate, models.PROTECT, null=True, related_name="+", db_index=False)
    template_version = models.PositiveIntegerField(default=1)
    steps = models.JSONField(default=list)  # the template's steps as they were at check-in
    on = models.DateField(_("business date"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.OPEN)
    checked_in_at = models.DateTimeField(_("checked in"))
    checked_out_at = models.DateTimeField(_("checked out"), null=True)
    # Of the check-in, repeated here so that lists need no join.
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict)
    distance_m = EncryptedFloatField(_("distance, m"), null=True, subject="employee_id")
    reason = models.CharField(_("reason for checking in outside"), max_length=200, blank=True)
    unproductive_reason = models.CharField(
        _("unproductive because"), max_length=14, choices=Unproductive, blank=True
    )
    summary = models.TextField(_("summary"), max_length=1000, blank=True)
    flags = models.JSONField(_("flags"), default=list)
    steps_done = models.PositiveSmallIntegerField(_("steps done"), default=0)
    photo_count = models.PositiveSmallIntegerField(_("photos"), default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["organization", "employee", "on"], name="visit_employee_day"),
            models.Index(fields=["organization", "on", "id"], name="visit_day"),
        ]

    def __str__(self) -> str:
        return f"{self.customer} {self.on}"

    @property
    def duration_s(self) -> int | None:
        """Seconds between check-in and check-out, None while open."""
        return (
            int((self.checked_out_at - self.checked_in_at).total_seconds()) if self.checked_out_at else None
        )

    @property
    def is_exception(self) -> bool:
        """Whether a manager should look at it."""
        return bool(self.flags) or self.verdict in (Verdict.OUTSIDE, Verdict.UNCERTAIN, Verdict.UNUSABLE)


class CheckEvent(TenantModel, Evidenced):
    """The evidence of a check-in or check-out: two points, no track between them (C2.2.4-04)."""

    SUBJECT = "visit.employee_id"

    class Kind(models.TextChoices):
        IN = "in", _("Check-in")
        OUT = "out", _("Check-out")

    visit = TenantForeignKey(Visit, models.CASCADE, related_name="check_events", db_index=False)
    kind = models.CharField(_("kind"), max_length=3, choices=Kind)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "visit", "kind"], name="check_event_once")
        ]


class StepRecord(TenantModel):
    """The answer to one step. A later answer to the same step replaces the earlier one; the trail keeps both."""

    visit = TenantForeignKey(Visit, models.CASCADE, related_name="step_records", db_index=False)
    step_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=12)
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "visit", "step_id"], name="step_record_once")
        ]


class Photo(TenantModel, Evidenced):
    """A picture taken at a step. `sha256` names the clean original; the blob arrives apart from it."""

    SUBJECT = "visit.employee_id"

    visit = TenantForeignKey(Visit, models.CASCADE, related_name="photos")
    step_id = models.CharField(max_length=40)
    sha256 = models.CharField(_("SHA-256 of the original"), max_length=64)
    size = models.PositiveIntegerField(_("size, bytes"))
    taken_at = models.DateTimeField(_("taken"))
    blob = TenantForeignKey("files.Blob", models.PROTECT, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "visit", "step_id", "sha256"], name="photo_once")
        ]
        indexes = [models.Index(fields=["organization", "sha256"], name="photo_content")]
