"""Types of leave; what a type says is versioned."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.employee.leave.reckoning.terms import Terms, terms_of
from qince.kit.tenancy import TenantForeignKey, TenantModel


class LeaveType(TenantModel):
    class Tone(models.TextChoices):
        GREEN = "green", _("Green")
        BLUE = "blue", _("Blue")
        ORANGE = "orange", _("Orange")
        RED = "red", _("Red")
        PURPLE = "purple", _("Purple")
        TEAL = "teal", _("Teal")
        PINK = "pink", _("Pink")
        GREY = "grey", _("Grey")

    name = models.CharField(_("name"), max_length=40)
    tone = models.CharField(_("colour"), max_length=8, choices=Tone, default=Tone.GREEN)
    sequence = models.PositiveIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    template = models.CharField(max_length=20, blank=True, editable=False)
    latest = models.PositiveIntegerField(_("version"), default=0, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"],
                name="leave_type_name",
                violation_error_message=_("Another type of leave has this name."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class TypeVersion(TenantModel):
    """What a type says from a day on; never changed."""

    type = TenantForeignKey(LeaveType, models.PROTECT, related_name="versions", db_index=False)
    version = models.PositiveIntegerField(_("version"))
    effective_from = models.DateField(_("effective from"))
    definition = models.JSONField(_("rules"))
    created_at = models.DateTimeField(_("created at"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "type", "version"], name="leave_type_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.type} v{self.version}"

    @property
    def terms(self) -> Terms:
        return terms_of(self.definition)
