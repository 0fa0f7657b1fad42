"""Two people of one group exchange what a day has for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.employee.attendance.models.requests import Asked, Decided
from qince.employee.attendance.models.shifts import Shift
from qince.kit.tenancy import TenantForeignKey, TenantModel


class Swap(Asked):
    """Asked for by `employee`, agreed to by `partner`, then decided. What each had is kept as it was when asked."""

    partner = TenantForeignKey("people.Employee", models.CASCADE, related_name="+", verbose_name=_("with"))
    on = models.DateField(_("work date"))
    own_shift = TenantForeignKey(Shift, models.PROTECT, null=True, related_name="+", verbose_name=_("gives"))
    partner_shift = TenantForeignKey(
        Shift, models.PROTECT, null=True, related_name="+", verbose_name=_("takes")
    )
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(condition=~models.Q(employee=models.F("partner")), name="swap_is_of_two"),
            models.UniqueConstraint(
                fields=["organization", "employee", "on"],
                condition=models.Q(state="pending"),
                name="swap_once",
            ),
        ]
        indexes = [models.Index(fields=["organization", "on"], name="swap_on")]

    def __str__(self) -> str:
        return f"{self.on} {self.employee} – {self.partner}"

    @property
    def waits_for_partner(self) -> bool:
        return self.state == Decided.PENDING and self.agreed_at is None
