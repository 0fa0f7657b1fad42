"""What leaves and what comes back: the disclosure log, messages on their way, messages taken, bindings."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.engines.partners.models.recipients import Employee, Recipient
from qince.kit.tenancy import TenantForeignKey, TenantModel
from qince.kit.vault.fields import EncryptedBinaryField, EncryptedJSONField


class LogIsAppendOnly(RuntimeError):
    """Something tried to change what the disclosure log says: a programming error."""


class Disclosure(TenantModel):
    """One passing of data about one person to one recipient. Field names and a digest, never the values."""

    class Basis(models.TextChoices):
        CONSENT = "consent", _("Consent")
        EXCEPTION = "exception", _("Recorded exception")

    subject = TenantForeignKey(
        Employee, models.PROTECT, related_name="disclosures", verbose_name=_("about whom")
    )
    recipient = TenantForeignKey(Recipient, models.PROTECT, null=True, related_name="disclosures")
    recipient_name = models.CharField(_("recipient"), max_length=100)
    act = models.CharField(_("act"), max_length=40)
    why = models.CharField(_("what for"), max_length=200)
    fields = models.JSONField(_("data"), default=list)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis)
    consent_version = models.CharField(_("version agreed to"), max_length=40, blank=True)
    exception = TenantForeignKey(
        "partners.LegalException", models.PROTECT, null=True, related_name="disclosures"
    )
    digest = models.CharField(_("digest"), max_length=64, blank=True)  # keyed; none of what is only passed on
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(_("by"), max_length=80, blank=True)
    at = models.DateTimeField(_("time"))

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["organization", "subject", "at"], name="disclosure_subject"),
            models.Index(fields=["organization", "at"], name="disclosure_at"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_name}: {self.act}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LogIsAppendOnly
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LogIsAppendOnly


class Outgoing(TenantModel):
    """A message on its way. The body is sealed under its subject's key and gone once delivered or given up."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("Being sent")
        DELIVERED = "delivered", _("Delivered")
        DROPPED = "dropped", _("Stopped")
        FAILED = "failed", _("Failed")

    subject = TenantForeignKey(Employee, models.PROTECT, related_name="+")
    recipient = TenantForeignKey(Recipient, models.PROTECT, related_name="outgoing")
    disclosure = TenantForeignKey(Disclosure, models.PROTECT, null=True, related_name="outgoing")
    act = models.CharField(max_length=40)
    body = EncryptedBinaryField(null=True, subject="subject_id")
    state = models.CharField(_("delivery"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=40, blank=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "state", "due_at"], name="outgoing_due")]


class Inbound(TenantModel):
    """A message of a recipient that was taken, once. What it said of a person is in `Binding`."""

    recipient = TenantForeignKey(Recipient, models.CASCADE, related_name="inbound")
    message_id = models.CharField(max_length=64)
    act = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    received_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "recipient", "message_id"], name="inbound_once"
            ),
        ]  # fmt: skip


class Binding(TenantModel):
    """The account of a person at a payment company, as that company told it. Unbinding removes the row."""

    employee = TenantForeignKey(Employee, models.CASCADE, related_name="bindings")
    recipient = TenantForeignKey(Recipient, models.CASCADE, related_name="bindings")
    content = EncryptedJSONField(subject="employee_id")  # nickname, portrait, account name
    bound_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "employee", "recipient"], name="binding_once"
            ),
        ]  # fmt: skip
