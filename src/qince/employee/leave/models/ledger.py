"""Who has how much of which type: the ledger only grows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.employee.leave.models.types import LeaveType
from qince.kit.tenancy import TenantForeignKey, TenantModel


class Account(TenantModel):
    """One person's one type. Its row is locked while entries are written; `balance` is their sum as of `closed_on`."""

    employee = TenantForeignKey(
        "people.Employee", models.CASCADE, related_name="leave_accounts", db_index=False
    )
    type = TenantForeignKey(LeaveType, models.PROTECT, related_name="accounts")
    balance = models.DecimalField(_("balance"), max_digits=8, decimal_places=2, default=0)
    closed_on = models.DateField(_("as of"), null=True)
    lapses_on = models.DateField(_("next to lapse on"), null=True)
    lapsing = models.DecimalField(_("next to lapse"), max_digits=8, decimal_places=2, default=0)
    entries = models.PositiveIntegerField(default=0)  # how many have been written

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "employee", "type"], name="leave_account_once")
        ]

    def __str__(self) -> str:
        return f"{self.employee}: {self.type}"


class LedgerEntry(TenantModel):
    """Never changed, never deleted while the person is kept. `reckoning.ledger` tells what the columns mean."""

    class Kind(models.TextChoices):
        GRANT = "grant", _("Leave granted")
        CARRY = "carry", _("Carried over")
        USE = "use", _("Used")
        HOLD = "hold", _("Held for a request")
        RELEASE = "release", _("Hold released")
        EXPIRE = "expire", _("Lapsed")
        ADJUST = "adjust", _("Adjusted")

    account = TenantForeignKey(Account, models.CASCADE, related_name="rows", db_index=False)
    sequence = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    qty = models.DecimalField(_("quantity"), max_digits=8, decimal_places=2)
    counts_on = models.DateField(_("counts from"))
    lot = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField(_("valid from"), null=True)
    valid_to = models.DateField(_("valid until"), null=True)
    source = models.CharField(max_length=60, blank=True)
    day = models.DateField(_("day of leave"), null=True)
    note = models.CharField(_("reason"), max_length=200, blank=True)
    written_at = models.DateTimeField(_("written"))
    written_by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            # Two who write at once cannot both be the next.
            models.UniqueConstraint(fields=["organization", "account", "sequence"], name="leave_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.qty}"


class ServiceRecord(TenantModel):
    """Since when somebody has worked at all, as far as told: years of service count from there."""

    employee = TenantForeignKey(
        "people.Employee", models.CASCADE, related_name="leave_service", db_index=False
    )
    working_since = models.DateField(_("working since"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "employee"], name="leave_service_once")
        ]

    def __str__(self) -> str:
        return f"{self.employee}: {self.working_since}"
