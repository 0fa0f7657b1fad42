"""How people want to be told: by which channels, when not, and on which devices."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.tenancy import TenantForeignKey, TenantModel
from qince.kit.vault.fields import EncryptedCharField


class Preference(TenantModel):
    """When letters of a group go by a channel beside the app. Without a row the standard holds (`choices`)."""

    class Channel(models.TextChoices):
        PUSH = "push", _("Push message")
        EMAIL = "email", _("E-mail")
        SMS = "sms", _("Text message")

    class When(models.TextChoices):
        ALWAYS = "always", _("Always")
        URGENT = "urgent", _("Urgent only")
        NEVER = "never", _("Never")

    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="+", db_index=False)
    group = models.CharField(_("kind of message"), max_length=40)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    when = models.CharField(_("when"), max_length=10, choices=When)
    changed_at = models.DateTimeField(_("changed"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "employee", "group", "channel"], name="notifications_one_choice"
            ),
        ]


class QuietHours(TenantModel):
    """When a person wants to hear nothing: each day from `starts` to `ends`, and on days not in `days` altogether.

    `starts` after `ends` lies over midnight; equal times mean no such window. `days` are numbered 1 (Monday) to 7.
    """

    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="+", db_index=False)
    is_on = models.BooleanField(_("quiet hours"), default=True)
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("until"))
    days = models.JSONField(_("days on which messages may come"), default=list)
    zone = models.CharField(_("time zone"), max_length=40)
    changed_at = models.DateTimeField(_("changed"))

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["organization", "employee"], name="notifications_one_quiet"),
        ]


class Subscription(TenantModel):
    """A browser, on a phone or in the console, that push messages go to.

    Address and keys are sealed under the person's key. `disabled_at`: its push service no longer knows it.
    """

    class Surface(models.TextChoices):
        PHONE = "phone", _("Phone")
        CONSOLE = "console", _("Browser")

    employee = TenantForeignKey("people.Employee", models.CASCADE, related_name="+", db_index=False)
    device_id = models.UUIDField()  # of `accounts.Device`: signed out, it is told nothing more
    surface = models.CharField(_("where"), max_length=10, choices=Surface)
    language = models.CharField(_("language"), max_length=10)
    endpoint = EncryptedCharField(_("address at the push service"), max_length=1000, subject="employee_id")
    p256dh = EncryptedCharField(_("public key"), max_length=120, subject="employee_id")
    auth = EncryptedCharField(_("shared secret"), max_length=40, subject="employee_id")
    created_at = models.DateTimeField(_("switched on"))
    disabled_at = models.DateTimeField(_("no longer valid since"), null=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "employee", "device_id"], name="notifications_one_device"
            ),
        ]
