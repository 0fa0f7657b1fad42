"""Shifts. What was once in force is never changed: an edit adds a version."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.tenancy import TenantForeignKey, TenantModel


class Shift(TenantModel):
    name = models.CharField(_("name"), max_length=40)
    colour = models.CharField(_("colour"), max_length=10, default="blue")
    is_active = models.BooleanField(_("in use"), default=True)
    latest = models.PositiveIntegerField(_("version"), default=0, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="shift_name",
                violation_error_message=_("Another shift has this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ShiftVersion(TenantModel):
    """The times of a shift from a date on; `definition` is read by `definitions.shift_version`."""

    shift = TenantForeignKey(Shift, models.PROTECT, related_name="versions", db_index=False)
    version = models.PositiveIntegerField(_("version"))
    starts_on = models.DateField(_("from"))
    definition = models.JSONField(_("times"))
    created_at = models.DateTimeField(_("created at"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "shift", "version"], name="shift_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.shift} v{self.version}"
