"""The registers of what happens without consent, and the contracts it may rest on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.engines.partners.models.recipients import Employee
from qince.kit.tenancy import TenantForeignKey, TenantModel


class SubjectContract(TenantModel):
    """A contract with the person concerned, which an exception may rest on."""

    employee = TenantForeignKey(
        Employee, models.PROTECT, related_name="contracts", verbose_name=_("with whom")
    )
    number = models.CharField(_("number"), max_length=60)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)  # the last day

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="subject_contract_number"),
        ]

    def __str__(self) -> str:
        return self.number


class LegalException(TenantModel):
    """Collecting, using or disclosing without consent, in one of the cases the agreement names. Which parts an
    entry needs, `legal.BASES` declares; one that lacks a part, is not approved or has expired permits nothing.
    """

    class Use(models.TextChoices):
        COLLECT = "collect", _("Collecting or using")
        DISCLOSE = "disclose", _("Disclosing")

    class State(models.TextChoices):
        DRAFT = "draft", _("Waiting for approval")
        APPROVED = "approved", _("Approved")
        CLOSED = "closed", _("Closed")

    use = models.CharField(_("use"), max_length=10, choices=Use)
    basis = models.CharField(_("basis"), max_length=20)
    subject = TenantForeignKey(
        Employee, models.PROTECT, related_name="exceptions", verbose_name=_("about whom")
    )
    fields = models.JSONField(_("data"), default=list)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    reference = models.CharField(_("legal reference"), max_length=200, blank=True)
    authority = models.CharField(_("authority"), max_length=100, blank=True)
    document = models.CharField(_("document number"), max_length=80, blank=True)
    officer = models.CharField(_("officer"), max_length=80, blank=True)
    danger = models.CharField(_("danger"), max_length=300, blank=True)
    no_consent = models.CharField(_("why consent was out of reach"), max_length=300, blank=True)
    contract = TenantForeignKey(SubjectContract, models.PROTECT, null=True, blank=True, related_name="+")
    source_link = models.URLField(_("source"), max_length=300, blank=True)
    source_on = models.DateField(_("date of the source"), null=True, blank=True)
    channel = models.CharField(_("kind of source"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    entered_by = TenantForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    approved_by = TenantForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    seconded_by = TenantForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(_("entered at"), auto_now_add=True)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    expires_on = models.DateField(_("holds until"), null=True, blank=True)
    review_on = models.DateField(_("to be reviewed by"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.subject}: {self.basis}"
