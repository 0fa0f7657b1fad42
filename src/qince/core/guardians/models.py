"""Minors and their guardians. Of a birthday only the day on which somebody turns 18 is kept, and only until then."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.core.privacy.models import LedgerManager
from qince.kit.tenancy import TenantForeignKey, TenantModel
from qince.kit.vault.fields import EncryptedCharField


class Minor(TenantModel):
    """A person who is not 18 yet. While the stage is another than CONSENTED or GROWN, no door opens for them."""

    class Stage(models.TextChoices):
        WAITING = "waiting", _("Waiting for the guardian's consent")
        CONSENTED = "consented", _("The guardian has consented")
        CLOSED = "closed", _("Below working age, or not admitted")
        CHILD = "child", _("A child's data: being erased")
        GROWN = "grown", _("Has turned 18")

    OPEN = (Stage.CONSENTED, Stage.GROWN)

    employee = TenantForeignKey("people.Employee", models.PROTECT, related_name="+")
    stage = models.CharField(_("stage"), max_length=10, choices=Stage)
    adult_on = models.DateField(_("turns 18 on"), null=True, blank=True)  # never kept of a child
    found_at = models.DateTimeField(_("found"))
    # A child's data: until when a mistyped birthday can be mended, and by when everything must be gone.
    erase_from = models.DateTimeField(null=True, blank=True)
    erase_by = models.DateTimeField(_("to be erased by"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "employee"], name="minor_once"),
            models.CheckConstraint(
                condition=models.Q(stage="child") | models.Q(adult_on__isnull=False),
                name="minor_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_stage_display())

    @property
    def tone(self) -> str:
        return {"waiting": "orange", "consented": "green", "closed": "red", "child": "red"}.get(
            self.stage, "grey"
        )


class Guardian(TenantModel):
    """Who may consent for a minor. The proof of kinship is sealed under a key of its own, destroyed once used."""

    class Relation(models.TextChoices):
        PARENT = "parent", _("Father or mother")
        GRANDPARENT = "grandparent", _("Grandfather or grandmother")
        SIBLING = "sibling", _("Elder brother or sister of age")
        APPOINTED = "appointed", _("Appointed guardian")

    employee = TenantForeignKey("people.Employee", models.PROTECT, related_name="+")
    name = EncryptedCharField(_("guardian's name"), max_length=60, subject="employee_id", null=True)
    mobile = EncryptedCharField(_("guardian's mobile"), max_length=20, subject="employee_id", null=True)
    relation = models.CharField(_("relation"), max_length=12, choices=Relation)
    proof = models.BinaryField(_("proof of kinship"), null=True, blank=True)  # None once erased
    proof_type = models.CharField(max_length=40)
    proof_sha256 = models.CharField(max_length=64)
    proof_erased_at = models.DateTimeField(_("proof erased"), null=True, blank=True)
    entered_by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(_("entered"))
    # Which question is open: an address made for an earlier one opens nothing any more.
    question = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(_("asked"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "employee"],
                condition=models.Q(ended_at__isnull=True),
                name="guardian_current",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_relation_display())


class GuardianConsent(TenantModel):
    """What a guardian was asked and answered, never changed: the ledger."""

    class Act(models.TextChoices):
        ASKED = "asked", _("Asked")
        GRANTED = "granted", _("Agreed")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    employee = TenantForeignKey("people.Employee", models.PROTECT, related_name="+")
    guardian = TenantForeignKey(Guardian, models.PROTECT, related_name="consents")
    act = models.CharField(_("act"), max_length=10, choices=Act)
    why = models.CharField(_("occasion"), max_length=20)  # activation, policy
    notice_hash = models.CharField(max_length=64)  # of exactly the notice that was shown
    at = models.DateTimeField(_("time"))

    objects = LedgerManager()  # type: ignore[misc]

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "employee", "at"], name="guardian_consent_of")]


class AgeReview(TenantModel):
    """Somebody may be a minor: an administrator and a privacy officer look at it. Until both agree nothing happens
    (C7-02). It comes from a report or from verified data; nothing looks at what people read or search.
    """

    class Source(models.TextChoices):
        REPORT = "report", _("Somebody reported it")
        VERIFIED = "verified", _("Verified data, such as an identity document")

    class Finding(models.TextChoices):
        ADULT = "adult", _("18 or older")
        MINOR = "minor", _("Under 18, born on")

    employee = TenantForeignKey("people.Employee", models.PROTECT, related_name="+")
    source = models.CharField(_("where it comes from"), max_length=10, choices=Source)
    reason = models.CharField(_("what was said or seen"), max_length=500)
    opened_by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(_("opened"))
    # The two findings: a birthday, or none for “18 or older”. Emptied when the review closes.
    administrator = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    administrator_finding = models.CharField(max_length=10, choices=Finding, blank=True)
    administrator_birthday = models.DateField(null=True, blank=True)
    officer = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    officer_finding = models.CharField(max_length=10, choices=Finding, blank=True)
    officer_birthday = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "employee"],
                condition=models.Q(closed_at__isnull=True),
                name="age_review_open",
            ),
        ]
