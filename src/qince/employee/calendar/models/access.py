"""Who sees whose agenda, and the keys of other programs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.tenancy import TenantForeignKey, TenantModel


class AgendaShare(TenantModel):
    """The owner lets a colleague see what the own public events are; without it a colleague sees busy times only."""

    employee = TenantForeignKey(
        "people.Employee", models.CASCADE, related_name="agenda_shares", db_index=False
    )
    viewer = TenantForeignKey("people.Employee", models.CASCADE, related_name="agendas_shared")
    since = models.DateTimeField(_("since"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "employee", "viewer"],
                name="agenda_share_once",
                violation_error_message=_("This colleague sees your agenda already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(employee=models.F("viewer")), name="agenda_share_with_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.viewer}"


class CalendarKey(TenantModel):
    """A secret with which a program reads one person's agenda: part of an address, or an app's password.

    Only its digest is kept; the secret is shown once.
    """

    class Kind(models.TextChoices):
        FEED = "feed", _("Address to subscribe to")
        APP = "app", _("Password of an app")

    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="calendar_keys")
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    name = models.CharField(_("device or app"), max_length=60)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(_("made"))
    last_used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["organization", "digest"], name="calendar_key_digest")]

    def __str__(self) -> str:
        return self.name
