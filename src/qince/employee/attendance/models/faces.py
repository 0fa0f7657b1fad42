"""Faces shown for clocking in: that it was agreed to here, what was shown apart from it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.tenancy import TenantForeignKey, TenantModel
from qince.kit.vault.fields import EncryptedJSONField


class FaceEnrolment(TenantModel):
    """Somebody has agreed to be recognized and has shown the face. Going, it takes what was shown along."""

    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="+", db_index=False)
    enrolled_at = models.DateTimeField(_("shown"))
    # Set when the organization closes the function: by then everything about the face is erased.
    delete_by = models.DateTimeField(_("erased by"), null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "employee"], name="face_enrolment_once")
        ]

    def __str__(self) -> str:
        return str(self.employee)


class FaceChallenge(TenantModel):
    """Somebody is asked to turn the head before a press. Gone with the press that uses the answer, or after a day."""

    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="+", db_index=False)
    acts = models.JSONField(_("turns asked for"))  # of `turning.Act`, in their order
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    sha256 = models.CharField(_("SHA-256 of the picture from the front"), max_length=64, blank=True)
    has_turned = models.BooleanField(_("head turned as asked"), null=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "employee", "asked_at"], name="face_challenge_of")]


class FaceTemplate(TenantModel):
    """The base pictures and what a machine measured in them, sealed under the person's key.

    Kept in a table of its own that names nobody: not the person, not the number, not when.
    """

    SUBJECT = "enrolment.employee_id"

    enrolment = TenantForeignKey(FaceEnrolment, models.CASCADE, related_name="templates")
    model = models.CharField(_("version of the matcher"), max_length=40, blank=True)
    features = EncryptedJSONField(_("features"), null=True)  # a list of numbers for each picture
    pictures = EncryptedJSONField(_("base pictures"))  # JPEG in Base64
