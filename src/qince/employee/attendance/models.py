"""Attendance: work places and punches. Shifts and results come with the employee's workday."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.engines.evidence.models import Evidenced
from qince.kit.tenancy import TenantForeignKey, TenantModel


class WorkPlace(TenantModel):
    name = models.CharField(_("name"), max_length=60)
    address = models.CharField(_("address"), max_length=200, blank=True)
    lat = models.FloatField(_("latitude (WGS-84)"))
    lng = models.FloatField(_("longitude (WGS-84)"))
    radius_m = models.PositiveIntegerField(_("fence radius, m"), default=150)
    is_active = models.BooleanField(_("in use"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="work_place_name")]

    def __str__(self) -> str:
        return self.name


class Punch(TenantModel, Evidenced):
    """One press of the button. Never changed; the day sheet is computed from them."""

    SUBJECT = "employee_id"

    class Kind(models.TextChoices):
        IN = "in", _("In")
        OUT = "out", _("Out")

    employee = TenantForeignKey("people.Employee", models.PROTECT, related_name="punches", db_index=False)
    kind = models.CharField(_("kind"), max_length=3, choices=Kind)
    work_place = TenantForeignKey(
        WorkPlace, models.PROTECT, null=True, related_name="punches", db_index=False
    )
    work_date = models.DateField(_("work date"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    device_id = models.UUIDField(null=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "employee", "work_date"], name="punch_day")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.work_date}"
