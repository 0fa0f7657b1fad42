"""The audit trail: what was done, by whom, to what. Written by the action doorway only.

Each entry carries a digest of its own content from the moment it is written. A job then seals entries into one
chain per organization: link = SHA-256(previous link, sequence, digest). Sealing apart keeps writers from queueing
for the chain's head; it happens every minute.

What names a person can be erased without breaking the chain: the digest stays, the salt that went into it is thrown
away, so that nobody can guess the erased words by trying, and `erased` vouches for what stands there now.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.tenancy import TenantModel


class Entry(TenantModel):
    at = models.DateTimeField(_("time"))
    action = models.CharField(_("act"), max_length=80)
    actor_id = models.UUIDField(_("employee"), null=True)  # no reference: the trail outlives the person's row
    actor_name = models.CharField(_("by"), max_length=60)
    client = models.CharField(_("client"), max_length=20)
    target_kind = models.CharField(_("kind"), max_length=60, blank=True)
    target_id = models.UUIDField(_("object id"), null=True)
    target_name = models.CharField(_("object"), max_length=200, blank=True)
    changes = models.JSONField(_("changes"), default=dict)
    digest = models.BinaryField(max_length=32)
    salt = models.BinaryField(max_length=16, default=bytes)
    erased = models.BinaryField(max_length=32, null=True)  # keyed digest of the content after erasure
    sequence = models.BigIntegerField(_("number"), null=True)
    link = models.BinaryField(max_length=32, null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "sequence"],
                condition=models.Q(sequence__isnull=False),
                name="audit_sequence",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "target_id"], name="audit_target"),
            models.Index(
                fields=["organization", "id"],
                condition=models.Q(sequence__isnull=True),
                name="audit_unsealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.target_name}"


class Head(TenantModel):
    """The end of the chain on one day, signed: whoever rewrites or cuts the trail later would have to sign anew."""

    on = models.DateField(_("day"))
    at = models.DateTimeField(_("signed at"))
    sequence = models.BigIntegerField(_("number"))
    link = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=32)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["organization", "on"], name="audit_head_day")]

    def __str__(self) -> str:
        return f"{self.sequence}:{bytes(self.link).hex()}"
