"""Archives of everything the organization is responsible for, made on its own demand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.tenancy import TenantForeignKey, TenantModel


class Archive(TenantModel):
    """One export of the whole organization, sealed under a key of its own, gone at `expires_at`."""

    class State(models.TextChoices):
        MAKING = "making", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")
        GONE = "gone", _("Removed")

    requested_by = TenantForeignKey(
        "people.Employee", models.PROTECT, related_name="+", verbose_name=_("asked by")
    )
    reason = models.CharField(_("what it is for"), max_length=300)
    language = models.CharField(max_length=10)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.MAKING)
    expected = models.PositiveBigIntegerField(default=0)
    rows = models.PositiveBigIntegerField(_("rows"), default=0)
    files = models.PositiveBigIntegerField(_("files"), default=0)
    size = models.PositiveBigIntegerField(_("size, bytes"), default=0)
    requested_at = models.DateTimeField(_("requested"))
    expires_at = models.DateTimeField(_("expires"))
    collected_at = models.DateTimeField(_("collected"), null=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "expires_at"], name="archive_expiry")]

    def __str__(self) -> str:
        return f"{self.requested_at:%Y-%m-%d}"

    @property
    def tone(self) -> str:
        return {"making": "blue", "ready": "green", "failed": "red"}.get(self.state, "grey")
