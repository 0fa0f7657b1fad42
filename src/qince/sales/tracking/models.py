"""Tracking: where a person was during working time, point by point. Nothing else is derived or kept here."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.tenancy import TenantForeignKey, TenantModel

RETENTION = timedelta(days=30)


class Fix(TenantModel):
    """One position, WGS-84. Never changed, and gone after `RETENTION`.

    `at` is the phone's own word, because a phone that sends again must be recognized by it; the server's reading of
    the time is `at` less `skew_s`.
    """

    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField(_("time by the phone"))
    skew_s = models.IntegerField(_("clock skew, s"), default=0)
    lat = models.FloatField(_("latitude (WGS-84)"))
    lng = models.FloatField(_("longitude (WGS-84)"))
    accuracy_m = models.FloatField(_("accuracy, m"))
    speed_mps = models.FloatField(_("speed, m/s"), null=True, blank=True)
    device_id = models.UUIDField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "employee", "at"], name="fix_once"),
            models.CheckConstraint(
                condition=models.Q(lat__range=(-90, 90), lng__range=(-180, 180)), name="fix_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"
