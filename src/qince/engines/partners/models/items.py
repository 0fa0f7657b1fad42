"""Single things about a person that are given out or made public, each by a consent of its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.engines.partners.models.recipients import Employee
from qince.engines.partners.models.registers import LegalException
from qince.kit.tenancy import TenantForeignKey, TenantModel


class Package(TenantModel):
    """Data of a person's own for somebody they name (C4.2-02): to whom, what for, which kinds of records. It is given
    out with their consent to these very words; the consent stands in the ledger, each giving in the disclosure log.
    """

    employee = TenantForeignKey(Employee, models.PROTECT, related_name="packages")
    recipient_name = models.CharField(_("recipient"), max_length=100)
    why = models.CharField(_("what for"), max_length=200)
    scope = models.JSONField(_("data"), default=list)
    made_at = models.DateTimeField(_("made"))
    handed_at = models.DateTimeField(_("last given out"), null=True, blank=True)

    def __str__(self) -> str:
        return self.recipient_name


class Publication(TenantModel):
    """Something about a person made public inside the organization: a sanction, an honour. With consent for this
    item or a recorded exception, an approver, and a way to appeal. Withdrawn, it is gone from every page.
    """

    class Kind(models.TextChoices):
        SANCTION = "sanction", _("Violation and measure taken")
        HONOUR = "honour", _("Honour")
        OTHER = "other", _("Other")

    class State(models.TextChoices):
        DRAFT = "draft", _("Not published")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    subject = TenantForeignKey(
        Employee, models.PROTECT, related_name="publications", verbose_name=_("about whom")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = models.CharField(_("title"), max_length=100)
    text = models.TextField(_("text"), max_length=2000)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    exception = TenantForeignKey(LegalException, models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = TenantForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    approved_by = TenantForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    appeal = models.CharField(_("appeal"), max_length=500, blank=True)
    appealed_at = models.DateTimeField(_("appealed at"), null=True, blank=True)

    def __str__(self) -> str:
        return self.title
