"""Organizations: the tenants. This table belongs to none of them and never points at a tenant's row."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.ids import uuid7


class Organization(models.Model):
    class Kind(models.TextChoices):  # C1.1-05
        COMPANY = "company", _("Company with legal personality")
        GOVERNMENT = "government", _("Government body")
        PARTNERSHIP = "partnership", _("Partnership")
        SOLE_TRADER = "sole_trader", _("Individual business")
        OTHER = "other", _("Other organization")

    class State(models.TextChoices):
        REGISTERED = "registered", _("Registered, details missing")
        ACTIVE = "active", _("Active")
        EXPIRED = "expired", _("Expired: reading and export only")
        SUSPENDED = "suspended", _("Suspended")
        CEASED = "ceased", _("Service ended: reading and export only")
        CLOSED = "closed", _("Closed")

    class OpenedBy(models.TextChoices):  # C1.1-03
        ADMINISTRATOR = "administrator", _("Authorized administrator")
        LEGAL_REPRESENTATIVE = "legal_representative", _("Legal representative")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.COMPANY)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.REGISTERED)
    location = models.CharField(_("location"), max_length=200, blank=True)
    industry = models.CharField(_("industry"), max_length=60, blank=True)
    headcount = models.PositiveIntegerField(_("headcount"), null=True, blank=True)
    opened_by = models.CharField(_("opened by"), max_length=24, choices=OpenedBy, blank=True)
    # SHA-256 of the document by which the opener showed that they may (C1.1-03); the document itself is sealed.
    opener_proof = models.CharField(_("opener's proof"), max_length=64, blank=True)
    terms_accepted_at = models.DateTimeField(_("data-processing terms accepted at"), null=True, blank=True)
    terms_version = models.CharField(_("data-processing terms"), max_length=20, blank=True)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    settings = models.JSONField(_("settings"), default=dict, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="registered")
                | (models.Q(headcount__isnull=False) & ~models.Q(location="") & ~models.Q(industry="")),
                name="organization_active_is_complete",
            ),
            models.CheckConstraint(
                condition=models.Q(state="registered") | ~models.Q(opened_by=""),
                name="organization_active_has_opener",
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="organization_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_reading_only(self) -> bool:
        """Whether nothing may be written any more, while everything can still be read and exported."""
        return self.state in (self.State.EXPIRED, self.State.CEASED)

    @property
    def answers(self) -> bool:
        """Whether its pages answer at all: to work with, or to read and export."""
        return self.is_open or self.is_reading_only

    @property
    def is_open(self) -> bool:
        """Whether basic services answer: location, industry and headcount are known (C2.1.2-17)."""
        return self.state == self.State.ACTIVE
