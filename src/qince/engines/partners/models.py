"""Recipients and everything that leaves: what each may get, what it got, and what came back."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.engines.partners.registry import KINDS, PROFILES, SCENES, Profile
from qince.kit.tenancy import TenantForeignKey, TenantModel
from qince.kit.vault.fields import EncryptedBinaryField, EncryptedJSONField

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


class LogIsAppendOnly(RuntimeError):
    """Something tried to change what the disclosure log says: a programming error."""


class Disclosure(TenantModel):
    """One passing of data about one person to one recipient. Field names and a digest, never the values."""

    class Basis(models.TextChoices):
        CONSENT = "consent", _("Consent")
        EXCEPTION = "exception", _("Recorded exception")

    subject = TenantForeignKey(
        Employee, models.PROTECT, related_name="disclosures", verbose_name=_("about whom")
    )
    recipient = TenantForeignKey(Recipient, models.PROTECT, null=True, related_name="disclosures")
    recipient_name = models.CharField(_("recipient"), max_length=100)
    act = models.CharField(_("act"), max_length=40)
    why = models.CharField(_("what for"), max_length=200)
    fields = models.JSONField(_("data"), default=list)
    basis = models.CharField(_("basis"), max_length=10, choices=Basis)
    consent_version = models.CharField(_("version agreed to"), max_length=40, blank=True)
    exception = TenantForeignKey(
        "partners.LegalException", models.PROTECT, null=True, related_name="disclosures"
    )
    digest = models.CharField(_("digest"), max_length=64, blank=True)  # keyed; none of what is only passed on
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(_("by"), max_length=80, blank=True)
    at = models.DateTimeField(_("time"))

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["organization", "subject", "at"], name="disclosure_subject"),
            models.Index(fields=["organization", "at"], name="disclosure_at"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_name}: {self.act}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LogIsAppendOnly
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LogIsAppendOnly


class Outgoing(TenantModel):
    """A message on its way. The body is sealed under its subject's key and gone once delivered or given up."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("Being sent")
        DELIVERED = "delivered", _("Delivered")
        DROPPED = "dropped", _("Stopped")
        FAILED = "failed", _("Failed")

    subject = TenantForeignKey(Employee, models.PROTECT, related_name="+")
    recipient = TenantForeignKey(Recipient, models.PROTECT, related_name="outgoing")
    disclosure = TenantForeignKey(Disclosure, models.PROTECT, null=True, related_name="outgoing")
    act = models.CharField(max_length=40)
    body = EncryptedBinaryField(null=True, subject="subject_id")
    state = models.CharField(_("delivery"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=40, blank=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "state", "due_at"], name="outgoing_due")]


class Inbound(TenantModel):
    """A message of a recipient that was taken, once. What it said of a person is in `Binding`."""

    recipient = TenantForeignKey(Recipient, models.CASCADE, related_name="inbound")
    message_id = models.CharField(max_length=64)
    act = models.CharField(max_length=40)
    source = models.CharField(max_length=40)
    received_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "recipient", "message_id"], name="inbound_once"
            ),
        ]  # fmt: skip


class Binding(TenantModel):
    """The account of a person at a payment company, as that company told it. Unbinding removes the row."""

    employee = TenantForeignKey(Employee, models.CASCADE, related_name="bindings")
    recipient = TenantForeignKey(Recipient, models.CASCADE, related_name="bindings")
    content = EncryptedJSONField(subject="employee_id")  # nickname, portrait, account name
    bound_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "employee", "recipient"], name="binding_once"
            ),
        ]  # fmt: skip


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


class App(TenantModel):
    """What a recipient needs to be an app people open with their account here (OAuth 2, code with PKCE)."""

    recipient = TenantForeignKey(Recipient, models.CASCADE, related_name="apps")
    redirects = models.JSONField(_("addresses to return to"), default=list)
    purposes = models.JSONField(_("purposes it may be embedded for"), default=list, blank=True)
    secret_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "recipient"], name="app_once"),
        ]

    def __str__(self) -> str:
        return str(self.recipient)


class AppGrant(TenantModel):
    """A member's opening of an app: which data, agreed at which version. Revoked, every token of it is dead."""

    app = TenantForeignKey(App, models.CASCADE, related_name="grants")
    employee = TenantForeignKey(Employee, models.CASCADE, related_name="app_grants")
    scopes = models.JSONField(default=list)
    version = models.PositiveSmallIntegerField()
    code_digest = models.CharField(max_length=64, blank=True)  # of the code now waiting to be redeemed
    code_until = models.DateTimeField(null=True)
    challenge = models.CharField(max_length=64, blank=True)
    redirect = models.CharField(max_length=200, blank=True)
    token_digest = models.CharField(max_length=64, blank=True)
    token_until = models.DateTimeField(null=True)
    notice_hash = models.CharField(max_length=64, blank=True)  # the policy in force when the token was made
    granted_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "app", "employee"], name="app_grant_once"),
        ]
        indexes = [models.Index(fields=["organization", "token_digest"], name="app_grant_token")]
