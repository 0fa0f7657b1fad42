"""Tracking: where a person was during working time, point by point. Nothing else is derived or kept here."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.tenancy import TenantForeignKey, TenantModel
from qince.kit.vault.fields import EncryptedFloatField

RETENTION = timedelta(days=30)


class Fix(TenantModel):
    """One position, WGS-84, sealed under the person's key. Never changed, and gone after `RETENTION`.

    `at` is the phone's own word, because a phone that sends again must be recognized by it; the server's reading of
    the time is `at` less `skew_s`.
    """

    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField(_("time by the phone"))
    skew_s = models.IntegerField(_("clock skew, s"), default=0)
    lat = EncryptedFloatField(_("latitude (WGS-84)"), null=True, subject="employee_id")
    lng = EncryptedFloatField(_("longitude (WGS-84)"), null=True, subject="employee_id")
    accuracy_m = EncryptedFloatField(_("accuracy, m"), null=True, subject="employee_id")
    speed_mps = EncryptedFloatField(_("speed, m/s"), null=True, blank=True, subject="employee_id")
    device_id = models.UUIDField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "employee", "at"], name="fix_once"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"
