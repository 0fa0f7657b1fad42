"""Accounts: how a person gets in. They belong to no organization; `core.people` ties them to employees.

Secrets are kept as digests only: one-time codes, device tokens. Attempts are counted for the rate limits.
"""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from qince.kit.ids import uuid7


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(mobile=username)


class Account(AbstractBaseUser):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mobile = models.CharField(_("mobile"), max_length=20, unique=True)  # E.164
    totp_secret = models.TextField(_("authenticator secret, encrypted"), blank=True)
    totp_last_step = models.BigIntegerField(default=0)  # a code is accepted once (RFC 6238, 5.2)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    USERNAME_FIELD = "mobile"
    objects = AccountManager()

    def __str__(self) -> str:
        return f"{self.mobile[:-8]}****{self.mobile[-4:]}"

    @property
    def has_totp(self) -> bool:
        return bool(self.totp_secret)


class Device(models.Model):
    """A phone or browser signed in to an account. Revoking it ends its token and its session at once."""

    class Kind(models.TextChoices):
        PHONE = "phone", _("Phone")
        CONSOLE = "console", _("Browser")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="devices")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    employee_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=Kind)
    app_device_id = models.UUIDField(null=True)  # made at random by the app; no hardware identifier is taken
    name = models.CharField(max_length=80, blank=True)
    platform = models.CharField(max_length=40, blank=True)
    app_version = models.CharField(max_length=20, blank=True)
    token_digest = models.CharField(max_length=64, unique=True)  # of the token, or of the session key
    confirmed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organization", "employee_id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "organization", "app_device_id"],
                condition=models.Q(app_device_id__isnull=False),
                name="accounts_device_once",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.platform or self.kind


class OneTimeCode(models.Model):
    """A code sent to a mobile. Five wrong tries end it; a right one ends it too.

    One of purpose SCAN is shown on a screen instead (`scanning`): there `subject` is empty until a phone took it, and
    `requester` is what the browser that shows it calls itself.

    `subject` is a keyed digest of the mobile: codes asked for strangers' numbers leave no number behind.
    `requester` is the known browser that asked, or empty: wrong tries from elsewhere cannot end its code.
    """

    class Purpose(models.TextChoices):
        SIGN_IN = "sign_in", _("Sign in")
        REGISTER = "register", _("Register an organization")
        GUARDIAN = "guardian", _("Answer as a guardian")
        CHANGE = "change", _("Change the number")
        SCAN = "scan", _("Sign in by the phone app")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    subject = models.CharField(max_length=64)
    purpose = models.CharField(max_length=10, choices=Purpose)
    requester = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    redeemed_by = models.UUIDField(null=True)  # the one phone that its activation ticket serves

    class Meta:
        indexes = [models.Index(fields=["subject", "purpose"], name="accounts_code_subject")]


class RecoveryCode(models.Model):
    """One way in without the authenticator: shown once when it is set up, kept as a digest, works once."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="accounts_recovery_once")]


class Attempt(models.Model):
    """A failed or code-requesting sign-in act, counted per account and per source (S5).

    `key` is a keyed digest of the limit's name and its subject: no number and no address is kept.
    """

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"])]


class OutboxMessage(models.Model):
    """What was 'sent' without a gateway or mail server: read on the developer outbox page, never in production."""

    mobile = models.CharField(max_length=254)  # or an e-mail address
    text = models.TextField()
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-sent_at"]
