"""The consent ledger, append-only; its projection of what stands now; every version of the notice served."""

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.ids import uuid7
from qince.kit.tenancy import (
    CurrentOrganization,
    TenantForeignKey,
    TenantManager,
    TenantModel,
    TenantQuerySet,
)


class NoticeVersion(models.Model):
    """The notice as it was served, word for word. `organization` None: the general one, before signing in.

    It belongs to the public, not to a tenant: someone who is nobody's employee yet reads it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, related_name="+", db_index=False
    )
    language = models.CharField(max_length=10)
    version = models.CharField(_("version"), max_length=40)
    hash = models.CharField(_("hash"), max_length=64)
    content = models.JSONField()
    release = models.PositiveIntegerField(
        _("release"), default=1
    )  # of the policy in force when it was first served
    released_at = models.DateTimeField(_("released"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "language", "hash"], name="notice_text", nulls_distinct=False
            ),
        ]
        indexes = [models.Index(fields=["hash"], name="notice_hash")]

    def __str__(self) -> str:
        return f"{self.version} {self.language}"


class LedgerIsAppendOnly(RuntimeError):
    """Something tried to change or remove what a person once decided: a programming error."""


class LedgerQuerySet(TenantQuerySet):
    def update(self, **kwargs: Any) -> NoReturn:
        raise LedgerIsAppendOnly

    def delete(self) -> NoReturn:
        raise LedgerIsAppendOnly


class LedgerManager(TenantManager):
    def get_queryset(self) -> Any:
        return LedgerQuerySet(self.model, using=self._db).filter(organization=CurrentOrganization())


class ConsentEntry(TenantModel):
    """One act of a person about one purpose, never changed. The client makes the id: repeats are harmless."""

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

    objects: ClassVar[LedgerManager] = LedgerManager()

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.purpose}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LedgerIsAppendOnly
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerIsAppendOnly


class Consent(TenantModel):
    """Where a person stands on a purpose now, computed from the ledger."""

    employee = TenantForeignKey("people.Employee", models.PROTECT, related_name="consents", db_index=False)
    purpose = models.CharField(max_length=40)
    act = models.CharField(max_length=12, choices=ConsentEntry.Act)  # of the entry that decides
    is_granted = models.BooleanField()
    circumstances = models.CharField(max_length=20, blank=True)
    release = models.PositiveIntegerField(default=1)  # of the policy it was decided under
    entry = TenantForeignKey(ConsentEntry, models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "employee", "purpose"], name="consent_one_per_purpose"
            ),
        ]
