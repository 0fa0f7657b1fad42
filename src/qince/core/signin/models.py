"""The document by which whoever opened the organization showed that they may (C1.1-03)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.tenancy import TenantForeignKey, TenantModel
from qince.kit.vault.fields import EncryptedBinaryField


class OpenerProof(TenantModel):
    """Sealed under the opener's key; the organization itself keeps the document's SHA-256."""

    employee = TenantForeignKey("people.Employee", models.PROTECT, related_name="+")
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(_("size, bytes"))
    content = EncryptedBinaryField(_("document"), subject="employee_id", null=True, blank=True)
    given_at = models.DateTimeField(_("handed in"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization"], name="signin_opener_proof_once"),
        ]
