"""Files: content addressed by SHA-256. A blob is stored once per organization, whoever refers to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.tenancy import TenantForeignKey, TenantModel


class Blob(TenantModel):
    """A complete file. `sha256` is of the bytes as they were sent, before anything was re-encoded."""

    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveBigIntegerField(_("size, bytes"))
    media_type = models.CharField(_("type, sniffed"), max_length=80)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    is_evidence = models.BooleanField(default=False)  # kept byte for byte, metadata included
    is_sealed = models.BooleanField(default=False)  # the file and its copies, under the sender's key
    storage_name = models.CharField(max_length=160)
    thumbnail_name = models.CharField(max_length=160, blank=True)
    uploaded_by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["organization", "sha256"], name="blob_content")]

    def __str__(self) -> str:
        return self.sha256[:12]


class Upload(TenantModel):
    """A file on its way, in pieces. `received` bytes are safely on disk."""

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "employee", "sha256"], name="upload_once"),
        ]
