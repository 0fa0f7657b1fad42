"""Work places and punches."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.employee.attendance.models.zoned import Zoned
from qince.engines.evidence.models import Evidenced
from qince.kit.tenancy import TenantForeignKey, TenantModel
from qince.kit.vault.fields import EncryptedJSONField


class WorkPlace(TenantModel):
    name = models.CharField(_("name"), max_length=60)
    address = models.CharField(_("address"), max_length=200, blank=True)
    lat = models.FloatField(_("latitude (WGS-84)"))
    lng = models.FloatField(_("longitude (WGS-84)"))
    radius_m = models.PositiveIntegerField(_("fence radius, m"), default=150)
    # Access points and beacons that stand here, by which an app that can hear them shows where it is.
    bssids = models.JSONField(_("Wi-Fi access points (BSSID)"), default=list, blank=True)
    beacons = models.JSONField(_("beacons"), default=list, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["organization", "name"], name="work_place_name")]

    def __str__(self) -> str:
        return self.name


class Punch(Zoned, TenantModel, Evidenced):
    """One press of the button. Never changed; the day sheet is computed from them."""

    SUBJECT = "employee_id"

    class Kind(models.TextChoices):
        IN = "in", _("In")
        OUT = "out", _("Out")

    class Source(models.TextChoices):
        SELF = "self", _("Pressed on the phone")
        ADMIN = "admin", _("Entered by an administrator")
        AUTO = "auto", _("Automatic")
        DEVICE = "device", _("Device at the door")
        IMPORT = "import", _("Imported")

    class Counting(models.TextChoices):
        COUNTED = "counted", _("Counts")
        WAITING = "waiting", _("Waits for a decision")
        REFUSED = "refused", _("Does not count")

    class Confirm(models.TextChoices):
        """What a person has to confirm before the press counts."""

        FIELD = "field", _("Check-in in the field")
        PHOTO = "photo", _("Without the photo")
        FACE = "face", _("Face to be looked at")

    class Radio(models.TextChoices):
        MATCHED = "matched", _("Known access point")
        UNKNOWN = "unknown", _("No known access point")
        UNAVAILABLE = "unavailable", _("Not available in the browser")

    employee = TenantForeignKey("people.Employee", models.PROTECT, related_name="punches", db_index=False)
    kind = models.CharField(_("kind"), max_length=3, choices=Kind)
    work_place = TenantForeignKey(
        WorkPlace, models.PROTECT, null=True, related_name="punches", db_index=False
    )
    work_date = models.DateField(_("work date"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    device_id = models.UUIDField(null=True)
    source = models.CharField(_("source"), max_length=8, choices=Source, default=Source.SELF)
    is_field = models.BooleanField(_("in the field"), default=False)
    counting = models.CharField(_("counts"), max_length=8, choices=Counting, default=Counting.COUNTED)
    confirm_for = models.CharField(_("to be confirmed because"), max_length=8, choices=Confirm, blank=True)
    # The place whose code was typed in, which shows as well as a photo that somebody was there.
    is_code_right = models.BooleanField(_("code of the place"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = TenantForeignKey(
        "people.Employee", models.PROTECT, null=True, related_name="+", db_index=False
    )
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    # What an app heard around, compared with the place; the names heard are not kept.
    radio = models.CharField(_("Wi-Fi and beacons"), max_length=12, choices=Radio, blank=True)
    risks = models.JSONField(_("risk reasons"), default=list)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["organization", "employee", "work_date"], name="punch_day"),
            models.Index(
                fields=["organization", "at"], condition=~models.Q(confirm_for=""), name="punch_to_confirm"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.work_date}"


class PunchPhoto(TenantModel):
    """A picture taken at a press. `sha256` names the clean original; the blob arrives apart from it."""

    SUBJECT = "punch.employee_id"

    class Kind(models.TextChoices):
        PLACE = "place", _("What is around")
        FACE = "face", _("Face")

    class Finding(models.TextChoices):
        """What comparing a face found. Only the first makes a press count; all others are a person's to decide."""

        MATCHED = "matched", _("The same face")
        REVIEW = "review", _("Perhaps the same face")
        DIFFERS = "differs", _("Another face")
        NO_FACE = "no_face", _("No face is seen")
        SEVERAL = "several", _("Several faces")
        UNASSESSED = "unassessed", _("Not compared by a machine")

    punch = TenantForeignKey(Punch, models.CASCADE, related_name="photos")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind, default=Kind.PLACE)
    finding = models.CharField(_("what comparing found"), max_length=10, choices=Finding, blank=True)
    measured = EncryptedJSONField(_("distance, thresholds, model"), null=True)
    has_turned = models.BooleanField(
        _("head turned as asked"), null=True
    )  # None: not asked, as without signal
    sha256 = models.CharField(_("SHA-256 of the original"), max_length=64)
    size = models.PositiveIntegerField(_("size, bytes"))
    taken_at = models.DateTimeField(_("taken"))
    blob = TenantForeignKey("files.Blob", models.PROTECT, null=True, related_name="+")

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "punch", "sha256"], name="punch_photo_once")
        ]
        indexes = [models.Index(fields=["organization", "sha256"], name="punch_photo_content")]

    def __str__(self) -> str:
        return self.sha256[:12]
