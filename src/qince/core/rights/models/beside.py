"""Papers of a case: what was said, files, help for faults, and what people thought of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.core.rights.models.case import Case
from qince.kit.tenancy import TenantForeignKey, TenantModel


class CaseEntry(TenantModel):
    """One communication: a call, a message, a note; with the place of a recording where there is one."""

    class Kind(models.TextChoices):
        CALL = "call", _("Telephone call")
        MESSAGE = "message", _("Message")
        VISIT = "visit", _("Conversation")
        NOTE = "note", _("Note")

    case = TenantForeignKey(Case, models.CASCADE, related_name="entries")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    text = models.TextField(_("content"), max_length=4000)
    recording = models.CharField(_("where the recording is kept"), max_length=200, blank=True)
    by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("time"))


class CaseFile(TenantModel):
    """A file of a case, sealed under a key of the case's own: closing the case destroys proofs for good."""

    class Role(models.TextChoices):
        IDENTITY = "identity", _("Proof of identity")
        DEATH = "death", _("Proof of death")
        KINSHIP = "kinship", _("Proof of kinship")
        INTEREST = "interest", _("Own lawful interest")
        EVIDENCE = "evidence", _("Evidence")
        REQUEST = "request", _("The request itself")

    case = TenantForeignKey(Case, models.CASCADE, related_name="files")
    role = models.CharField(_("what it is"), max_length=10, choices=Role)
    name = models.CharField(_("file name"), max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField(_("size, bytes"))
    sha256 = models.CharField(max_length=64)
    sealed = models.BinaryField(null=True, blank=True)  # None once erased: what it was, and its hash, stay
    added_by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(_("added"))
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    # Erased with the closing of the case; evidence and the request stay as long as the case.
    PROOFS = (Role.IDENTITY, Role.DEATH, Role.KINSHIP, Role.INTEREST)

    def __str__(self) -> str:
        return self.name


class Diagnostics(TenantModel):
    """Data of the device for fault help, given for one case and gone with it (C2.2.2-02)."""

    case = TenantForeignKey(Case, models.CASCADE, related_name="diagnostics")
    consented_at = models.DateTimeField(_("agreed"))
    model = models.CharField(_("device model"), max_length=80, blank=True)
    system = models.CharField(_("operating system"), max_length=80, blank=True)
    settings = models.JSONField(_("settings"), default=dict, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["organization", "case"], name="diagnostics_once")]


class Survey(TenantModel):
    """What the person thought of the handling: given or not, nothing changes."""

    case = TenantForeignKey(Case, models.CASCADE, related_name="surveys")
    score = models.PositiveSmallIntegerField(_("satisfaction, 1 to 5"))
    text = models.CharField(_("remark"), max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["organization", "case"], name="survey_once")]
