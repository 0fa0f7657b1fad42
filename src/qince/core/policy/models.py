"""Releases of the policy, comments on those announced, and impact assessments."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.ids import uuid7
from qince.kit.keeping import forget
from qince.kit.tenancy import TenantForeignKey, TenantModel

# Where processes keep number and first day of the significant releases, and of those that ask every consent anew.
SIGNIFICANT, RENEWING = "policy.significant", "policy.renewing"


class Release(models.Model):
    """Everything the policy rests on, at one moment: declarations, operator, contacts, recipients, rights, documents.

    It belongs to the service, not to a tenant, and is never changed: a correction is the next release.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.PositiveIntegerField(_("release"), unique=True)
    hash = models.CharField(_("hash"), max_length=64)
    snapshot = models.JSONField()
    notes = models.TextField(_("notes"), blank=True)
    reasons = models.JSONField(_("why it is significant"), default=list)
    reduces_rights = models.BooleanField(_("reduces rights"), default=False)
    # The policy of a new operator that differs from the one before: every consent has to be given anew.
    renews_consents = models.BooleanField(_("consents are asked anew"), default=False)
    announced_at = models.DateTimeField(_("announced"))
    comments_close_at = models.DateTimeField(_("comments until"), null=True)
    effective_at = models.DateTimeField(_("in force from"))

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)

    def save(self, **how: Any) -> None:  # type: ignore[override]
        super().save(**how)
        forget(SIGNIFICANT)
        forget(RENEWING)

    @property
    def is_significant(self) -> bool:
        return bool(self.reasons)

    @property
    def widens_scope(self) -> bool:
        """Whether anything in it needs renewed consent: a new purpose, kind of data, function or recipient."""
        return any(reason["widens"] for reason in self.reasons)

    @property
    def needs_consent(self) -> bool:
        return self.widens_scope or self.reduces_rights


class Comment(models.Model):
    """What a member or a visitor says about an announced release (C8-03)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    release = models.ForeignKey(Release, models.PROTECT, related_name="comments")
    employee_id = models.UUIDField(null=True)  # the member who wrote it; None: a visitor
    name = models.CharField(_("name"), max_length=60, blank=True)
    text = models.TextField(_("comment"), max_length=2000)
    at = models.DateTimeField(_("time"))

    class Meta:
        ordering = ["at"]


class Assessment(TenantModel):
    """An impact assessment of a purpose or a function. High and unsigned, it holds its subject shut (C8-09)."""

    class Risk(models.TextChoices):
        LOW = "low", _("Low")
        MEDIUM = "medium", _("Medium")
        HIGH = "high", _("High")

    subject = models.CharField(_("purpose or function"), max_length=60)
    risk = models.CharField(_("risk"), max_length=10, choices=Risk)
    necessity = models.TextField(_("lawful, proper, necessary"), max_length=2000)
    effects = models.TextField(_("effects on people, and risks"), max_length=2000)
    measures = models.TextField(_("protective measures"), max_length=2000)
    assessed_by = TenantForeignKey(
        "people.Employee", models.PROTECT, related_name="+", verbose_name=_("assessed by")
    )
    assessed_at = models.DateTimeField(_("assessed"))
    signed_by = TenantForeignKey(
        "people.Employee",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed by"),
    )
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "subject"], name="assessment_subject")]

    def __str__(self) -> str:
        from qince.core.privacy.registry import declared

        known: Any = declared.functions.get(self.subject) or declared.purposes.get(self.subject)
        return str(known.title) if known else self.subject

    @property
    def blocks(self) -> bool:
        return self.risk == self.Risk.HIGH and self.signed_at is None
