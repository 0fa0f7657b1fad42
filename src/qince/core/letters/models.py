"""Letters to people, and for each channel how far it came."""

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from qince.core.letters.registry import Kind, Rendered, kind_of, render, render_reason
from qince.kit.tenancy import TenantForeignKey, TenantModel


class Letter(TenantModel):
    """One letter to one person: an employee, or somebody outside by name and address.

    Texts are not kept but rendered from `kind` and `values` when read, in the reader's language.
    """

    employee = TenantForeignKey(
        "people.Employee", models.CASCADE, null=True, related_name="letters", db_index=False
    )
    name = models.CharField(_("name"), max_length=60, blank=True)
    mobile = models.CharField(_("mobile"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    kind = models.CharField(_("kind"), max_length=60)
    values = models.JSONField(_("values"), default=dict)
    link = models.CharField(_("link"), max_length=200, blank=True)  # a path of ours
    is_urgent = models.BooleanField(_("urgent"), default=False)
    # Why this person gets it: a declared reason and its values.
    because = models.CharField(_("reason"), max_length=60, blank=True)
    because_values = models.JSONField(default=dict)
    # What it is about: while one is unread, a further one about the same takes its place.
    dedupe = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField(_("sent"))
    read_at = models.DateTimeField(_("read"), null=True)
    recalled_at = models.DateTimeField(_("no longer needed since"), null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "employee", "dedupe"],
                condition=models.Q(read_at__isnull=True, recalled_at__isnull=True) & ~models.Q(dedupe=""),
                name="letters_one_unread",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization", "dedupe"], condition=~models.Q(dedupe=""), name="letters_about"
            ),
            models.Index(fields=["organization", "employee", "-created_at"], name="letters_of_employee"),
            models.Index(
                fields=["organization", "employee"],
                condition=models.Q(read_at__isnull=True),
                name="letters_unread",
            ),
        ]

    def __str__(self) -> str:
        return self.rendered.title

    @property
    def declared(self) -> Kind:
        return kind_of(self.kind)

    @property
    def rendered(self) -> Rendered:
        return render(self.kind, self.values)

    @property
    def why(self) -> str:
        """Why this person gets it, in the language active now."""
        return render_reason(self.because, self.because_values)

    @property
    def ways(self) -> "list[Delivery]":
        """By which channels it went or was to go, in the order in which they were chosen."""
        return sorted(self.deliveries.all(), key=lambda each: each.pk)

    @cached_property
    def to_name(self) -> str:
        return self.employee.name if self.employee else self.name

    @cached_property
    def to_mobile(self) -> str:
        return self.employee.mobile if self.employee else self.mobile

    @cached_property
    def to_email(self) -> str:
        return self.employee.email if self.employee else self.email


class Delivery(TenantModel):
    """A letter by one channel. A channel that said yes is never asked again."""

    class Channel(models.TextChoices):
        APP = "app", _("In the app")
        PUSH = "push", _("Push message")
        EMAIL = "email", _("E-mail")
        SMS = "sms", _("Text message")
        LETTER = "letter", _("Letter on paper")
        PHONE = "phone", _("Phone call")

    class State(models.TextChoices):
        PENDING = "pending", _("Pending")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        HANDED_OVER = "handed_over", _("Handed over")
        SKIPPED = "skipped", _("Skipped")
        CANCELLED = "cancelled", _("Cancelled")

    letter = TenantForeignKey(Letter, models.CASCADE, related_name="deliveries", db_index=False)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PENDING)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    at = models.DateTimeField(_("time"))
    not_before = models.DateTimeField(_("not before"), null=True)
    # Which rule chose this channel, as a code of `words.DECISIONS`.
    decided_by = models.CharField(_("decided by"), max_length=20, blank=True)
    # Set only for mails to people who agreed to mail tracking.
    is_tracked = models.BooleanField(default=False)
    opened_at = models.DateTimeField(_("opened"), null=True)
    followed_at = models.DateTimeField(_("link followed"), null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "letter", "channel"], name="letters_delivery_once"
            ),
        ]
        indexes = [models.Index(fields=["organization", "channel", "-at"], name="letters_delivery_log")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.get_state_display()}"


class Unsubscription(TenantModel):
    """An address that wants nothing but what the service owes it. The address itself is not kept."""

    channel = models.CharField(_("channel"), max_length=10, choices=Delivery.Channel)
    address_digest = models.CharField(max_length=64)
    at = models.DateTimeField(_("time"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "channel", "address_digest"], name="letters_unsubscription_once"
            ),
        ]


class Unreachable(TenantModel):
    """An address that refused messages for good, how often in a row, and since when only what is owed is tried."""

    channel = models.CharField(_("channel"), max_length=10, choices=Delivery.Channel)
    address_digest = models.CharField(max_length=64)
    failures = models.PositiveSmallIntegerField(_("refusals in a row"), default=0)
    at = models.DateTimeField(_("time"))
    suppressed_at = models.DateTimeField(_("suppressed since"), null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "channel", "address_digest"], name="letters_unreachable_once"
            ),
        ]
