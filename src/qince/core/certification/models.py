"""An organization proves what it is: papers, credit code, legal representative. The operator decides."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qince.kit.tenancy import TenantForeignKey, TenantModel
from qince.kit.vault.fields import EncryptedBinaryField, EncryptedCharField


class Certification(TenantModel):
    """One application. What is about the legal representative is sealed under a key of the application's own: it
    outlives whoever handed it in, and goes with the application.
    """

    class Certificate(models.TextChoices):
        BUSINESS_LICENCE = "business_licence", _("Business licence")
        PRACTICE_LICENCE = "practice_licence", _("Licence to practise (law firm, accountants)")
        CODE_CERTIFICATE = "code_certificate", _("Certificate of the unified social credit code")
        INSTITUTION = "institution", _("Registration of a public institution")
        SOCIAL_ORGANIZATION = "social_organization", _("Registration of a social organization")

    class IdKind(models.TextChoices):
        RESIDENT = "resident", _("Resident identity card")
        PASSPORT = "passport", _("Passport or other travel document")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted, being checked")
        APPROVED = "approved", _("Certified")
        REJECTED = "rejected", _("Rejected")
        EXPIRED = "expired", _("Expired")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    certificate = models.CharField(_("kind of certificate"), max_length=20, choices=Certificate)
    name = models.CharField(_("registered name"), max_length=100)
    credit_code = models.CharField(_("unified social credit code"), max_length=18)
    address = models.CharField(_("registered address"), max_length=200)
    representative = EncryptedCharField(
        _("legal representative"), max_length=60, subject="id", null=True, blank=True
    )
    id_kind = models.CharField(_("identity document"), max_length=10, choices=IdKind, default=IdKind.RESIDENT)
    id_number = EncryptedCharField(
        _("number of the identity document"), max_length=20, subject="id", null=True, blank=True
    )
    licence = EncryptedBinaryField(_("copy of the certificate"), subject="id", null=True, blank=True)
    licence_type = models.CharField(max_length=40)
    letter = EncryptedBinaryField(_("certification letter"), subject="id", null=True, blank=True)
    letter_type = models.CharField(max_length=40)
    valid_to = models.DateField(_("certificate valid until"), null=True, blank=True)
    entered_by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(_("entered"))
    # Whoever submits says that the organization authorized them to (C2.1.2-21).
    attested_by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    attested_at = models.DateTimeField(_("authority confirmed"), null=True, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=60, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "state"],
                condition=Q(state__in=("draft", "submitted", "approved")),
                name="certification_one_of_each",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_id_number(self) -> str:
        """All that is ever shown again of the number."""
        return masked(self.id_number or "")

    @property
    def masked_representative(self) -> str:
        name = self.representative or ""
        return name[:1] + "*" * (len(name) - 1)


class CertifiedCode(models.Model):
    """Which organization a credit code is certified for: one each way, over all organizations."""

    credit_code = models.CharField(max_length=18, unique=True)
    organization = models.OneToOneField("organizations.Organization", models.CASCADE, related_name="+")
    valid_to = models.DateField(null=True)


def masked(number: str) -> str:
    """The first and the last character; the rest is nobody's business once it was entered."""
    return f"{number[:1]}{'*' * (len(number) - 2)}{number[-1:]}" if len(number) > 2 else "*" * len(number)
