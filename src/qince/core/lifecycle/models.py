"""How long an organization may use the service, how it leaves, and the end of the service itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.tenancy import TenantForeignKey, TenantModel


class Term(TenantModel):
    """What the organization has agreed on with the operator, from a day on. The latest one counts."""

    class Edition(models.TextChoices):
        FREE = "free", _("Free")
        PAID = "paid", _("Paid")

    edition = models.CharField(_("edition"), max_length=10, choices=Edition)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)  # None: free, without end
    noted_by = models.CharField(_("noted by"), max_length=60)
    noted_at = models.DateTimeField(_("noted"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(edition="free") | models.Q(ends_on__isnull=False), name="term_paid_ends"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_edition_display())


class Warning(TenantModel):
    """A warning sent once: of a term's end, or of a free organization's taking back."""

    about = models.CharField(_("about"), max_length=30)
    of_day = models.DateField(_("concerns the day"))
    sent_at = models.DateTimeField(_("sent"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "about", "of_day"], name="warning_once"),
        ]


class Cancellation(TenantModel):
    """An organization leaving: asked for, confirmed by a human, carried out after the time for exporting."""

    class Channel(models.TextChoices):
        CONSOLE = "console", _("By an administrator in the console")
        HOTLINE = "hotline", _("By telephone, caller verified")
        EXPIRY = "expiry", _("Not renewed thirty days after the term ended")
        CEASED = "ceased", _("The service has ended")
        FREE = "free", _("Free organization taken back under the service agreement")

    class State(models.TextChoices):
        REQUESTED = "requested", _("Requested")
        CONFIRMED = "confirmed", _("Confirmed: time to export")
        DONE = "done", _("Carried out")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    channel = models.CharField(_("how it came"), max_length=10, choices=Channel)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.REQUESTED)
    reason = models.CharField(_("reason"), max_length=300)
    requested_by = TenantForeignKey("people.Employee", models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField(_("requested"))
    caller = models.CharField(_("caller"), max_length=60, blank=True)
    verification = models.CharField(_("how the caller was verified"), max_length=200, blank=True)
    confirmed_by = models.CharField(_("confirmed by"), max_length=60, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    export_until = models.DateField(_("export until"), null=True)
    done_at = models.DateTimeField(_("carried out"), null=True)
    proof = models.JSONField(_("proof"), default=dict)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(state__in=("requested", "confirmed")),
                name="cancellation_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_channel_display())


class Handover(TenantModel):
    """An administrator hands the administration over; both sides confirm, the one by offering it (C6.1-05)."""

    class State(models.TextChoices):
        OFFERED = "offered", _("Waiting for the successor")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    giver = TenantForeignKey(
        "people.Employee", models.PROTECT, related_name="+", verbose_name=_("hands over")
    )
    taker = TenantForeignKey(
        "people.Employee", models.PROTECT, related_name="+", verbose_name=_("takes over")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OFFERED)
    offered_at = models.DateTimeField(_("offered"))
    decided_at = models.DateTimeField(_("decided"), null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "giver"],
                condition=models.Q(state="offered"),
                name="handover_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"

    @property
    def tone(self) -> str:
        return {"offered": "orange", "accepted": "green", "declined": "red"}.get(self.state, "grey")


class Cessation(models.Model):
    """The end of the whole service, announced to everybody (C2.7-11 to C2.7-13). It belongs to no organization."""

    announced_at = models.DateTimeField()
    announced_by = models.CharField(max_length=60)
    ceases_on = models.DateField()
    text = models.TextField()
    ceased_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class Succession(models.Model):
    """Another operator takes the service over (C4.2-03): announced to everybody, then carried out. The new one stays
    bound by the policy agreed to, or has every consent given anew. It belongs to no organization.
    """

    class Cause(models.TextChoices):
        MERGER = "merger", _("Merger")
        ACQUISITION = "acquisition", _("Acquisition")
        BANKRUPTCY = "bankruptcy", _("Bankruptcy")
        OTHER = "other", _("Another reason")

    cause = models.CharField(_("cause"), max_length=12, choices=Cause)
    before = models.CharField(_("operator until then"), max_length=100, blank=True)
    successor = models.CharField(_("new operator"), max_length=100)
    address = models.CharField(_("address"), max_length=200)
    contact = models.CharField(_("how to reach it"), max_length=200)
    text = models.TextField(_("text"))
    takes_over_on = models.DateField(_("takes over on"))
    announced_at = models.DateTimeField()
    announced_by = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    completed_by = models.CharField(max_length=60, blank=True)
    release = models.PositiveIntegerField(null=True)  # of the policy, under the new operator
    differs = models.BooleanField(default=False)  # whether every consent had to be given anew

    def __str__(self) -> str:
        return self.successor
