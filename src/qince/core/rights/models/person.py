"""What a person decided about themselves: digital legacy, refused machine decisions, pushed information."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.core.rights.models.case import Case
from qince.kit.tenancy import TenantForeignKey, TenantModel


class Legacy(TenantModel):
    """What shall become of the person's data after death (C6.6-01); a later row replaces an earlier one."""

    class Wish(models.TextChoices):
        GIVE = "give", _("Give a copy to the person named")
        ERASE = "erase", _("Erase everything")
        KEEP = "keep", _("Give nothing to anybody")

    employee = TenantForeignKey("people.Employee", models.PROTECT, related_name="legacies")
    wish = models.CharField(_("wish"), max_length=6, choices=Wish)
    trusted_name = models.CharField(_("person named"), max_length=60, blank=True)
    trusted_contact = models.CharField(_("how to reach them"), max_length=120, blank=True)
    note = models.CharField(_("further wishes"), max_length=1000, blank=True)
    is_on_paper = models.BooleanField(_("also on paper"), default=False)
    made_at = models.DateTimeField(_("made"))
    ended_at = models.DateTimeField(_("replaced or revoked"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "employee"],
                condition=models.Q(ended_at__isnull=True),
                name="legacy_current",
            )
        ]


class Review(TenantModel):
    """A machine's decision that the person refused: it rests until a human being has decided (C6.5-06)."""

    class State(models.TextChoices):
        HUMAN_REVIEW = "human_review", _("Human review")
        UPHELD = "upheld", _("Confirmed by a person")
        CHANGED = "changed", _("Changed by a person")

    decision = models.CharField(max_length=40)
    target_id = models.UUIDField()
    employee = TenantForeignKey("people.Employee", models.PROTECT, related_name="reviews")
    case = TenantForeignKey(Case, models.PROTECT, related_name="reviews")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.HUMAN_REVIEW)
    text = models.CharField(_("finding"), max_length=1000, blank=True)
    reviewer = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["organization", "decision", "target_id"], name="review_target")]


class Preference(TenantModel):
    """How a person wants pushed information (C6.5-04)."""

    class Pushed(models.TextChoices):
        PERSONAL = "personal", _("Chosen for me")
        GENERAL = "general", _("Not personalised")
        NONE = "none", _("None")

    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="+", db_index=False)
    pushed = models.CharField(max_length=8, choices=Pushed, default=Pushed.GENERAL)
    changed_at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["organization", "employee"], name="preference_once")]
