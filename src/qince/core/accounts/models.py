"""Accounts: how a person gets in. They belong to no organization; `core.people` ties them to employees.

Secrets are kept as digests only: one-time codes, device tokens. Attempts are counted here for the rate limits.
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

    def __str__(self) -> str:
        return self.name or self.platform or self.kind


class OneTimeCode(models.Model):
    """A code sent to a mobile. Five wrong tries end it; a right one ends it too."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mobile = models.CharField(max_length=20, db_index=True)
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)


class Attempt(models.Model):
    """A failed or code-requesting sign-in act, counted per account and per source (S5)."""

    key = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"])]


class OutboxMessage(models.Model):
    """What the local SMS adapter 'sent': read on the developer outbox page, never used in production."""

    mobile = models.CharField(max_length=20)
    text = models.TextField()
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-sent_at"]
