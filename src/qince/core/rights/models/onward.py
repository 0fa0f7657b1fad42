"""Telling those who were given the data: one task for each past recipient (C6.2-08)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.core.rights.models.case import Case
from qince.kit.tenancy import TenantForeignKey, TenantModel


class Onward(TenantModel):
    class State(models.TextChoices):
        TO_SEND = "to_send", _("To be told")
        SENT = "sent", _("Told")
        ANSWERED = "answered", _("Answered")
        DONE = "done", _("Carried out")
        REFUSED = "refused", _("Refused")
        SKIPPED = "skipped", _("Not told, with a reason")

    case = TenantForeignKey(Case, models.CASCADE, related_name="onward")
    recipient = models.CharField(_("recipient"), max_length=60)
    name = models.CharField(_("recipient"), max_length=120)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.TO_SEND)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    changed_at = models.DateTimeField(_("changed"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "case", "recipient"], name="onward_once")
        ]

    def __str__(self) -> str:
        return self.name
