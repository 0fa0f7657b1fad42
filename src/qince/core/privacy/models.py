"""The consent ledger, append-only, and its projection: what stands now."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.tenancy import TenantForeignKey, TenantModel


class ConsentEntry(TenantModel):
    """One act of a person about one purpose. Never changed, never bundled; id is the client's, so repeats are harmless."""

    class Act(models.TextChoices):
        SERVED = "served", _("Shown")
        GRANTED = "granted", _("Agreed")
        DECLINED = "declined", _("Declined")
        NARROWED = "narrowed", _("Narrowed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    employee = TenantForeignKey("people.Employee", models.PROTECT, related_name="consent_entries")
    purpose = models.CharField(_("purpose"), max_length=40)
    act = models.CharField(_("act"), max_length=12, choices=Act)
    circumstances = models.CharField(_("circumstances"), max_length=20, blank=True)
    notice_version = models.CharField(_("version of the notice"), max_length=40)
    notice_hash = models.CharField(_("hash of the notice"), max_length=64)
    method = models.CharField(_("method"), max_length=20)
    client = models.CharField(_("client"), max_length=20)
    occurred_at = models.DateTimeField(_("time"))
    recorded_at = models.DateTimeField(auto_now_add=True)


class Consent(TenantModel):
    """Where a person stands on a purpose now: the last entry that decides."""

    employee = TenantForeignKey("people.Employee", models.PROTECT, related_name="consents", db_index=False)
    purpose = models.CharField(max_length=40)
    is_granted = models.BooleanField()
    circumstances = models.CharField(max_length=20, blank=True)
    entry = TenantForeignKey(ConsentEntry, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "employee", "purpose"], name="consent_one_per_purpose"),
        ]
