"""Recipients: what each may get, what people read about it, why one abroad may get anything."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.engines.partners.registry import KINDS, PROFILES, SCENES, Profile
from qince.kit.tenancy import TenantForeignKey, TenantModel

Employee = "people.Employee"


class Recipient(TenantModel):
    """Somebody outside who may be given data. Nothing leaves while it is off, incomplete or out of date."""

    code = models.SlugField(_("short name"), max_length=14)
    name = models.CharField(_("company"), max_length=100)
    profile = models.CharField(
        _("kind"), max_length=20, choices=[(each.code, each.title) for each in PROFILES.values()]
    )
    scene = models.CharField(_("scene"), max_length=20, choices=list(SCENES.items()), default="technical")
    fields = models.JSONField(_("data shared"), default=list)
    purpose = models.CharField(_("what for"), max_length=200, blank=True)
    method = models.CharField(_("how it is shared"), max_length=200, blank=True)
    region = models.CharField(_("country"), max_length=2, default="CN")
    endpoint = models.URLField(_("address it receives at"), max_length=200, blank=True)
    secret = models.BinaryField(null=True, editable=False)  # sealed; signs what goes and what comes back
    # The five statements about its purposes (C4.1-16).
    lawful = models.CharField(_("why it is lawful"), max_length=300, blank=True)
    legitimate = models.CharField(_("why it is legitimate"), max_length=300, blank=True)
    necessary = models.CharField(_("why it is necessary"), max_length=300, blank=True)
    specific = models.CharField(_("what it is limited to"), max_length=300, blank=True)
    clear = models.CharField(_("how people are told"), max_length=300, blank=True)
    contract = models.CharField(_("data-protection agreement"), max_length=80, blank=True)
    contract_from = models.DateField(_("in force from"), null=True, blank=True)
    contract_until = models.DateField(_("in force until"), null=True, blank=True)
    review_version = models.CharField(_("version reviewed"), max_length=40, blank=True)
    reviewed_on = models.DateField(_("security review on"), null=True, blank=True)
    review_passed = models.BooleanField(_("security review passed"), default=False)
    duty_reviewed_on = models.DateField(_("duty reviewed on"), null=True, blank=True)
    features_url = models.URLField(_("its features"), max_length=200, blank=True)
    terms_url = models.URLField(_("its terms"), max_length=200, blank=True)
    terms_version = models.CharField(_("version of its terms"), max_length=40, blank=True)
    privacy_url = models.URLField(_("its privacy rules"), max_length=200, blank=True)
    department_ids = models.JSONField(_("for which departments"), default=list, blank=True)
    is_on = models.BooleanField(_("switched on"), default=False)
    attested_by = TenantForeignKey(Employee, models.PROTECT, null=True, related_name="+", editable=False)
    attested_at = models.DateTimeField(_("declared at"), null=True, editable=False)
    # What a person agreed to holds for one version only: a change of meaning begins the next.
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "code"], name="recipient_code",
                violation_error_message=_("Another recipient has this short name."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def declared(self) -> Profile:
        return PROFILES[self.profile]

    @property
    def kind_words(self) -> Any:
        return KINDS[self.declared.kind]


class ConsentText(TenantModel):
    """What a person read before sharing with a recipient, word for word."""

    recipient = TenantForeignKey(Recipient, models.CASCADE, related_name="texts")
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10)
    text_hash = models.CharField(max_length=64)
    content = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "recipient", "text_hash"], name="consent_text_once"
            ),
        ]


class CrossBorder(TenantModel):
    """Why a recipient abroad may get data: ground and assessment. Each person is asked apart as well."""

    class Ground(models.TextChoices):
        ASSESSMENT = "assessment", _("Security assessment passed")
        CERTIFICATION = "certification", _("Certified protection")
        CONTRACT = "contract", _("Standard contract filed")
        LAW = "law", _("Another condition of law")

    recipient = TenantForeignKey(Recipient, models.CASCADE, related_name="border_entries")
    ground = models.CharField(_("ground"), max_length=16, choices=Ground)
    reference = models.CharField(_("legal reference"), max_length=120)
    assessment = models.CharField(_("impact assessment"), max_length=120)
    assessed_on = models.DateField(_("assessed on"))
    holds_until = models.DateField(_("holds until"))
    entered_by = TenantForeignKey(Employee, models.PROTECT, null=True, related_name="+", editable=False)

    def __str__(self) -> str:
        return self.reference
